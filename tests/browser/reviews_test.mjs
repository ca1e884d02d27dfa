// Work lists as people use them: from a task to a list, a person, a review, and whether it helped.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  anybodyOn, dayAfter, entriesOf, fillReview, follow, longDate, monthsOf, peopleOn, press, progressOf, progressShown, referenceIn, rowOf,
  tasksAbout
} from './lists.mjs'
import { numberOf, openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

/** People followed by day after, of a group on the page of whether reviewing helped; nothing for a group that is not there. */
async function followed(visitor, list, month, group) {
  assert.equal(await visitor.open(`/effect?list=${list}&month=${month}`), 200)
  const rows = visitor.page.locator('main table').first().locator('tbody tr')
  const cells = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)))
  return Object.fromEntries(cells.filter(([name]) => name === group).map(([, day, people, early]) => [day, numberOf(people) + numberOf(early)]))
}

/** The tracker's number of people using on top below the threshold, as its page says. */
async function trackerSays(visitor, month) {
  await visitor.open(`/tracker?month=${month}`)
  const links = await visitor.page.locator('main a[href^="/people?"]').evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent]))
  const found = links.find(([href, text]) => {
    const query = new URL(href, 'http://a').searchParams
    return query.get('group') === 'red' && query.get('month') === month && /^[\d,]+$/.test(text.trim())
  })
  assert.ok(found, `the tracker has no number for ${month}`)
  return numberOf(found[1])
}

const differences = (before, now) => Object.fromEntries(Object.keys(now).filter((key) => now[key] !== (before[key] ?? 0))
  .map((key) => [key, now[key] - (before[key] ?? 0)]))

describe('a review', () => {
  it('goes from the task to the list, the person, the form and into whether it helped', { timeout: 120_000 }, async () => {
    const visitor = await visit(browser, 'clinician')
    const { page } = visitor
    const month = (await monthsOf(visitor))[3]
    const query = `month=${month}`
    const [before, reviewed, not_yet, tracker] = [await progressOf(visitor, '2', query), await followed(visitor, '2', month, 'Reviewed'),
      await followed(visitor, '2', month, 'Not yet reviewed'), await trackerSays(visitor, month)]
    assert.equal(before.Together, tracker)

    await visitor.open('/')
    assert.match(await page.locator('h1').textContent(), /Tasks for the month/)
    await follow(visitor, page.locator('.app-navigation').getByRole('link', { name: 'Lists', exact: true }))
    await Promise.all([page.waitForURL((url) => url.searchParams.get('month') === month), page.selectOption('#month', month)])
    await follow(visitor, page.locator('main a[href^="/lists/2?"]').first())
    const shown = await progressShown(visitor)
    assert.equal(shown['Still to review'], before['Still to review'])
    assert.equal(shown.Together, tracker)
    const { reference, client } = await anybodyOn(visitor)

    await press(visitor, 'Take on', rowOf(visitor, reference))
    assert.equal(referenceIn(page.url()), reference)
    assert.match(await page.locator('.app-reviews').innerText(), /Taken on by clinician@demonstration, review due/)
    assert.ok((await peopleOn(visitor, `/lists/2?${query}&assigned=me`)).includes(reference))
    assert.match(await rowOf(visitor, reference).innerText(), /clinician@demonstration/)

    await follow(visitor, rowOf(visitor, reference).getByRole('link', { name: /^Review/ }))
    assert.match(await page.locator('h1').textContent(), /Record a review/)
    assert.ok(await page.isChecked('input[name=lists][value="2"]'))
    const day = dayAfter(month, 5)
    await fillReview(visitor, { outcomes: ['dose_increased', 'naloxone_supplied'], day, note: 'Agreed at the surgery' })
    await press(visitor, 'Save the review')
    assert.equal(referenceIn(page.url()), reference)
    const [entry] = await entriesOf(visitor)
    assert.ok(entry.text.includes(`Review of ${longDate(day)}: Dose increased, or an increase agreed; Naloxone supplied.`), entry.text)
    assert.match(entry.text, /Agreed at the surgery/)
    assert.doesNotMatch(entry.text, /awaiting/)

    assert.ok(!(await peopleOn(visitor, `/lists/2?${query}`)).includes(reference), 'still to review')
    assert.ok((await peopleOn(visitor, `/lists/2?${query}&status=reviewed`)).includes(reference), 'not among those reviewed')
    assert.match(await rowOf(visitor, reference).innerText(), /reviewed[\s\S]*Dose increased/i)
    const now = await progressOf(visitor, '2', query)
    assert.deepEqual(differences(before, now), { 'Still to review': -1, Reviewed: 1 })
    assert.equal(now['Still to review'] + now['Awaiting a co-signature'] + now.Reviewed + now['Being optimised'], tracker)
    assert.equal(await trackerSays(visitor, month), tracker)

    assert.deepEqual(differences(reviewed, await followed(visitor, '2', month, 'Reviewed')), { 0: 1, 28: 1, 56: 1, 84: 1 })
    assert.deepEqual(differences(not_yet, await followed(visitor, '2', month, 'Not yet reviewed')), { 0: -1, 28: -1, 56: -1, 84: -1 })
    assert.match(await page.locator('.app-caution').innerText(), /not a trial/)

    // Corrected: the first stands in the history, struck through.
    await visitor.open(`/people/${reference}?${query}`)
    await follow(visitor, page.locator(`#entry-${entry.number}`).getByRole('link', { name: 'Correct' }))
    assert.ok(await page.isChecked('input[name=outcomes][value=naloxone_supplied]'))
    assert.equal(await page.inputValue('#day'), day)
    assert.equal(await page.inputValue('#note'), 'Agreed at the surgery')
    await page.uncheck('input[name=outcomes][value=naloxone_supplied]')
    await press(visitor, 'Save the review')
    const [correction, corrected] = await entriesOf(visitor)
    assert.ok(correction.text.includes(`Correction, review of ${longDate(day)}: Dose increased, or an increase agreed.`), correction.text)
    assert.equal(correction.struck, '')
    assert.equal(corrected.number, entry.number)
    assert.match(corrected.struck, /Naloxone supplied/)
    assert.match(corrected.text, new RegExp(`corrected by (No\\. )?${correction.number}(?!\\d)`))
    assert.deepEqual(await progressOf(visitor, '2', query), now)

    // Withdrawn: the person is to be reviewed again, and all three stay.
    await visitor.open(`/people/${reference}?${query}`)
    await page.locator(`#entry-${correction.number} summary`).click()
    await press(visitor, /^Withdraw: /, page.locator(`#entry-${correction.number}`))
    assert.equal((await entriesOf(visitor)).filter(({ struck }) => struck !== '').length, 2)
    assert.deepEqual(differences(now, await progressOf(visitor, '2', query)), { 'Still to review': 1, Reviewed: -1 })
    assert.ok((await peopleOn(visitor, `/lists/2?${query}`)).includes(reference))
    assert.ok(!page.url().includes(client))
    visitor.assertNoProblems()
    await visitor.close()
  })

  it('that changes a prescription waits for a clinician to sign it too', { timeout: 90_000 }, async () => {
    const worker = await visit(browser, 'recovery-worker')
    const clinician = await visit(browser, 'clinician')
    const before = await progressOf(worker, '1', '')
    await worker.open('/lists/1')
    const { reference } = await anybodyOn(worker)
    await follow(worker, rowOf(worker, reference).getByRole('link', { name: /^Review/ }))
    await fillReview(worker, { outcomes: ['supervision_changed'], note: 'Seen at the needle exchange' })
    await press(worker, 'Save the review')
    const [entry] = await entriesOf(worker)
    assert.match(entry.text, /awaiting a co-signature/)
    assert.equal(await worker.page.getByRole('button', { name: 'Co-sign' }).count(), 0, 'the author can sign it too')
    assert.deepEqual(differences(before, await progressOf(worker, '1', '')), { 'Still to review': -1, 'Awaiting a co-signature': 1 })
    assert.ok((await peopleOn(worker, '/lists/1')).includes(reference), 'taken off the list before it is signed')
    assert.match(await rowOf(worker, reference).innerText(), /awaiting a co-signature/i)

    const [task, ...others] = await tasksAbout(clinician, reference)
    assert.match(task, /^Co-sign the review of /)
    assert.deepEqual(others, [])
    await follow(clinician, clinician.page.locator(`.app-task a[href^="/people/${reference}"]`))
    await press(clinician, 'Co-sign', clinician.page.locator(`#entry-${entry.number}`))
    assert.match((await entriesOf(clinician)).find(({ number }) => number === entry.number).text, /co-signed/)
    assert.deepEqual(await tasksAbout(clinician, reference), [])
    assert.ok(!(await peopleOn(clinician, '/lists/1')).includes(reference))
    assert.deepEqual(differences(before, await progressOf(worker, '1', '')), { 'Still to review': -1, Reviewed: 1 })
    for (const visitor of [worker, clinician]) {
      visitor.assertNoProblems()
      await visitor.close()
    }
  })

  it('by two people of one person keeps what both wrote', { timeout: 90_000 }, async () => {
    const first = await visit(browser, 'clinician')
    const second = await visit(browser, 'service-manager')
    await first.open('/lists/3')
    const { reference } = await anybodyOn(first)
    const path = `/people/${reference}/review`
    await first.open(path)
    await second.open(path)
    await fillReview(first, { outcomes: ['psi_intensified'], note: 'Written by the first' })
    await press(first, 'Save the review')
    assert.match((await entriesOf(first))[0].text, /More psychosocial support/)

    await fillReview(second, { outcomes: ['naloxone_supplied', 'referred'], note: 'Written by the second' })
    await press(second, 'Save the review')
    const told = await second.page.locator('main').innerText()
    assert.match(told, /Somebody else has written about this person meanwhile/)
    assert.match(told, /More psychosocial support[\s\S]*Written by the first[\s\S]*clinician@demonstration/)
    assert.equal(await second.page.inputValue('#note'), 'Written by the second')
    for (const outcome of ['naloxone_supplied', 'referred']) assert.ok(await second.page.isChecked(`input[name=outcomes][value=${outcome}]`))
    assert.ok(!await second.page.isChecked('input[name=outcomes][value=psi_intensified]'))
    await first.open(`/people/${reference}`)
    assert.equal((await entriesOf(first)).filter(({ text }) => text.includes('Written by')).length, 1, 'saved without asking')
    await press(second, 'Save the review')
    const notes = (await entriesOf(second)).map(({ text, struck }) => [text.match(/Written by the (first|second)/)?.[0], struck])
    assert.deepEqual(notes.slice(0, 2), [['Written by the second', ''], ['Written by the first', '']])
    first.assertNoProblems()
    second.assertNoProblems(path, 409)
    await first.close()
    await second.close()
  })

  it('of a reduction as a sanction is before a clinician until one has seen it', { timeout: 90_000 }, async () => {
    const manager = await visit(browser, 'service-manager')
    const clinician = await visit(browser, 'clinician')
    let list
    for (const month of await monthsOf(manager)) {
      list = `/lists/2?block=reducing_or_detox&assigned=nobody&month=${month}`
      if ((await peopleOn(manager, list)).length > 0) break
    }
    await manager.open(list)
    const { reference } = await anybodyOn(manager)
    await follow(manager, rowOf(manager, reference).getByRole('link', { name: /^Review/ }))
    await fillReview(manager, { outcomes: ['psi_intensified'], reason: 'sanction' })
    await press(manager, 'Save the review')
    const [entry] = await entriesOf(manager)
    assert.match(entry.text, /Why the dose is being reduced: As a sanction\..*escalated: a clinician has to see it/)
    assert.equal(await manager.page.getByRole('button', { name: 'I have seen this' }).count(), 0)

    const [task, ...others] = await tasksAbout(clinician, reference)
    assert.match(task, /reduction as a sanction[\s\S]*Overdue/)
    assert.deepEqual(others, [])
    await follow(clinician, clinician.page.locator(`.app-task a[href^="/people/${reference}"]`))
    await press(clinician, 'I have seen this', clinician.page.locator(`#entry-${entry.number}`))
    assert.match((await entriesOf(clinician)).find(({ number }) => number === entry.number).text, /seen by a clinician/)
    assert.deepEqual(await tasksAbout(clinician, reference), [])
    for (const visitor of [manager, clinician]) {
      visitor.assertNoProblems()
      await visitor.close()
    }
  })

  it('that is put off takes the person off the list until then', { timeout: 60_000 }, async () => {
    const visitor = await visit(browser, 'service-manager')
    const { page } = visitor
    await visitor.open('/lists/0')
    const { reference } = await anybodyOn(visitor)
    await follow(visitor, rowOf(visitor, reference).getByRole('link', { name: /^Review/ }))
    await fillReview(visitor, { outcomes: ['deferred'] })
    assert.ok(await page.isVisible('#deferred_to'))
    const until = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
    await page.fill('#deferred_to', until)
    await press(visitor, 'Save the review')
    assert.ok((await entriesOf(visitor))[0].text.includes(`Put off to ${longDate(until)}.`))
    assert.ok(!(await peopleOn(visitor, '/lists/0')).includes(reference))
    assert.ok((await peopleOn(visitor, '/lists/0?status=reviewed')).includes(reference))
    assert.match(await rowOf(visitor, reference).innerText(), /put off to/)
    visitor.assertNoProblems()
    await visitor.close()
  })
})

describe('an inventory of supervised consumption', () => {
  it('is answered, and list 4 knows it', { timeout: 60_000 }, async () => {
    const visitor = await visit(browser, 'clinician')
    const { page } = visitor
    const without = '/lists/4?block=no_current_asci&status=all', before = await peopleOn(visitor, without)
    const reference = before[0]
    await visitor.open(`/people/${reference}`)
    await follow(visitor, page.getByRole('button', { name: 'Fill in an inventory' }))
    await press(visitor, 'Save this inventory')
    assert.match(await page.locator('.nhsuk-error-summary').innerText(), /Answer at least one item/)
    for (const item of await page.locator('input[type=radio][name^=item_][value=true]').all()) await item.check()
    await page.check('input[name=supervised_after][value=true]')
    await page.fill('#note', 'Answered together')
    await press(visitor, 'Save this inventory')
    assert.equal(referenceIn(page.url()), reference)
    assert.match(await page.locator('section[aria-labelledby=inventories]').innerText(), /diverted this episode[\s\S]*Answered together/)
    assert.deepEqual(await peopleOn(visitor, without), before.slice(1))
    const with_items = []
    for (const block of ['supervised_with_items', 'unsupervised_with_items', 'use_above_regular'])
      with_items.push(...await peopleOn(visitor, `/lists/4?block=${block}&status=all`))
    assert.ok(with_items.includes(reference), 'items are present, and the list does not say so')
    visitor.assertNoProblems('', 422)
    await visitor.close()
  })
})
