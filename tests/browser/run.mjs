// Tests of the dashboard in a real browser: node run.mjs PROGRAM PICTURES_FOLDER TEST_FILE…
// Makes a store of an invented organisation, serves it, runs the test files with Node's own runner, and stops the
// server, which must end well. Ends with 0 when all of that did.

import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeExtract, makeStore, serve } from './program.mjs'

const [program, pictures, ...files] = process.argv.slice(2)
if (files.length === 0) {
  console.error('write after run.mjs: PROGRAM PICTURES_FOLDER TEST_FILE…')
  process.exit(2)
}

function testsEnd(environment) {
  return new Promise((end) => {
    const tests = spawn(process.execPath, ['--test', ...files.map((file) => resolve(file))],
      { stdio: 'inherit', env: { ...process.env, ...environment } })
    tests.on('exit', (code) => end(code ?? 1))
  })
}

mkdirSync(pictures, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'optimat-browser-'))
let failed = true
try {
  const extract = makeExtract(program, join(folder, 'extract'), ['--clients', '1500', '--services', '8', '--months', '26', '--seed', '3'])
  const next = makeExtract(program, join(folder, 'next'), ['--clients', '120', '--services', '3', '--months', '14', '--seed', '4',
    '--last-day', '2018-11-30', '--defects'])
  const store = makeStore(program, extract, join(folder, 'optimat.sqlite'))
  const server = await serve(program, store, folder)
  failed = (await testsEnd({ OPTIMAT_ADDRESS: server.address, OPTIMAT_PICTURES: resolve(pictures), OPTIMAT_NEXT_EXTRACT: next,
    OPTIMAT_PROGRAM: resolve(program), OPTIMAT_STORE: store })) !== 0
  const code = await server.stop()
  if (code !== 0) {
    console.error(`the server ended with ${code} when it was asked to stop`)
    failed = true
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
