// Several people at once, and the end of a session.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { address, openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

const save = (visitor) => visitor.page.click('main form:first-of-type button[type=submit]')
const told = (visitor) => visitor.page.locator('.nhsuk-error-summary').innerText()
const saved = (visitor) => visitor.page.locator('.nhsuk-notification-banner').innerText()

describe('two people who change the same', () => {
  it('user: the second is told, and loses nothing typed', { timeout: 60_000 }, async () => {
    const first = await visit(browser, 'administrator', { own_session: true })
    const second = await visit(browser, 'administrator', { own_session: true })
    await first.open('/users')
    const path = await first.page.getByRole('link', { name: 'peer-representative@demonstration' }).getAttribute('href')
    await first.open(path)
    await second.open(path)
    await first.page.fill('#name', 'Named by the first')
    await save(first)
    assert.match(await saved(first), /Saved/)
    await second.page.fill('#name', 'Named by the second')
    await second.page.fill('#keyworker_id', 'K-17')
    await second.page.check('input[name=role][value=commissioner]')
    await save(second)
    assert.match(await told(second), /Named by the first/)
    assert.equal(await second.page.inputValue('#name'), 'Named by the second')
    assert.equal(await second.page.inputValue('#keyworker_id'), 'K-17')
    assert.ok(await second.page.isChecked('input[name=role][value=commissioner]'))
    await first.open(path)
    assert.equal(await first.page.inputValue('#name'), 'Named by the first')
    await save(second)
    assert.match(await saved(second), /Saved/)
    await first.close()
    await second.close()
  })

  it('peer group: the second is told, and loses nothing typed', { timeout: 60_000 }, async () => {
    const first = await visit(browser, 'service-manager')
    const second = await visit(browser, 'data-manager')
    await first.open('/peer-groups/new')
    await first.page.fill('#name', 'Along the river')
    for (const i of [0, 1]) await first.page.locator('input[name=services]').nth(i).check()
    await save(first)
    await first.open('/peer-groups')
    const path = await first.page.getByRole('link', { name: 'Along the river' }).getAttribute('href')
    await first.open(path)
    await second.open(path)
    await first.page.fill('#name', 'Along the upper river')
    await save(first)
    assert.match(await saved(first), /Saved/)
    await second.page.fill('#name', 'Along the lower river')
    await second.page.locator('input[name=services]').nth(2).check()
    await save(second)
    assert.match(await told(second), /service-manager@demonstration changed this group .*Along the upper river/)
    assert.equal(await second.page.inputValue('#name'), 'Along the lower river')
    assert.ok(await second.page.locator('input[name=services]').nth(2).isChecked())
    await save(second)
    assert.match(await saved(second), /Saved/)
    await first.close()
    await second.close()
  })
})

describe('after signing out', () => {
  it('the way back shows nothing', async () => {
    const visitor = await visit(browser, 'service-manager', { own_session: true })
    const { page } = visitor
    const sent = await page.goto(`${address}/people?group=red`)
    assert.match(sent.headers()['cache-control'], /no-store/)
    assert.ok(await page.locator('main tbody tr').count() > 0)
    await page.click('.app-header__sign-out')
    await page.waitForURL('**/sign-in')
    await page.goBack()
    await page.waitForLoadState()
    assert.equal(await page.locator('a[href^="/people/"]').count(), 0)
    assert.equal(new URL(page.url()).pathname, '/sign-in')
    await visitor.close()
  })

  it('another window of the session is asked to sign in, and comes back to where it was', async () => {
    const visitor = await visit(browser, 'service-manager', { own_session: true })
    const other = await visitor.context.newPage()
    await other.goto(`${address}/tracker`)
    await visitor.page.click('.app-header__sign-out')
    await visitor.page.waitForURL('**/sign-in')
    await other.getByRole('link', { name: 'Service data' }).click()
    await other.waitForURL((url) => url.pathname === '/sign-in')
    await other.fill('#sign_in_name', 'service-manager@demonstration')
    await other.fill('#password', 'just to look around')
    await other.click('form[action="/sign-in"] button[type=submit]')
    await other.waitForURL((url) => url.pathname === '/service-data')
    await visitor.close()
  })

  it('scripts cannot read the session, and other sites cannot use it', async () => {
    const visitor = await visit(browser, 'clinician', { own_session: true })
    const cookies = await visitor.context.cookies()
    assert.ok(cookies.length >= 1)
    for (const cookie of cookies) {
      assert.ok(cookie.httpOnly, cookie.name)
      assert.ok(['Lax', 'Strict'].includes(cookie.sameSite), cookie.name)
      assert.equal(cookie.expires, -1)
    }
    assert.equal(await visitor.page.evaluate(() => document.cookie), '')
    assert.equal(await visitor.page.evaluate(() => localStorage.length), 0)
    await visitor.close()
  })
})
