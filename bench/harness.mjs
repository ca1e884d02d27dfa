// What the harnesses of the measurements share: running programs, and what is said of the machine.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));

export class CannotRun extends Error {}

// Runs to the end; returns milliseconds and standard output. Standard output goes to the file `into` if given.
export function run(program, given, { into, env } = {}) {
  const output = into ? fs.openSync(into, 'w') : 'pipe';
  const started = performance.now();
  const ended = spawnSync(program, given, {
    stdio: ['ignore', output, 'pipe'], encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...env },
  });
  const milliseconds = performance.now() - started;
  if (into) fs.closeSync(output);
  if (ended.error || ended.status !== 0)
    throw new CannotRun(`${program} ${given[0] ?? ''} failed: ${ended.error?.message ?? ended.stderr.slice(-2000)}`);
  return { milliseconds, output: ended.stdout };
}

export function machine(job) {
  const git = spawnSync('git', ['-C', here, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  const duckdb = JSON.parse(fs.readFileSync(path.join(here, 'peer/node_modules/@duckdb/node-api/package.json'), 'utf8'));
  return {
    processor: os.cpus()[0].model, cores: os.cpus().length, memory_bytes: os.totalmem(), system: `${os.type()} ${os.release()}`,
    node: process.version, duckdb: duckdb.version, commit: git.status === 0 ? git.stdout.trim() : 'unknown',
    threads: job.threads, load_before: os.loadavg()[0],
  };
}

export function say(text) {
  console.error(`bench: ${text}`);
}

// Makes the extract if it is missing: `make` writes it to the folder that it is given.
export function make_extract(folder, make) {
  if (fs.existsSync(path.join(folder, 'extract.toml'))) return;
  const unfinished = `${folder}.unfinished`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  say(`making ${folder}`);
  make(unfinished);
  fs.renameSync(unfinished, folder);
}

// Writes results/NAME.md and shows it.
export function write_report(name, text) {
  const file = path.join(here, 'results', `${name}.md`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  console.log(text);
  say(`written to ${path.relative(process.cwd(), file)}`);
}

// Runs `measure`, which returns the differences that it found, and sets the exit code: 1 if there are any, 2 if
// something could not be run.
export function end_with(program, measure) {
  try {
    process.exitCode = measure().length === 0 ? 0 : 1;
  } catch (failure) {
    console.error(`${program}: ${failure instanceof CannotRun ? failure.message : failure.stack}`);
    process.exitCode = 2;
  }
}
