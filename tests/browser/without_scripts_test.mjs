// A browser that runs no scripts can do everything.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openBrowser, signIn, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

const without = (role, more = {}) => visit(browser, role, { javaScriptEnabled: false, ...more })

describe('without scripts', () => {
  it('one signs in and out', async () => {
    const visitor = await without(undefined)
    await signIn(visitor.page, 'service-manager')
    assert.ok(await visitor.page.locator('h1').isVisible())
    await visitor.page.click('.app-header__sign-out')
    await visitor.page.waitForURL('**/sign-in')
    await visitor.close()
  })

  for (const [path, figures] of [['/tracker', 2], ['/flows', 1], ['/service-data', 1], ['/compare', 2]])
    it(`${path} shows its tables and drawings`, async () => {
      const visitor = await without('service-manager')
      assert.equal(await visitor.open(path), 200)
      const drawings = visitor.page.locator('figure .app-chart__wide > svg')
      assert.ok(await drawings.count() >= figures)
      for (const drawing of await drawings.all()) assert.ok(await drawing.isVisible())
      assert.ok(await visitor.page.locator('main table').first().isVisible())
      assert.ok(await visitor.page.locator('main tbody tr').count() > 3)
      for (const only_with_scripts of await visitor.page.locator('[data-print]').all()) assert.ok(!await only_with_scripts.isVisible())
      visitor.assertNoProblems(path)
      await visitor.close()
    })

  for (const path of ['/people?group=red', '/definitions', '/glossary', '/account'])
    it(`${path} is there`, async () => {
      const visitor = await without('service-manager')
      assert.equal(await visitor.open(path), 200)
      visitor.assertNoProblems(path)
      await visitor.close()
    })

  it('filters are asked for with their button', async () => {
    const visitor = await without('organisation-analyst')
    await visitor.open('/tracker?place=organisation')
    const { page } = visitor
    const months = await page.locator('#month option').evaluateAll((all) => all.map((option) => option.value))
    const service = await page.locator('#place optgroup[label=Services] option').first().evaluate((option) => [option.value, option.textContent])
    await page.selectOption('#place', service[0])
    await page.selectOption('#month', months[3])
    await page.selectOption('#months', '24')
    await page.click('.app-filters button[type=submit]')
    await page.waitForURL((url) => url.searchParams.get('place') === service[0])
    const url = new URL(page.url())
    assert.equal(url.searchParams.get('month'), months[3])
    assert.equal(url.searchParams.get('months'), '24')
    assert.ok((await page.title()).includes(service[1]), await page.title())
    await visitor.close()
  })

  it('a peer group is saved', async () => {
    const visitor = await without('service-manager')
    const { page } = visitor
    await visitor.open('/peer-groups/new')
    await page.fill('#name', 'By the sea')
    const services = page.locator('input[name=services]')
    await services.nth(0).check()
    await page.click('main form button[type=submit]')
    assert.match(await page.locator('.nhsuk-error-summary').innerText(), /two services/i)
    assert.equal(await page.inputValue('#name'), 'By the sea')
    await page.locator('input[name=services]').nth(1).check()
    await page.click('main form button[type=submit]')
    assert.match(await page.locator('.nhsuk-notification-banner').innerText(), /Saved/)
    await visitor.open('/peer-groups')
    assert.ok(await page.getByRole('link', { name: 'By the sea' }).isVisible())
    await visitor.close()
  })

  it('a user is added, who can sign in and change the password', { timeout: 60_000 }, async () => {
    const visitor = await without('administrator')
    const { page } = visitor
    await visitor.open('/users/new')
    await page.fill('#sign_in_name', 'new.colleague')
    await page.fill('#name', 'New Colleague')
    await page.check('input[name=role][value=clinician]')
    await page.locator('input[name=services]').nth(1).check()
    await page.click('main form button[type=submit]')
    const password = await page.locator('.app-secret').innerText()
    assert.ok(password.length >= 12)
    await visitor.close()

    const colleague = await without(undefined)
    await colleague.open('/sign-in')
    await colleague.page.fill('#sign_in_name', 'new.colleague')
    await colleague.page.fill('#password', password)
    await colleague.page.click('form[action="/sign-in"] button[type=submit]')
    await colleague.page.waitForURL((url) => url.pathname !== '/sign-in')
    await colleague.open('/account')
    await colleague.page.fill('#old_password', password)
    await colleague.page.fill('#password', 'seven small brown birds')
    await colleague.page.click('form[action="/account/password"] button[type=submit]')
    assert.match(await colleague.page.locator('.nhsuk-notification-banner').innerText(), /password is changed/)
    await colleague.close()
  })
})
