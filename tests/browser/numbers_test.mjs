// The list behind a number has as many people, over all its pages, as the number says; and each role's navigation and
// numbers lead to pages that the role may see.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { numberOf, openBrowser, roles, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

/** Distinct links behind numbers on a page, in the order of the page. */
async function numbersOn(visitor, path) {
  await visitor.open(path)
  const links = await visitor.page.locator('main a[href^="/people?"]').evaluateAll((all) =>
    all.map((link) => ({ href: link.getAttribute('href'), text: link.textContent.trim() })).filter(({ text }) => /^[\d,]+$/.test(text)))
  return [...new Map(links.map((link) => [link.href, link])).values()]
}

/** Some of a list, from its whole length: first, last and between. */
function spread(all, most) {
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))])
}

/** The people on a list, counted over its pages by the links to each. */
async function peopleOn(visitor, href) {
  const { page } = visitor
  assert.equal(await visitor.open(href), 200)
  const people = new Set()
  let rows = 0
  for (;;) {
    const links = await page.locator('main tbody tr a[href^="/people/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    rows += await page.locator('main tbody tr').count()
    for (const link of links) people.add(new URL(link, 'http://a').pathname)
    const next = page.locator('.app-pages a[rel=next]')
    if (await next.count() === 0) break
    await next.click()
    await page.waitForLoadState()
  }
  const said = (await page.locator('.app-heading__aside').textContent()).match(/([\d,]+) (?:people|person)/)
  return { rows, people: people.size, said: said ? numberOf(said[1]) : undefined }
}

const sources = [
  { role: 'service-manager', path: '/tracker', least: 10 },
  { role: 'organisation-analyst', path: '/tracker?place=organisation', least: 10 },
  { role: 'clinician', path: '/flows', least: 10 },
  { role: 'organisation-analyst', path: '/flows?place=organisation', least: 10 },
  { role: 'data-manager', path: '/service-data?place=organisation', least: 10 },
  { role: 'service-manager', path: '/service-data?row=mat2_below&by=age_band', least: 10 },
  { role: 'service-manager', path: '/service-data?row=total&by=keyworker', least: 10 }
]

describe('the list behind a number', () => {
  for (const { role, path, least } of sources)
    it(`is as long as the number says: ${path}, ${role}`, { timeout: 120_000 }, async () => {
      const visitor = await visit(browser, role)
      const numbers = await numbersOn(visitor, path)
      assert.ok(numbers.length >= least, `only ${numbers.length} numbers lead to lists`)
      for (const { href, text } of spread(numbers, 9)) {
        const list = await peopleOn(visitor, href)
        const shown = numberOf(text)
        assert.deepEqual(list, { rows: shown, people: shown, said: shown }, `${href} says ${text}`)
      }
      visitor.assertNoProblems(path)
      await visitor.close()
    })

  it('spans several pages when it is long', async () => {
    const visitor = await visit(browser, 'organisation-analyst')
    const [everybody] = (await numbersOn(visitor, '/service-data?place=organisation')).sort((a, b) => numberOf(b.text) - numberOf(a.text))
    assert.ok(numberOf(everybody.text) > 1000, `everybody is ${everybody.text} only`)
    await visitor.open(everybody.href)
    assert.ok(await visitor.page.locator('.app-pages a[rel=next]').count() > 0)
    await visitor.close()
  })
})

describe('a recovery worker', () => {
  it('has a list of the own caseload, and no number of others leads to people', { timeout: 60_000 }, async () => {
    const visitor = await visit(browser, 'recovery-worker')
    for (const path of ['/tracker', '/flows', '/service-data']) assert.deepEqual(await numbersOn(visitor, path), [], path)
    const caseload = await peopleOn(visitor, '/people')
    assert.ok(caseload.rows > 0)
    assert.deepEqual(caseload, { rows: caseload.rows, people: caseload.rows, said: caseload.rows })
    const manager = await visit(browser, 'service-manager')
    const everybody = await peopleOn(manager, '/people')
    assert.ok(caseload.rows < everybody.rows, 'the caseload is the whole service')
    await visitor.close()
    await manager.close()
  })
})

describe('each role', () => {
  for (const role of roles)
    it(`is led only to pages that it may see: ${role}`, { timeout: 120_000 }, async () => {
      const visitor = await visit(browser, role)
      assert.equal(await visitor.open('/'), 200)
      const { page } = visitor
      const sections = await page.locator('.app-navigation a, .app-header a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
      assert.ok(sections.length >= 4, sections.join(' '))
      const seen = new Set()
      for (const path of sections) {
        assert.equal(await visitor.open(path), 200, path)
        const links = await page.locator('main a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
        // One link of each kind: the same path with the same names in its query leads to the same page.
        for (const link of links) {
          const url = new URL(link, 'http://a')
          const kind = `${url.pathname.replace(/^\/(people|users|data\/snapshots)\/.*/, '/$1/…')}?${[...url.searchParams.keys()].join()}`
          if (seen.has(kind)) continue
          seen.add(kind)
          const answer = await page.request.get(new URL(link, page.url()).href)
          assert.equal(answer.status(), 200, `${path} leads ${role} to ${link}`)
        }
      }
      visitor.assertNoProblems()
      await visitor.close()
    })

  for (const role of ['peer-representative', 'commissioner', 'administrator'])
    it(`sees no link to a person: ${role}`, async () => {
      const visitor = await visit(browser, role)
      for (const path of ['/tracker', '/compare', '/tracker?place=organisation']) {
        await visitor.open(path)
        assert.equal(await visitor.page.locator('a[href^="/people"]').count(), 0, path)
      }
      assert.equal(await visitor.open('/people?group=red'), 403)
      await visitor.close()
    })
})
