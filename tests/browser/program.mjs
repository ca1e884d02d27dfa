// The program as people start it: an extract, a store, a server.

import { execFileSync, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export function makeExtract(program, folder, options) {
  execFileSync(program, ['synth', ...options, '--output', folder, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] })
  return folder
}

export function makeStore(program, extract, store) {
  execFileSync(program, ['import', extract, '--store', store, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] })
  return store
}

/** A server with demonstration accounts on a free port. `stop` asks it to end, and gives its exit code; `kill` lets it do nothing more. */
export async function serve(program, store, folder, options = []) {
  const log = openSync(join(folder, 'serve.log'), 'w')
  const child = spawn(program, ['serve', '--store', store, '--demonstration', '--port', '0', ...options], { stdio: ['ignore', 'pipe', log] })
  process.on('exit', () => child.kill('SIGKILL'))
  const ended = new Promise((end) => child.on('exit', (code, signal) => end(code ?? signal)))
  const address = new Promise((found, lost) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const named = line.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (named) found(named[0])
    })
    ended.then((code) => lost(new Error(`the server ended with ${code} before it listened`)))
  })
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  const kill = () => {
    child.kill('SIGKILL')
    return ended
  }
  return { address: await address, stop, kill }
}
