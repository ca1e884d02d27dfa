// Whose people stand on a work list: filters and filters with a name, the own caseload, and those who see nobody.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { csvRows, follow, lastDayOf, monthsOf, peopleOn, press, progressOf, rowsOf } from './lists.mjs'
import { address, openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

const all_lists = ['0', '1', '2', '3', '4', '5', '6', 'review-cohorts', 'mat4', 'slow-reduction']

/** What `optimat list` says of the store that is being served. */
function commandRows(list, day) {
  const options = ['list', list, 'latest', '--store', process.env.OPTIMAT_STORE, '--as-at', day, '--format', 'csv', '--quiet']
  return csvRows(execFileSync(process.env.OPTIMAT_PROGRAM, options, { encoding: 'utf8', maxBuffer: 1 << 28 }))
}

describe('every work list', () => {
  it('is the same in its file as by the command, and as long as the page of all lists says', { timeout: 180_000 }, async () => {
    const visitor = await visit(browser, 'organisation-analyst')
    const months = await monthsOf(visitor)
    let reviewed = 0
    for (const month of [months[0], months[2]])
      for (const list of all_lists) {
        const query = `place=organisation&month=${month}`
        const rows = await rowsOf(visitor, `/lists/${list}/people.csv?${query}&status=all`)
        assert.deepEqual(rows, commandRows(list, lastDayOf(month)), `list ${list} of ${month}`)
        const said = await progressOf(visitor, list, query)
        assert.equal(rows.length, said.Together, `list ${list} of ${month}`)
        for (const [words, status] of [['Still to review', 'still_to_review'], ['Reviewed', 'reviewed'], ['Being optimised', 'being_optimised']])
          assert.equal(rows.filter((row) => row.status === status).length, said[words], `list ${list} of ${month}: ${words}`)
        reviewed += said.Reviewed
      }
    assert.ok(reviewed > 0, 'nobody is reviewed: the test has shown nothing of reviews')
    visitor.assertNoProblems()
    await visitor.close()
  })
})

describe('a filter with a name', () => {
  it('is kept, used and removed, by whom it belongs to', { timeout: 60_000 }, async () => {
    const visitor = await visit(browser, 'service-manager')
    const other = await visit(browser, 'clinician')
    const { page } = visitor
    await visitor.open('/lists/1')
    const choose = (id, value) => Promise.all([page.waitForEvent('load'), page.selectOption(id, value)])
    await choose('#filter-status', 'all')
    for (const [id, value] of [['#filter-assigned', 'nobody'], ['#filter-sort', 'factors']]) {
      const more = page.locator('.app-filters__more')
      if (!await more.evaluate((details) => details.open)) await more.locator('summary').click()
      await choose(id, value)
    }
    const people = await peopleOn(visitor, page.url().replace(/^https?:\/\/[^/]+/, ''))
    await visitor.open('/lists/1?status=all&assigned=nobody&sort=factors')
    await page.fill('#filter-name', 'Most factors, nobody’s')
    await press(visitor, 'Keep')

    await visitor.open('/lists/1')
    const kept = page.getByRole('link', { name: 'Most factors, nobody’s', exact: true })
    const href = await kept.getAttribute('href')
    await follow(visitor, kept)
    assert.equal(await page.inputValue('#filter-status'), 'all')
    assert.equal(await page.inputValue('#filter-assigned'), 'nobody')
    assert.equal(await page.inputValue('#filter-sort'), 'factors')
    assert.deepEqual(await peopleOn(visitor, href), people)
    await other.open('/lists/1')
    assert.equal(await other.page.getByRole('link', { name: 'Most factors, nobody’s', exact: true }).count(), 0)
    await visitor.open('/lists/2')
    assert.equal(await kept.count(), 0, 'it is of another list')

    await visitor.open('/lists/1')
    await press(visitor, /remove the filter Most factors/)
    assert.equal(await kept.count(), 0)
    visitor.assertNoProblems()
    other.assertNoProblems()
    await visitor.close()
    await other.close()
  })

  it('narrows a list down, and its parts are the whole', { timeout: 60_000 }, async () => {
    const visitor = await visit(browser, 'service-manager')
    const everybody = await peopleOn(visitor, '/lists/1?status=all')
    assert.equal(new Set(everybody).size, everybody.length)
    const parts = []
    for (const status of ['still_to_review', 'awaiting_co_signature', 'reviewed', 'being_optimised'])
      parts.push(...await peopleOn(visitor, `/lists/1?status=${status}`))
    assert.deepEqual([...parts].sort(), [...everybody].sort())
    const claimed = await peopleOn(visitor, '/lists/1?status=all&assigned=anyone')
    const unclaimed = await peopleOn(visitor, '/lists/1?status=all&assigned=nobody')
    assert.ok(claimed.length > 0)
    assert.deepEqual([...claimed, ...unclaimed].sort(), [...everybody].sort())
    await visitor.open('/lists/1?status=all')
    const owners = await visitor.page.locator('#filter-owner option').evaluateAll((all) => all.map(({ value, textContent }) => [value, textContent]))
    let owned = 0
    for (const [owner, words] of owners.filter(([value]) => value !== '')) {
      const people = await peopleOn(visitor, `/lists/1?status=all&owner=${owner}`)
      assert.equal(people.length, Number(words.match(/\((\d+)\)$/)[1]), words)
      owned += people.length
    }
    assert.equal(owned, everybody.length, 'everybody has exactly one owner')
    visitor.assertNoProblems()
    await visitor.close()
  })
})

describe('who sees whom', () => {
  it('a recovery worker has the own caseload on every list, as the manager’s files have it', { timeout: 90_000 }, async () => {
    const worker = await visit(browser, 'recovery-worker')
    const manager = await visit(browser, 'service-manager')
    const on_lists = []
    let keyworker
    for (const list of all_lists) {
      const path = `/lists/${list}/people.csv?status=all`
      const [own, all] = [await rowsOf(worker, path), await rowsOf(manager, path)]
      keyworker ??= own[0]?.keyworker_id
      assert.deepEqual(own.map(({ client_id }) => client_id), all.filter(({ keyworker_id }) => keyworker_id === keyworker).map(({ client_id }) => client_id),
        `list ${list}`)
      assert.equal((await peopleOn(worker, `/lists/${list}?status=all`)).length, own.length)
      on_lists.push([own.length, all.length])
    }
    assert.ok(keyworker)
    assert.ok(on_lists.filter(([own, all]) => own > 0 && own < all).length >= 4, JSON.stringify(on_lists))

    // Somebody else's person is not opened by their address either.
    const own = new Set(await peopleOn(worker, '/lists/1?status=all'))
    const foreign = (await peopleOn(manager, '/lists/1?status=all')).find((reference) => !own.has(reference))
    for (const page of ['', '/review', '/claim', '/asci']) assert.equal(await worker.open(`/people/${foreign}${page}`), 403, page)
    worker.assertNoProblems('', 403)
    manager.assertNoProblems()
    await worker.close()
    await manager.close()
  })

  for (const [role, pages] of [['peer-representative', ['/', '/tracker', '/effect', '/naloxone', '/supervision', '/responses']],
    ['commissioner', ['/tracker', '/compare']], ['administrator', ['/users', '/tracker', '/effect']]])
    it(`nobody, and no way to them: ${role}`, { timeout: 60_000 }, async () => {
      const visitor = await visit(browser, role)
      for (const path of ['/lists', '/lists/1', '/lists.csv', '/lists/1/people.csv', '/lists/1/people.xlsx', '/people', '/caseloads', '/caseloads.csv',
        '/api/v1/lists', '/api/v1/lists/1', '/api/v1/caseloads']) {
        const answer = await visitor.page.request.get(address + path)
        assert.equal(answer.status(), 403, path)
      }
      for (const path of pages) {
        assert.equal(await visitor.open(path), 200, path)
        assert.equal(await visitor.page.locator('a[href^="/lists"], a[href^="/people"], a[href^="/caseloads"]').count(), 0, path)
      }
      visitor.assertNoProblems()
      await visitor.close()
    })
})
