// On paper: the figures and the server's drawings, without what only a screen needs.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

describe('a printed page', () => {
  it('is asked for with a button, and says when it was printed', async () => {
    const visitor = await visit(browser, 'service-manager')
    await visitor.page.addInitScript(() => { window.print = () => { window.asked_to_print = true } })
    await visitor.open('/tracker')
    await visitor.page.getByRole('button', { name: 'Print' }).click()
    assert.ok(await visitor.page.evaluate(() => window.asked_to_print))
    await visitor.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    assert.match(await visitor.page.locator('[data-printed-at]').textContent(), /^Printed \d+ \w+ \d{4}/)
    await visitor.close()
  })

  for (const { name, path, charts, most_sheets } of [
    { name: 'tracker', path: '/tracker', charts: 2, most_sheets: 5 },
    { name: 'flows', path: '/flows', charts: 1, most_sheets: 4 },
    { name: 'compare', path: '/compare', charts: 2, most_sheets: 6 },
    { name: 'measures', path: '/measures', charts: 0, most_sheets: 8 },
    { name: 'measure', path: '/measures/induction_completed', charts: 3, most_sheets: 12 },
    { name: 'measure_services', path: '/measures/red_share/services', charts: 2, most_sheets: 7 },
    { name: 'tasks', path: '/', charts: 0, most_sheets: 3 },
    { name: 'lists', path: '/lists', charts: 0, most_sheets: 2 },
    { name: 'list', path: '/lists/2', charts: 0, most_sheets: 20 },
    { name: 'supervision', path: '/supervision', charts: 1, most_sheets: 6 },
    { name: 'responses', path: '/responses', charts: 0, most_sheets: 3 }
  ])
    it(`has the charts and no navigation: ${path}`, { timeout: 60_000 }, async () => {
      const visitor = await visit(browser, 'service-manager')
      await visitor.open(path)
      const { page } = visitor
      await page.emulateMedia({ media: 'print' })
      for (const gone of ['.app-navigation', '.app-header', '.app-filters', '.app-footer', '.nhsuk-skip-link', '.app-heading__actions'])
        for (const part of await page.locator(gone).all()) assert.ok(!await part.isVisible(), `${gone} is printed`)
      const drawings = page.locator('figure.app-chart .app-chart__wide > svg')
      assert.ok(await drawings.count() >= charts)
      for (const drawing of await drawings.all()) assert.ok(await drawing.isVisible())
      for (const live of await page.locator('.app-chart__live').all()) assert.ok(!await live.isVisible(), 'a chart is printed twice')
      assert.ok(await page.locator('h1').isVisible())
      assert.match(await page.locator('.app-print-head').innerText(), /Data to \d+ \w+ \d{4}/)
      const paper = await page.pdf({ format: 'A4' })
      const sheets = (paper.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length
      assert.ok(sheets >= 1 && sheets <= most_sheets, `${sheets} sheets`)
      writeFileSync(join(process.env.OPTIMAT_PICTURES, `${name}.pdf`), paper)
      visitor.assertNoProblems(path)
      await visitor.close()
    })
})
