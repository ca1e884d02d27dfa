// Every page, on a desk and on a phone: nothing breaks, nothing leaves for another host, nobody is kept out, nothing
// has to be scrolled sideways. A picture of each is kept.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { address, desktop, openBrowser, phone, visit } from './site.mjs'

/** The first link of a page that begins so. */
const linkOn = (path, begin) => async (visitor) => {
  await visitor.open(path)
  return visitor.page.locator(`main a[href^="${begin}"]`).first().getAttribute('href')
}

/** What is behind a link: its path, with something put behind that. */
const personOn = (path, page) => async (visitor) => {
  const link = new URL(await linkOn(path, '/people/')(visitor), address)
  return `${link.pathname}${page}${link.search}`
}

const pages = [
  { name: 'sign_in', path: '/sign-in' },
  { name: 'tasks', role: 'clinician', path: '/' },
  { name: 'tasks_organisation', role: 'organisation-analyst', path: '/?place=organisation' },
  { name: 'tasks_caseload', role: 'recovery-worker', path: '/' },
  { name: 'tracker', role: 'service-manager', path: '/tracker' },
  { name: 'tracker_organisation', role: 'organisation-analyst', path: '/tracker?place=organisation&months=24' },
  { name: 'tracker_disclosed', role: 'commissioner', path: '/tracker' },
  { name: 'tracker_first_month', role: 'organisation-analyst', path: '/tracker?place=organisation&month=2016-09' },
  { name: 'flows', role: 'service-manager', path: '/flows' },
  { name: 'service_data', role: 'service-manager', path: '/service-data' },
  { name: 'service_data_closer', role: 'organisation-analyst', path: '/service-data?place=organisation&row=mat2_below&by=age_band' },
  { name: 'compare', role: 'service-manager', path: '/compare' },
  { name: 'compare_disclosed', role: 'commissioner', path: '/compare' },
  { name: 'measures', role: 'service-manager', path: '/measures' },
  { name: 'measures_organisation', role: 'organisation-analyst', path: '/measures?place=organisation&view=as_now' },
  { name: 'measure_red', role: 'service-manager', path: '/measures/red_share' },
  { name: 'measure_p_chart', role: 'organisation-analyst', path: '/measures/induction_completed?chart=p_chart' },
  { name: 'measure_completions', role: 'organisation-analyst', path: '/measures/successful_completion' },
  { name: 'measure_run_chart', role: 'organisation-analyst', path: '/measures/exits_returned' },
  { name: 'measure_waits', role: 'peer-representative', path: '/measures/prescribing_5_days' },
  { name: 'measure_services', role: 'service-manager', path: '/measures/red_share/services' },
  { name: 'measure_services_widened', role: 'organisation-analyst', path: '/measures/red_share/services?limits=widened&view=as_now' },
  { name: 'measure_services_means', role: 'organisation-analyst', path: '/measures/waiting_days/services' },
  { name: 'measure_services_rates', role: 'organisation-analyst', path: '/measures/deaths_in_mat/services' },
  { name: 'measure_people', role: 'service-manager', path: '/measures/red_share/people' },
  { name: 'measure_marks', role: 'service-manager', path: '/measures/red_share/marks?set=target' },
  { name: 'measure_marks_note', role: 'organisation-analyst', path: '/measures/successful_completion/marks?set=annotation' },
  { name: 'measure_refused', role: 'commissioner', path: '/measures', status: 403 },
  { name: 'measure_people_refused', role: 'recovery-worker', path: '/measures/red_share/people', status: 403 },
  { name: 'peer_groups', role: 'service-manager', path: '/peer-groups' },
  { name: 'peer_group_form', role: 'service-manager', path: '/peer-groups/new' },
  { name: 'people', role: 'service-manager', path: '/people?group=red' },
  { name: 'person', role: 'service-manager', path: linkOn('/people?group=red', '/people/') },
  { name: 'lists', role: 'service-manager', path: '/lists' },
  { name: 'lists_organisation', role: 'organisation-analyst', path: '/lists?place=organisation' },
  { name: 'lists_caseload', role: 'recovery-worker', path: '/lists' },
  ...['0', '1', '2', '3', '4', '5', '6', 'review-cohorts', 'mat4', 'slow-reduction'].map((list) =>
    ({ name: `list_${list}`, role: 'recovery-worker', path: `/lists/${list}?status=all` })),
  { name: 'list_service', role: 'service-manager', path: '/lists/2' },
  { name: 'list_organisation', role: 'organisation-analyst', path: '/lists/0?place=organisation&factor=injecting' },
  { name: 'list_unknown', role: 'service-manager', path: '/lists/7', status: 404 },
  { name: 'list_wrong_filter', role: 'service-manager', path: '/lists/1?status=nowhere', status: 400 },
  { name: 'person_on_list', role: 'clinician', path: linkOn('/lists/2?status=reviewed', '/people/') },
  { name: 'review_form', role: 'clinician', path: personOn('/people?group=red', '/review') },
  { name: 'claim_form', role: 'service-manager', path: personOn('/people?group=red', '/claim') },
  { name: 'asci_form', role: 'clinician', path: personOn('/people?group=red', '/asci') },
  { name: 'caseloads', role: 'service-manager', path: '/caseloads' },
  { name: 'naloxone', role: 'service-manager', path: '/naloxone' },
  { name: 'effect', role: 'service-manager', path: '/effect?list=2' },
  { name: 'supervision', role: 'service-manager', path: '/supervision' },
  { name: 'supervision_organisation', role: 'organisation-analyst', path: '/supervision?place=organisation' },
  { name: 'responses', role: 'peer-representative', path: '/responses' },
  { name: 'lists_refused', role: 'peer-representative', path: '/lists', status: 403 },
  { name: 'definitions', role: 'service-manager', path: '/definitions' },
  { name: 'sensitivity', role: 'service-manager', path: '/definitions/sensitivity' },
  { name: 'glossary', role: 'commissioner', path: '/glossary' },
  { name: 'data', role: 'data-manager', path: '/data' },
  { name: 'data_quality', role: 'data-manager', path: '/data/quality' },
  { name: 'snapshot', role: 'data-manager', path: linkOn('/data', '/data/snapshots/') },
  { name: 'users', role: 'administrator', path: '/users' },
  { name: 'user_form', role: 'administrator', path: '/users/2' },
  { name: 'user_new', role: 'administrator', path: '/users/new' },
  { name: 'audit', role: 'administrator', path: '/audit' },
  { name: 'account', role: 'clinician', path: '/account' },
  { name: 'not_found', role: 'clinician', path: '/nothing-here', status: 404 },
  { name: 'not_found_signed_out', path: '/nothing-here', status: 404 },
  { name: 'refused', role: 'peer-representative', path: '/people', status: 403 },
  { name: 'wrong_choice', role: 'service-manager', path: '/tracker?place=nowhere', status: 400 }
]

async function check({ name, role, path, status = 200 }, browser, size_name, viewport) {
  const visitor = await visit(browser, role, { viewport })
  try {
    const where = typeof path === 'string' ? path : await path(visitor)
    assert.ok(where, 'no page links to this one')
    assert.equal(await visitor.open(where), status)
    visitor.assertNoProblems(where, status)
    const { page } = visitor
    await visitor.picture(`${name}_${size_name}`)
    assert.equal(await page.locator('h1').count(), 1, 'headings of the first level')
    assert.match(await page.title(), /\S.* – Optimat$/)
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    assert.ok(wide[0] <= wide[1], `the page is ${wide[0]} px wide in a window of ${wide[1]}`)
    const entry = await page.evaluate(() => {
      const current = document.querySelector('.app-navigation [aria-current]')
      const { left, right } = current?.getBoundingClientRect() ?? { left: 0, right: 0 }
      return [left, right, window.innerWidth]
    })
    assert.ok(entry[0] >= 0 && entry[1] <= entry[2], 'the entry of this page in the navigation is out of sight')
    assert.deepEqual(await visitor.barriers(), [])
    visitor.assertNoProblems(where, status)
  } finally {
    await visitor.close()
  }
}

describe('every page', () => {
  let browser
  before(async () => { browser = await openBrowser() })
  after(() => browser.close())
  for (const [size_name, viewport] of Object.entries({ desktop, phone }))
    for (const page of pages)
      it(`${page.name} on a ${size_name}`, { timeout: 60_000 }, () => check(page, browser, size_name, viewport))

  it('is the same for a search engine, a frame or another site: none may have it', async () => {
    const answer = await fetch(`${address}/sign-in`)
    assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'/)
    assert.doesNotMatch(answer.headers.get('content-security-policy'), /unsafe|https?:|\*/)
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.match(answer.headers.get('cache-control'), /no-store/)
  })
})
