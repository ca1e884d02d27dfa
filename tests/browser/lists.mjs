// What the pages of the work lists say: how far the team is, who is on a list, and what a person's page has recorded.

import assert from 'node:assert/strict'
import { address, numberOf } from './site.mjs'

/** Months that there are, newest first: `2018-10`. */
export async function monthsOf(visitor) {
  await visitor.open('/lists')
  return visitor.page.locator('#month option').evaluateAll((all) => all.map((option) => option.value))
}

/** A day of the month after: `2018-08-05` is the fifth after `2018-07`. */
export function dayAfter(month, day) {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, day)).toISOString().slice(0, 10)
}

/** The last day of a month. */
export const lastDayOf = (month) => dayAfter(month, 0)

/** `5 August 2018`, as the pages write it. */
export function longDate(day) {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
}

/** How far the team is with a list by the page of all lists: each number under its column's words. */
export async function progressOf(visitor, list, query) {
  assert.equal(await visitor.open(`/lists?${query}`), 200)
  const row = visitor.page.locator('main tbody tr').filter({ has: visitor.page.locator(`a[href^="/lists/${list}?"]`) })
  const cells = await row.locator('td.app-number').evaluateAll((all) => all.map((cell) => [cell.dataset.label, cell.firstChild.textContent]))
  return Object.fromEntries(cells.filter(([, text]) => /^[\d,]+$/.test(text)).map(([label, text]) => [label, numberOf(text)]))
}

/** The numbers above the people of a list that is open, by their words. */
export async function progressShown(visitor) {
  const items = await visitor.page.locator('.app-list-progress > div').evaluateAll((all) => all.map((item) =>
    [item.querySelector('dt').textContent, item.querySelector('.app-key__number').textContent]))
  return Object.fromEntries(items.map(([words, text]) => [words, numberOf(text)]))
}

/** The row of somebody on a list that is open. */
export function rowOf(visitor, reference) {
  return visitor.page.locator('table.app-list tbody tr').filter({ has: visitor.page.locator(`th a[href^="/people/${reference}?"]`) })
}

/** The opaque reference in a path or address of a person. */
export const referenceIn = (path) => new URL(path, 'http://a').pathname.split('/')[2]

/** Somebody on the list that is open whom nobody has taken on. */
export async function anybodyOn(visitor) {
  const row = visitor.page.locator('table.app-list tbody tr').filter({ has: visitor.page.getByRole('button', { name: /^Take on/ }) }).first()
  const link = row.locator('th a')
  return { reference: referenceIn(await link.getAttribute('href')), client: await link.textContent() }
}

/** References of all people on a list, over its pages. */
export async function peopleOn(visitor, path) {
  assert.equal(await visitor.open(path), 200)
  const { page } = visitor
  const people = []
  for (;;) {
    const links = await page.locator('table.app-list tbody th a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    people.push(...links.map(referenceIn))
    const next = page.locator('.app-pages a[rel=next]')
    if (await next.count() === 0) return people
    await Promise.all([page.waitForEvent('load'), next.click()])
  }
}

/** Rows of a CSV that a page gives. */
export async function rowsOf(visitor, path) {
  const answer = await visitor.page.request.get(address + path)
  assert.equal(answer.status(), 200, path)
  return csvRows(await answer.text())
}

/** Rows of a CSV as objects by the names of its columns; rows that are shorter, its provenance, are left aside. */
export function csvRows(csv) {
  const cells = [...csv.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)]
  const rows = [[]]
  for (const [whole, text, end] of cells) {
    if (whole === '') break
    rows.at(-1).push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text)
    if (end !== ',') rows.push([])
  }
  const names = rows[0]
  return rows.slice(1).filter((row) => row.length === names.length).map((row) => Object.fromEntries(row.map((text, i) => [names[i], text])))
}

/** Fills in the form of a review that is open. Asked why a dose is reduced, it says another reason unless one is given. */
export async function fillReview(visitor, { outcomes, day, note, reason = 'other' }) {
  const { page } = visitor
  for (const outcome of outcomes) await page.check(`input[name=outcomes][value=${outcome}]`)
  if (await page.locator(`input[name=reason][value=${reason}]`).count() > 0) await page.check(`input[name=reason][value=${reason}]`)
  if (day !== undefined) await page.fill('#day', day)
  if (note !== undefined) await page.fill('#note', note)
}

/** Presses a button of that name and waits for the page behind it. */
export async function press(visitor, name, within = visitor.page) {
  await Promise.all([visitor.page.waitForEvent('load'), within.getByRole('button', { name }).first().click()])
}

export async function follow(visitor, link) {
  await Promise.all([visitor.page.waitForEvent('load'), link.click()])
}

/** What has been recorded of the person whose page is open, newest first. */
export function entriesOf(visitor) {
  return visitor.page.locator('ol.app-reviews__history > li').evaluateAll((all) => all.map((item) =>
    ({ number: item.value, text: item.textContent, struck: [...item.querySelectorAll('s')].map((part) => part.textContent).join(' ') })))
}

/** What waits for a user on the first page, by the person that it leads to. */
export async function tasksAbout(visitor, reference) {
  assert.equal(await visitor.open('/'), 200)
  return visitor.page.locator('.app-task').filter({ has: visitor.page.locator(`a[href^="/people/${reference}"]`) }).allInnerTexts()
}
