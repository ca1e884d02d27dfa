// The dashboard as a visitor with a browser sees it. Every visitor notes whatever a browser complains about, and every
// request to another host.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const from_web = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = from_web('playwright-core')
const axe_source = readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8')

export const address = process.env.OPTIMAT_ADDRESS
export const next_extract = process.env.OPTIMAT_NEXT_EXTRACT
export const desktop = { width: 1400, height: 900 }
export const phone = { width: 390, height: 800 }
export const roles = ['organisation-analyst', 'service-manager', 'clinician', 'data-manager', 'recovery-worker', 'peer-representative',
  'commissioner', 'administrator']
const longest_picture = 6000
const password = 'just to look around'

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync']
  })
}

const sessions = new Map()

export async function signIn(page, role) {
  await page.goto(`${address}/sign-in`)
  await page.fill('#sign_in_name', `${role}@demonstration`)
  await page.fill('#password', password)
  await page.click('form[action="/sign-in"] button[type=submit]')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** A visitor of a role, signed in when it has one. Roles share one session a test file: hashing a password takes long. */
export async function visit(browser, role, options = {}) {
  const { own_session = false, ...context_options } = options
  const context = await browser.newContext({ viewport: desktop, locale: 'en-GB', ...context_options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const problems = watch(context, page)
  if (role && !own_session && sessions.has(role)) await context.addCookies(sessions.get(role))
  else if (role) {
    await signIn(page, role)
    if (!own_session) sessions.set(role, await context.cookies())
  }
  return new Visit(context, page, problems)
}

function watch(context, page) {
  const problems = []
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== address) problems.push(`asked another host: ${url.origin}`)
  })
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`error in a script: ${error.message}`))
  return problems
}

class Visit {
  constructor(context, page, problems) {
    this.context = context
    this.page = page
    this.problems = problems
  }

  /** Opens a path; scripts have run and charts are drawn when a page has loaded. Gives the status. */
  async open(path) {
    const answer = await this.page.goto(address + path)
    return answer.status()
  }

  /** Of a long page its beginning. */
  async picture(name) {
    const [width, height] = await this.page.evaluate(() => [innerWidth, document.documentElement.scrollHeight])
    const clip = { x: 0, y: 0, width, height: Math.min(height, longest_picture) }
    await this.page.screenshot({ path: join(process.env.OPTIMAT_PICTURES, `${name}.png`), fullPage: true, clip })
  }

  /** What axe finds that keeps people out, one line a finding. */
  async barriers() {
    await this.page.evaluate(`${axe_source}; undefined`)
    const { violations } = await this.page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
    return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' ; ')}`)
  }

  /** Nothing was complained about; the browser's own line about a page that answers with an error does not count. */
  assertNoProblems(path = '', status = 200) {
    const own_line = `the server responded with a status of ${status} `
    const left = this.problems.filter((problem) => status < 400 || !problem.includes(own_line))
    assert.deepEqual(left, [], `${path}: the browser complained`)
  }

  close() {
    return this.context.close()
  }
}

/** The number that a link or cell shows: `1,234` is 1234. */
export function numberOf(text) {
  return Number(text.replaceAll(',', '').trim())
}
