// A browser that runs no scripts can do everything.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { anybodyOn, entriesOf, fillReview, follow, lastDayOf, monthsOf, peopleOn, press, rowOf } from './lists.mjs'
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

  for (const [path, figures] of [['/tracker', 2], ['/flows', 1], ['/service-data', 1], ['/compare', 2], ['/supervision', 1],
    ['/measures/induction_completed', 3], ['/measures/red_share/services', 2]])
    it(`${path} shows its tables and drawings`, async () => {
      const visitor = await without('service-manager')
      assert.equal(await visitor.open(path), 200)
      const drawings = visitor.page.locator('figure .app-chart__wide > svg')
      assert.ok(await drawings.count() >= figures)
      for (const drawing of await drawings.all()) assert.ok(await drawing.isVisible())
      assert.ok(await visitor.page.locator('main table:visible').count() > 0)
      assert.ok(await visitor.page.locator('main tbody tr').count() > 3)
      for (const only_with_scripts of await visitor.page.locator('[data-print]').all()) assert.ok(!await only_with_scripts.isVisible())
      visitor.assertNoProblems(path)
      await visitor.close()
    })

  for (const path of ['/', '/measures', '/measures/red_share/marks?set=rebase', '/lists', '/lists/1', '/lists/6', '/effect', '/caseloads', '/naloxone', '/responses', '/people?group=red', '/definitions',
    '/glossary', '/account'])
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

  it('one takes somebody on, gives them back, and records a review that was wrong at first', { timeout: 90_000 }, async () => {
    const visitor = await without('service-manager')
    const { page } = visitor
    const [newest] = await monthsOf(visitor)
    await visitor.open(`/lists/2?status=still_to_review&block=static_or_unknown`)
    const { reference } = await anybodyOn(visitor)
    const panel = page.locator('.app-reviews')
    await press(visitor, 'Take on', rowOf(visitor, reference))
    assert.match(await panel.innerText(), /Taken on by service-manager@demonstration/)
    await press(visitor, 'Give back', panel)
    assert.match(await panel.innerText(), /Nobody has taken this person on/)
    await follow(visitor, panel.getByRole('button', { name: 'Give to somebody' }))
    await page.selectOption('select[name=assigned_to]', 'clinician@demonstration')
    await page.fill('#day', '2001-01-01')
    await press(visitor, 'Save')
    assert.match(await page.locator('.nhsuk-error-summary').innerText(), /due today or within a year/)
    assert.equal(await page.inputValue('select[name=assigned_to]'), 'clinician@demonstration')
    await page.fill('#day', new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10))
    await press(visitor, 'Save')
    assert.match(await panel.innerText(), /Taken on by clinician@demonstration/)

    await follow(visitor, panel.getByRole('button', { name: 'Record a review' }))
    await fillReview(visitor, { outcomes: [], day: '2001-01-01', note: 'Not to be lost: “Ärger” & <more>' })
    await press(visitor, 'Save the review')
    const errors = page.locator('.nhsuk-error-summary')
    assert.match(await errors.innerText(), /Choose what was decided[\s\S]*A review on this list is of /)
    assert.equal(await page.inputValue('#note'), 'Not to be lost: “Ärger” & <more>')
    assert.equal(await page.inputValue('#day'), '2001-01-01')
    await fillReview(visitor, { outcomes: ['not_indicated', 'psi_intensified'], day: lastDayOf(newest) })
    await press(visitor, 'Save the review')
    assert.match(await errors.innerText(), /cannot be recorded with something else[\s\S]*Choose why nothing is to be changed/)
    for (const outcome of ['not_indicated', 'psi_intensified']) assert.ok(await page.isChecked(`input[name=outcomes][value=${outcome}]`))
    await page.uncheck('input[name=outcomes][value=psi_intensified]')
    assert.ok(await page.isVisible('input[name=not_indicated_reason][value=record_wrong]'), 'what belongs to an outcome is hidden')
    await page.check('input[name=not_indicated_reason][value=record_wrong]')
    await press(visitor, 'Save the review')
    const [entry] = await entriesOf(visitor)
    assert.match(entry.text, /Nothing is to be changed\. Why: The record that led here is wrong[\s\S]*Not to be lost: “Ärger” & <more>[\s\S]*awaiting/)
    assert.ok((await peopleOn(visitor, '/lists/2')).includes(reference), 'what waits for a signature is off the list')
    visitor.assertNoProblems('', 422)
    await visitor.close()
  })
})
