// A server that is killed while an extract comes in, or while it is imported, has imported nothing; the next one says so, and
// has cleaned up: node killed_test.mjs PROGRAM

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeExtract, makeStore, serve } from '../browser/program.mjs'

const program = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'optimat-killed-'))
const uploads = join(folder, 'uploads')
const boundary = 'the-boundary'
const pause = (milliseconds) => new Promise((end) => setTimeout(end, milliseconds))

/** A visitor without a browser: keeps cookies, finds the token of the page's form. */
class Caller {
  constructor(address) {
    this.address = address
    this.cookies = new Map()
  }
  headers() {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }
  async ask(path, options = {}) {
    const answer = await fetch(this.address + path, { redirect: 'manual', ...options, headers: { ...this.headers(), ...options.headers } })
    for (const cookie of answer.headers.getSetCookie?.() ?? [answer.headers.get('set-cookie')].filter(Boolean)) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/)
      this.cookies.set(name, value)
    }
    return answer
  }
  async token(path) {
    return (await (await this.ask(path)).text()).match(/name="csrf_token" value="([^"]+)"/)[1]
  }
  async send(path, page, fields = {}) {
    const body = new URLSearchParams({ csrf_token: await this.token(page), ...fields })
    return this.ask(path, { method: 'POST', body })
  }
  async signIn() {
    const answer = await this.send('/sign-in', '/sign-in', { sign_in_name: 'data-manager@demonstration', password: 'just to look around' })
    assert.equal(answer.status, 303)
    return this
  }
}

const part = (name, file, content) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n\r\n${content}\r\n`

/** Begins an upload of the extract; `whole` sends all of it and gives the page it leads to. */
function upload(caller, token, extract, whole) {
  const { port } = new URL(caller.address)
  const files = readdirSync(extract).filter((name) => name !== 'defects.csv')
  const body = part('csrf_token', '', token) + files.map((name) => part('files', name, readFileSync(join(extract, name), 'utf8'))).join('')
  return new Promise((end, fail) => {
    const asked = request({ port, path: '/data/uploads', method: 'POST', headers: { ...caller.headers(), 'content-type': `multipart/form-data; boundary=${boundary}` } },
      (answer) => { answer.resume(); end(answer.headers.location) })
    asked.on('error', whole ? fail : () => end(undefined))
    if (whole) asked.end(`${body}--${boundary}--\r\n`)
    else asked.write(body.slice(0, body.length / 2))
  })
}

const snapshots = (store) => JSON.parse(execFileSync(program, ['snapshots', '--store', store, '--format', 'json'], { encoding: 'utf8' }))
const leftovers = () => readdirSync(uploads, { recursive: true }).filter((name) => /\.(csv|toml)$/.test(name))

try {
  const extract = makeExtract(program, join(folder, 'extract'), ['--clients', '3000', '--services', '4', '--months', '30', '--seed', '5'])
  const first = makeExtract(program, join(folder, 'first'), ['--clients', '100', '--services', '2', '--months', '6'])
  const store = makeStore(program, first, join(folder, 'optimat.sqlite'))
  const before = JSON.stringify(snapshots(store))

  // While it comes in.
  let server = await serve(program, store, folder, ['--uploads', uploads])
  let caller = await new Caller(server.address).signIn()
  const coming = upload(caller, await caller.token('/data'), extract, false)
  await pause(500)
  assert.equal((await caller.ask('/tracker')).status, 200, 'others are served meanwhile')
  await server.kill()
  await coming
  assert.equal(JSON.stringify(snapshots(store)), before)

  // While it is imported, at several moments.
  for (const moment of [0, 30, 90, 200]) {
    server = await serve(program, store, folder, ['--uploads', uploads])
    caller = await new Caller(server.address).signIn()
    const page = await upload(caller, await caller.token('/data'), extract, true)
    for (let i = 0; i < 400 && !/Check report/.test(await (await caller.ask(page)).text()); ++i) await pause(50)
    await caller.send(`${page}/import`, page)
    await pause(moment)
    await server.kill()
    const now = snapshots(store)
    // Whole or not at all: whatever stands in the list can be read to its last row.
    for (const { id } of now.snapshots ?? now) execFileSync(program, ['states', id, '--store', store, '--as-at', '2018-10-31', '--quiet'], { maxBuffer: 1 << 28 })
  }

  // The next server is in order and has cleaned up what nobody works on.
  server = await serve(program, store, folder, ['--uploads', uploads])
  caller = await new Caller(server.address).signIn()
  assert.equal((await caller.ask('/tracker')).status, 200)
  assert.match(await (await caller.ask('/data')).text(), /failed|stopped|again/i)
  assert.deepEqual(leftovers(), [])
  assert.equal(await server.stop(), 0)
  console.log('nothing was half imported')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
