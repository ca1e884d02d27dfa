// A measure as its service manager uses it: from all measures to one, a target and what it says of it, limits that
// begin anew, and both withdrawn.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { follow, press, rowsOf } from './lists.mjs'
import { numberOf, openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

const marks = '/measures/red_share/marks'

const keys = (visitor) => visitor.page.locator('.app-keys').innerText()

/** The means that the months of the measure are drawn around. */
async function meansOf(visitor) {
  const rows = await rowsOf(visitor, '/measures/red_share/figures.csv?table=months')
  return [...new Set(rows.map((row) => row.centre))]
}

async function withdraw(visitor, words, why) {
  const row = visitor.page.locator('.app-marks tbody tr').filter({ hasText: words })
  await row.locator('summary').click()
  await row.locator('input[name=reason]').fill(why)
  await Promise.all([visitor.page.waitForEvent('load'), row.locator('form button').click()])
}

describe('a measure', () => {
  it('is found on the page of all, and says so what changed when a target is set and limits begin anew', { timeout: 180_000 }, async () => {
    const visitor = await visit(browser, 'service-manager')
    const { page } = visitor
    await visitor.open('/')
    await follow(visitor, page.locator('.app-navigation').getByRole('link', { name: 'Measures', exact: true }))
    await follow(visitor, page.locator('#standing').getByRole('link', { name: /^Red/ }))
    assert.match(await keys(visitor), /no target/)
    await follow(visitor, page.getByRole('link', { name: 'Targets and notes' }))

    await follow(visitor, page.getByRole('link', { name: 'Set a target' }))
    await page.selectOption('#from', '2018-01')
    await page.fill('#value', '99')
    await press(visitor, 'Save')
    assert.match(await page.locator('main').innerText(), /Write why/)
    assert.equal(await page.inputValue('#value'), '99')
    await page.fill('#reason', 'Agreed with the team')
    await press(visitor, 'Save')
    assert.match(await page.locator('body').innerText(), /Saved: Target 99\.0 % from Jan 2018 on/)
    assert.match(await keys(visitor), /will hit the target/)
    assert.match(await page.locator('.app-marks').innerText(), /Target 99\.0 % from Jan 2018 on[\s\S]*Agreed with the team[\s\S]*service-manager@demonstration/)

    assert.equal((await meansOf(visitor)).length, 1)
    await visitor.open(`${marks}?set=rebase`)
    await page.selectOption('#from', '2018-02')
    await page.fill('#reason', 'The clinic opened on Saturdays')
    await press(visitor, 'Save')
    assert.equal((await meansOf(visitor)).length, 2)
    await visitor.picture('measure_marks_set')

    await visitor.open(marks)
    await withdraw(visitor, 'Limits begin anew', 'It opened later')
    assert.equal((await meansOf(visitor)).length, 1)
    await visitor.open(marks)
    await withdraw(visitor, 'Target 99.0 %', 'It was a trial')
    assert.match(await keys(visitor), /no target/)
    await page.locator('summary', { hasText: 'History' }).click()
    assert.match(await page.locator('main').innerText(), /It was a trial/)
    visitor.assertNoProblems(marks, 422)
    await visitor.close()
  })

  it('opens the list that its number counts', async () => {
    const visitor = await visit(browser, 'service-manager')
    const { page } = visitor
    await visitor.open('/measures/red_share')
    const link = page.locator('.app-keys a[href*="/people?"]').first()
    const number = numberOf(await link.textContent())
    await follow(visitor, link)
    const rows = await rowsOf(visitor, page.url().replace('/people?', '/people.csv?').replace(/^https?:\/\/[^/]+/, ''))
    assert.equal(rows.length, number)
    await visitor.close()
  })

  it('draws another chart when it is chosen', async () => {
    const visitor = await visit(browser, 'service-manager')
    const { page } = visitor
    await visitor.open('/measures/induction_completed')
    await Promise.all([page.waitForURL((url) => url.searchParams.get('chart') === 'run_chart'), page.selectOption('#chart', 'run_chart')])
    assert.match(await page.locator('main').innerText(), /longest run on one side of the median/)
    await visitor.close()
  })
})
