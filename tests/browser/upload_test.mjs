// An extract comes in through the browser: sent, checked, looked at, imported; and what is no extract is refused in words.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { next_extract, numberOf, openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

// The list of planted faults is no part of the extract.
const files = readdirSync(next_extract).filter((name) => /\.(csv|toml)$/.test(name) && name !== 'defects.csv').map((name) => join(next_extract, name))

async function send(visitor, sent) {
  await visitor.open('/data')
  await visitor.page.setInputFiles('input[type=file]', sent)
  await visitor.page.click('form[action="/data/uploads"] button[type=submit]')
  await visitor.page.waitForURL('**/data/uploads/*')
}

/** Waits for a heading; without scripts the page has to be loaded again. */
async function waitForHeading(visitor, heading, by_reloading = false) {
  for (let i = 0; i < 240; ++i) {
    if (heading.test(await visitor.page.locator('h1').first().innerText().catch(() => ''))) return
    await visitor.page.waitForTimeout(250)
    if (by_reloading) await visitor.page.reload()
  }
  assert.fail(`${visitor.page.url()} never said ${heading}; it says ${await visitor.page.locator('main').innerText()}`)
}

describe('an extract', () => {
  it('is sent, checked and given up without scripts', { timeout: 120_000 }, async () => {
    const visitor = await visit(browser, 'data-manager', { javaScriptEnabled: false })
    await send(visitor, files)
    await waitForHeading(visitor, /Check report/, true)
    await visitor.page.click('form[action$="/give-up"] button')
    await visitor.page.waitForURL('**/data')
    visitor.assertNoProblems()
    await visitor.close()
  })

  it('is refused in words when it is none', { timeout: 120_000 }, async () => {
    const visitor = await visit(browser, 'data-manager')
    await send(visitor, [{ name: 'extract.toml', mimeType: 'text/plain', buffer: Buffer.from('this is = no extract [\n') }])
    await waitForHeading(visitor, /cannot be used|did not work/)
    assert.ok((await visitor.page.locator('.nhsuk-error-summary').innerText()).length > 30)
    assert.equal(await visitor.page.locator('form[action$="/import"]').count(), 0)
    assert.deepEqual(await visitor.barriers(), [])
    await visitor.close()
  })

  it('is sent, checked, looked at and imported', { timeout: 180_000 }, async () => {
    const visitor = await visit(browser, 'data-manager')
    const { page } = visitor
    await visitor.open('/tracker?place=organisation')
    assert.match(await page.title(), /31 October 2018/)
    await send(visitor, files)
    await waitForHeading(visitor, /Check report/)
    await page.waitForLoadState()
    await visitor.picture('check_report_desktop')
    assert.deepEqual(await visitor.barriers(), [])
    const report = page.url()

    const rows = page.locator('main a[href*="/rows?rule="]')
    assert.ok(await rows.count() >= 3, 'planted faults lead to their rows')
    for (let i = 0; i < Math.min(3, await rows.count()); ++i) {
      const href = await rows.nth(i).getAttribute('href')
      assert.equal(await visitor.open(href), 200)
      const said = await page.locator('main').innerText()
      const count = numberOf((said.match(/The first \d+ of ([\d,]+) rows|([\d,]+) rows?\./) ?? []).slice(1).find(Boolean))
      assert.equal(await page.locator('main tbody tr').count(), Math.min(100, count), href)
      await page.goto(report)
    }

    await page.click('form[action$="/import"] button')
    await waitForHeading(visitor, /Imported/)
    await visitor.picture('imported_desktop')
    await visitor.open('/tracker?place=organisation')
    assert.match(await page.title(), /30 November 2018/)
    await visitor.open('/data')
    assert.equal(await page.locator('main a[href^="/data/snapshots/"]').count(), 2)
    assert.deepEqual(await visitor.barriers(), [])
    visitor.assertNoProblems()
    await visitor.close()
  })

  for (const role of ['service-manager', 'peer-representative', 'commissioner', 'clinician', 'administrator'])
    it(`is not for everybody to send: ${role}`, async () => {
      const visitor = await visit(browser, role)
      const link = visitor.page.locator('.app-navigation a[href="/data"]')
      await visitor.open('/tracker')
      const may = await link.count() > 0
      assert.equal(await visitor.open('/data'), may ? 200 : 403)
      await visitor.close()
    })
})
