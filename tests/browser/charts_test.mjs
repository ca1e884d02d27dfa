// Charts in the page: drawn in place of the server's, complete, readable with pointer and keys, and the server's stay when
// a chart cannot be drawn.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { desktop, openBrowser, phone, visit } from './site.mjs'

const places = [
  { path: '/tracker', kinds: ['stacked_share', 'cohort_lines'] },
  { path: '/flows', kinds: ['sankey'] },
  { path: '/service-data', kinds: ['histogram'] },
  { path: '/compare', kinds: ['funnel', 'interval_plot'] },
  { path: '/measures/induction_completed/services', kinds: ['funnel', 'interval_plot'] }
]

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

/** What is wrong with the pictures of a page: attributes that are no numbers, and words beyond the edge. */
function faults() {
  const found = []
  for (const svg of document.querySelectorAll('main svg')) {
    for (const part of [svg, ...svg.querySelectorAll('*')])
      for (const { name, value } of part.attributes) if (/NaN|undefined|Infinity/.test(value)) found.push(`${part.tagName} ${name}="${value.slice(0, 60)}"`)
    const edge = svg.getBoundingClientRect()
    if (edge.width === 0 || svg.closest('table')) continue
    for (const words of svg.querySelectorAll('text')) {
      const box = words.getBoundingClientRect()
      if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1)
        found.push(`cut: ${words.textContent}`)
    }
  }
  return found
}

describe('charts drawn in the page', () => {
  for (const [size_name, viewport] of Object.entries({ desktop, phone }))
    for (const { path, kinds } of places)
      for (const query of ['', '?place=organisation'])
        it(`${path}${query} on a ${size_name}`, { timeout: 60_000 }, async () => {
          const visitor = await visit(browser, 'organisation-analyst', { viewport })
          await visitor.open(path + query)
          const { page } = visitor
          for (const kind of kinds) {
            const figure = page.locator(`figure[data-chart=${kind}]`).first()
            await figure.scrollIntoViewIfNeeded()
            assert.match(await figure.getAttribute('class'), /app-chart--live/, kind)
            assert.ok(await figure.locator('.app-chart__canvas svg').isVisible(), kind)
            assert.ok(!await figure.locator('.app-chart__wide').isVisible(), `${kind}: the server's drawing is there too`)
          }
          assert.deepEqual(await page.evaluate(faults), [])
          visitor.assertNoProblems(path)
          await visitor.close()
        })

  for (const [size_name, viewport] of Object.entries({ desktop, phone }))
    it(`no words lie on others beside a funnel and above an interval plot on a ${size_name}`, async () => {
      const visitor = await visit(browser, 'organisation-analyst', { viewport })
      await visitor.open('/measures/induction_completed/services?place=organisation')
      for (const kind of ['funnel', 'interval_plot']) {
        const figure = visitor.page.locator(`figure[data-chart=${kind}]`)
        const all = await figure.locator('.app-chart__canvas text').evaluateAll((texts) => texts.map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect()
          return { words: text.textContent, left, right, top: top + 3, bottom: bottom - 3 }
        }))
        const names = new Set(JSON.parse(await figure.getAttribute('data-chart-data')).services.map(({ name }) => name))
        const labels = all.filter(({ words }) => words.trim() !== '' && !names.has(words))
        for (const [i, one] of labels.entries())
          for (const other of labels.slice(i + 1))
            assert.ok(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top,
              `${kind}: “${one.words}” lies on “${other.words}”`)
      }
      await visitor.close()
    })

  it('cut the name of a service and never its number on a phone', async () => {
    const visitor = await visit(browser, 'organisation-analyst', { viewport: phone })
    await visitor.open('/measures/induction_completed/services?place=organisation')
    const figure = visitor.page.locator('figure[data-chart=interval_plot]')
    const { services } = JSON.parse(await figure.getAttribute('data-chart-data'))
    const words = await figure.locator('.app-chart__canvas text').allTextContents()
    for (const { of } of services) {
      const size = String(of).replace(/\B(?=(\d{3})+$)/g, ',')
      assert.ok(words.some((text) => text.endsWith(`  ${size}`)), `${size} is not among ${words.join(' | ')}`)
    }
    await visitor.close()
  })

  it('name the ends of flows in full', async () => {
    const visitor = await visit(browser, 'service-manager')
    await visitor.open('/flows')
    const figure = visitor.page.locator('figure[data-chart=sankey]')
    const { ends, people } = JSON.parse(await figure.getAttribute('data-chart-data'))
    const words = await figure.locator('.app-chart__canvas text').allTextContents()
    const counts = people.map((row) => row.reduce((all, each) => all + each, 0))
    const wanted = ends.map(({ before_name }, i) => [before_name, counts[i]]).filter(([, count]) => count > 0)
    assert.ok(wanted.length > 5)
    for (const [name, count] of wanted) assert.ok(words.includes(`${name} ${count}`), `${name} ${count} is not among ${words.join(' | ')}`)
    await visitor.close()
  })

  it('say their figures under the pointer', async () => {
    const visitor = await visit(browser, 'service-manager')
    await visitor.open('/tracker')
    const canvas = visitor.page.locator('figure[data-chart=stacked_share] .app-chart__canvas')
    const words = async () => (await canvas.locator('text').allTextContents()).join('\n')
    const before_it = await words()
    const { width, height } = await canvas.boundingBox()
    await canvas.hover({ position: { x: width / 2, y: height / 2 } })
    await visitor.page.waitForTimeout(400)
    const under_it = (await words()).replace(before_it, '')
    assert.match(under_it, /[\d,]+ of [\d,]+ \(.?\d+%\)/)
    visitor.assertNoProblems()
    await visitor.close()
  })

  it('are read with the arrow keys', async () => {
    const visitor = await visit(browser, 'service-manager')
    for (const { path, kinds } of places) {
      await visitor.open(path)
      for (const kind of kinds) {
        const live = visitor.page.locator(`figure[data-chart=${kind}] .app-chart__live`).first()
        await live.focus()
        const said = new Set()
        for (let i = 0; i < 3; ++i) {
          await visitor.page.keyboard.press('ArrowRight')
          said.add(await live.locator('[aria-live]').textContent())
        }
        assert.equal(said.size, 3, `${kind}: ${[...said].join(' | ')}`)
        assert.ok([...said].every((text) => /\d/.test(text)), `${kind}: ${[...said].join(' | ')}`)
      }
    }
    visitor.assertNoProblems()
    await visitor.close()
  })

  it('follow the width of the window', async () => {
    const visitor = await visit(browser, 'service-manager')
    await visitor.open('/flows')
    const svg = visitor.page.locator('figure[data-chart=sankey] .app-chart__canvas svg')
    const wide = (await svg.boundingBox()).width
    await visitor.page.setViewportSize(phone)
    await visitor.page.waitForTimeout(500)
    assert.ok((await svg.boundingBox()).width < wide / 2)
    assert.deepEqual(await visitor.page.evaluate(faults), [])
    visitor.assertNoProblems()
    await visitor.close()
  })

  for (const broken of ['{"months":', '{}', 'null', ''])
    it(`leave the server's drawing when the figures are broken: ${broken || 'nothing'}`, async () => {
      const visitor = await visit(browser, 'service-manager')
      await visitor.page.route('**/tracker', async (route) => {
        const answer = await route.fetch()
        const body = (await answer.text()).replace(/data-chart-data="[^"]*"/g, `data-chart-data="${broken.replaceAll('"', '&quot;')}"`)
        await route.fulfill({ response: answer, body })
      })
      await visitor.open('/tracker')
      const figure = visitor.page.locator('figure[data-chart=stacked_share]')
      assert.ok(await figure.locator('.app-chart__wide svg').isVisible())
      assert.equal(await figure.locator('.app-chart__live').count(), 0)
      assert.ok(visitor.problems.every((problem) => problem.startsWith('warning: a chart could not be drawn')), visitor.problems.join('\n'))
      await visitor.close()
    })
})
