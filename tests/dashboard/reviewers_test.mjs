// Fifty people review the same clients at once while the server is killed and started again: every review that was answered
// as saved is there exactly once, a form sent twice is one review, and who wrote at the same time lost nothing:
// node reviewers_test.mjs PROGRAM [ADDRESS_FILE], the latter of the PostgreSQL server of tests/postgresql

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeExtract, makeStore, serve } from '../browser/program.mjs'

const [program, addressFile] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'optimat-reviewers-'))
const reviewers = 50, reviewsEach = 8, kills = 6
const accounts = ['service-manager', 'clinician', 'recovery-worker']
const pause = (milliseconds) => new Promise((end) => setTimeout(end, milliseconds))
const unescaped = (text) => text.replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')

/** An empty place for a store: a file, or a schema of its own. */
function emptyPlace() {
  if (!addressFile) return join(folder, 'optimat.sqlite')
  const address = readFileSync(addressFile, 'utf8').trim(), schema = `reviewers_${process.pid}`
  execFileSync('psql', ['--quiet', '--dbname', address, '--command', `CREATE SCHEMA ${schema}`])
  return `${address}&options=-csearch_path%3D${schema}`
}

let server
/** How often an answer did not come because the server was killed. */
let lost = 0

/** Somebody who is signed in. What cannot be answered is asked again. */
class Reviewer {
  constructor(number) {
    this.account = accounts[number % accounts.length]
    this.number = number
    this.cookies = new Map()
  }
  async askOnce(path, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(server.address + path, { redirect: 'manual', ...options, headers: { cookie, ...options.headers } })
    for (const set of answer.headers.getSetCookie?.() ?? [answer.headers.get('set-cookie')].filter(Boolean)) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
      this.cookies.set(name, value)
    }
    return { status: answer.status, location: answer.headers.get('location'), body: await answer.text() }
  }
  async ask(path, options) {
    for (;;) {
      try {
        const answer = await this.askOnce(path, options)
        if (answer.status < 500) return answer
      } catch {
        // The server is gone for a moment; whether it has written anything is not known.
      }
      ++lost
      await pause(20)
    }
  }
  post(path, fields) {
    return this.ask(path, { method: 'POST', body: new URLSearchParams(fields) })
  }
  async signIn() {
    const { body } = await this.ask('/sign-in')
    const csrf_token = body.match(/name="csrf_token" value="([^"]+)"/)[1]
    const answer = await this.post('/sign-in', { csrf_token, sign_in_name: `${this.account}@demonstration`, password: 'just to look around' })
    assert.equal(answer.status, 303)
  }
}

/** What the form of a review holds, with an outcome and a note. */
function filledIn(form, note) {
  const hidden = (name) => form.match(new RegExp(`name="${name}" value="([^"]*)"`))[1]
  const fields = [['csrf_token', hidden('csrf_token')], ['seen', hidden('seen')], ['request', hidden('request')],
    ['day', form.match(/name="day"[^>]* value="([^"]+)"/)[1]], ['outcomes', 'referred'], ['note', note]]
  for (const [box] of form.matchAll(/<input[^>]*name="lists"[^>]*>/g)) if (/ checked/.test(box)) fields.push(['lists', box.match(/value="([^"]+)"/)[1]])
  if (/name="reason"/.test(form)) fields.push(['reason', 'other'])
  return fields
}

/** Sends a review until it is answered as saved; how often somebody else had written meanwhile. */
async function review(reviewer, person, note) {
  const path = `/people/${person}/review`
  const { status, body } = await reviewer.ask(path)
  assert.equal(status, 200)
  let fields = filledIn(body, note)
  for (let conflicts = 0; ; ++conflicts) {
    const answer = await reviewer.post(path, fields)
    if (answer.status === 303) return conflicts
    assert.equal(answer.status, 409, answer.body.match(/<h1[\s\S]*?<\/h1>/)?.[0])
    assert.match(answer.body, /Somebody else has written about this person meanwhile/)
    assert.ok(unescaped(answer.body).includes(`>${note}</textarea>`), 'what was typed is kept')
    assert.equal(filledIn(answer.body, note)[2][1], fields[2][1], 'it is still the same form')
    fields = filledIn(answer.body, note)
  }
}

/** Notes of a person's reviews, oldest first, each with its number. */
async function notesOf(reviewer, person) {
  const { body } = await reviewer.ask(`/people/${person}`)
  return [...body.matchAll(/<li id="entry-(\d+)"[\s\S]*?<span class="app-reviews__note">([^<]*)<\/span>/g)]
    .map(([, number, note]) => ({ number: Number(number), note: unescaped(note) })).reverse()
}

async function caseload(reviewer) {
  const { body } = await reviewer.ask('/people')
  return [...new Set([...body.matchAll(/href="\/people\/([\w-]+)[?"]/g)].map(([, reference]) => reference))]
}

try {
  const extract = makeExtract(program, join(folder, 'extract'), ['--clients', '600', '--services', '3', '--months', '8', '--seed', '7'])
  const store = makeStore(program, extract, emptyPlace())
  server = await serve(program, store, folder)
  const everybody = Array.from({ length: reviewers }, (_, number) => new Reviewer(number))
  for (let i = 0; i < reviewers; i += 5) await Promise.all(everybody.slice(i, i + 5).map((one) => one.signIn()))
  const people = (await caseload(everybody.find((one) => one.account === 'recovery-worker'))).slice(0, 12)
  assert.ok(people.length >= 5, `there are ${people.length} people on the caseload`)

  // Two at the very same moment.
  const [first, second] = everybody
  const forms = await Promise.all([first, second].map((one) => one.ask(`/people/${people[0]}/review`)))
  const sent = await Promise.all([first, second].map((one, i) => one.post(`/people/${people[0]}/review`, filledIn(forms[i].body, `at once ${i}`))))
  assert.deepEqual(sent.map(({ status }) => status).sort(), [303, 409])
  const late = sent.findIndex(({ status }) => status === 409)
  assert.ok(sent[late].body.includes(`at once ${1 - late}`), 'who was late reads what the other has written')
  const again = await [first, second][late].post(`/people/${people[0]}/review`, filledIn(sent[late].body, `at once ${late}`))
  assert.equal(again.status, 303)
  assert.deepEqual((await notesOf(first, people[0])).map(({ note }) => note), [`at once ${1 - late}`, `at once ${late}`])

  // Everybody, while the server is killed.
  const saved = new Map(people.map((person) => [person, []]))
  let conflicts = 0, writing = true
  const work = Promise.all(everybody.map(async (reviewer) => {
    for (let i = 0; i < reviewsEach; ++i) {
      const person = people[(reviewer.number + i * 7) % people.length], note = `reviewer ${reviewer.number} writes ${i}`
      conflicts += await review(reviewer, person, note)
      saved.get(person).push(note)
    }
  })).finally(() => { writing = false })
  let killed = 0
  for (; killed < kills && writing; ++killed) {
    await pause(300 + 150 * killed)
    await server.kill()
    const known = new Map(people.map((person) => [person, [...saved.get(person)]]))
    server = await serve(program, store, folder)
    for (const person of people.slice(0, 3)) {
      const there = (await notesOf(first, person)).map(({ note }) => note)
      for (const note of known.get(person)) assert.equal(there.filter((other) => other === note).length, 1, `${note}, after being killed`)
    }
  }
  await work
  assert.ok(killed >= 3, `the server was killed only ${killed} times`)
  assert.ok(conflicts > 0 && lost > 0, 'nobody came in anybody’s way: the test has shown nothing')

  // Each once, in the order of their numbers, and nothing else.
  let kept = 0
  for (const person of people) {
    const there = await notesOf(first, person)
    const notes = there.map(({ note }) => note).filter((note) => !note.startsWith('at once'))
    assert.deepEqual([...notes].sort(), [...saved.get(person)].sort())
    for (let i = 1; i < there.length; ++i) assert.ok(there[i - 1].number < there[i].number)
    kept += notes.length
  }
  assert.equal(kept, reviewers * reviewsEach)
  assert.equal(await server.stop(), 0)
  console.log(`${kept} reviews kept, each once: ${killed} times killed, ${lost} answers lost, ${conflicts} conflicts`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
