// Everything with the keyboard alone, and always visible where it is.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { entriesOf, peopleOn } from './lists.mjs'
import { address, openBrowser, visit } from './site.mjs'

let browser
before(async () => { browser = await openBrowser() })
after(() => browser.close())

/** What has focus, and whether one sees that it has. */
function focus() {
  const part = document.activeElement
  if (!part || part === document.body) return null
  // Ticks and radio buttons of the design system are drawn by the label beside the invisible control.
  const label = ['radio', 'checkbox'].includes(part.type) ? part.nextElementSibling : null
  const looks = [getComputedStyle(part), ...(label ? [getComputedStyle(label, '::before')] : [])]
  const has_ring = looks.some((look) => (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0 &&
    !/rgba\(.*, 0\)|transparent/.test(look.outlineColor)) || look.boxShadow !== 'none')
  const box = part.getBoundingClientRect()
  return {
    words: `${part.tagName} ${part.id || part.getAttribute('href') || part.className || part.textContent.slice(0, 30)}`,
    is_seen: has_ring && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  }
}

async function step(page) {
  await page.keyboard.press('Tab')
  // A smooth scroll to what has focus would not have ended yet.
  await page.waitForTimeout(15)
  const at = await page.evaluate(focus)
  if (at) assert.ok(at.is_seen, `focus is not seen on ${at.words} of ${page.url()}`)
  return at
}

/** Moves through the whole page until focus leaves it; how many stops there were. */
async function throughAndOut(page) {
  let stops = 0
  while (await step(page)) assert.ok(++stops < 2000, 'focus never leaves the page')
  return stops
}

/** Moves on until what the selector means has focus. */
async function tabTo(page, selector) {
  for (let i = 0; i < 400; ++i) {
    await step(page)
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return
  }
  assert.fail(`the keyboard does not reach ${selector} on ${page.url()}`)
}

/** Presses a key that leads to another page, and waits until it is there. */
async function follow(page, is_there, key = 'Enter') {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
  await page.waitForURL(is_there)
}

describe('with the keyboard alone', () => {
  it('one signs in, chooses, opens a list and a person, and signs out', { timeout: 120_000 }, async () => {
    const visitor = await visit(browser, undefined)
    const { page } = visitor
    await page.goto(`${address}/sign-in`)
    await tabTo(page, '#sign_in_name')
    await page.keyboard.type('organisation-analyst@demonstration')
    await tabTo(page, '#password')
    await page.keyboard.type('just to look around')
    await follow(page, (url) => url.pathname !== '/sign-in')

    await page.goto(`${address}/tracker`)
    await step(page)
    assert.ok(await page.evaluate(() => document.activeElement.matches('.nhsuk-skip-link')), 'the skip link is not first')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'maincontent')

    await tabTo(page, '#place')
    const was = await page.inputValue('#place')
    await page.keyboard.press('End')
    const place = await page.inputValue('#place')
    assert.notEqual(place, was)
    assert.ok(!page.url().includes(encodeURIComponent(place)), 'a key in the list has already loaded a page')
    const asked = (url) => url.searchParams.get('place') === place
    await follow(page, asked, 'Tab')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'place')
    await tabTo(page, '.app-filters button[type=submit]')
    await follow(page, asked)

    await tabTo(page, 'main a[href^="/people?"]')
    await follow(page, (url) => url.pathname === '/people')
    await tabTo(page, 'main tbody a[href^="/people/"]')
    await follow(page, (url) => url.pathname.startsWith('/people/'))
    assert.equal(await page.locator('h1').count(), 1)
    await tabTo(page, '.app-header__sign-out')
    await follow(page, (url) => url.pathname === '/sign-in')
    visitor.assertNoProblems()
    await visitor.close()
  })

  it('one opens a work list, takes somebody on and records a review', { timeout: 120_000 }, async () => {
    const visitor = await visit(browser, 'clinician')
    const { page } = visitor
    await visitor.open('/')
    await tabTo(page, '.app-navigation a[href="/lists"]')
    await follow(page, (url) => url.pathname === '/lists')
    await tabTo(page, 'main tbody a[href^="/lists/2?"]')
    await follow(page, (url) => url.pathname === '/lists/2')
    await tabTo(page, 'main tbody button[formaction]')
    await follow(page, (url) => url.pathname.startsWith('/people/'))
    const reference = new URL(page.url()).pathname.split('/')[2]
    await tabTo(page, `.app-reviews a[href^="/people/${reference}/review"]`)
    await follow(page, (url) => url.pathname.endsWith('/review'))
    await tabTo(page, 'input[name=outcomes][value=referred]')
    await page.keyboard.press('Space')
    if (await page.locator('input[name=reason]').count() > 0) {
      await tabTo(page, 'input[name=reason]')
      await page.keyboard.press('ArrowUp')
      assert.ok(await page.isChecked('input[name=reason][value=other]'))
    }
    await tabTo(page, '#note')
    await page.keyboard.type('Written with the keyboard')
    await tabTo(page, 'main form button[type=submit]')
    await follow(page, (url) => !url.pathname.endsWith('/review'))
    assert.match((await entriesOf(visitor))[0].text, /Referred[\s\S]*Written with the keyboard/)
    assert.ok(!(await peopleOn(visitor, '/lists/2')).includes(reference))
    visitor.assertNoProblems()
    await visitor.close()
  })

  for (const page of ['review', 'claim', 'asci'])
    it(`one comes through a person’s ${page} form and out of it again`, { timeout: 60_000 }, async () => {
      const visitor = await visit(browser, 'clinician')
      const [reference] = await peopleOn(visitor, '/lists/2')
      await visitor.open(`/people/${reference}/${page}`)
      const stops = await throughAndOut(visitor.page)
      assert.ok(stops > 8, `only ${stops} stops`)
      await visitor.close()
    })

  for (const [role, path] of [['clinician', '/'], ['recovery-worker', '/lists'], ['recovery-worker', '/lists/1'], ['service-manager', '/effect?list=2'],
    ['service-manager', '/caseloads'], ['service-manager', '/naloxone'], ['service-manager', '/supervision'], ['peer-representative', '/responses'],
    ['service-manager', '/compare'], ['service-manager', '/flows'], ['service-manager', '/people?group=red'],
    ['administrator', '/users/new'], ['data-manager', '/data'], ['data-manager', '/definitions'], ['clinician', '/account']])
    it(`one comes through ${path} and out of it again`, { timeout: 120_000 }, async () => {
      const visitor = await visit(browser, role)
      await visitor.open(path)
      const stops = await throughAndOut(visitor.page)
      assert.ok(stops > 8, `only ${stops} stops`)
      await visitor.close()
    })
})
