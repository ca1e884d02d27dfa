// The harness of bench/run: runs peer and engine in turn, compares their states and writes the report.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compare_states } from './compare_states.mjs';
import { CannotRun, end_with, here, machine, make_extract, run, say, write_report } from './harness.mjs';
import { report } from './report.mjs';

function read_arguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      people: { type: 'string', default: '27000' }, months: { type: 'string', default: '60' },
      last: { type: 'string', default: '2018-10-31' }, shuffled: { type: 'boolean', default: false },
      threads: { type: 'string', default: '2' }, runs: { type: 'string', default: '5' }, name: { type: 'string' },
    },
  });
  if (positionals.length !== 2) throw new CannotRun('two arguments are needed: PROGRAM WORK_DIR');
  const [program, work] = positionals.map(argument => path.resolve(argument));
  const size = `${values.people}x${values.months}${values.shuffled ? '-shuffled' : ''}`;
  return {
    ...values, program, work, name: values.name ?? size, extract: path.join(work, `extract-${size}`),
    beside: tool => path.join(path.dirname(program), tool),
  };
}

const run_peer = (job, states_csv) =>
  JSON.parse(run(process.execPath, [path.join(here, 'peer', 'run.mjs'), job.extract, job.months, job.last,
    ...(states_csv ? [states_csv] : [])], { env: { THREADS: job.threads } }).output);

const run_engine = (job, part) =>
  JSON.parse(run(job.beside('optimat_bench'), [job.extract, '--threads', job.threads, '--months', job.months,
    '--last', job.last, '--only', part]).output);

// Everything about one job is written under WORK_DIR and removed before the next is timed.
function timed_copy(job) {
  const copy = path.join(job.work, 'copy');
  const { milliseconds } = run('/bin/sh', ['-c', 'cp -r "$1" "$2" && sync', 'sh', job.extract, copy]);
  fs.rmSync(copy, { recursive: true });
  run('sync', []);
  return milliseconds;
}

function timed_import(job) {
  const store = path.join(job.work, 'store.sqlite');
  const remove = () => ['', '-wal', '-shm', '-journal'].forEach(end => fs.rmSync(store + end, { force: true }));
  remove();
  const { milliseconds } = run(job.program, ['import', job.extract, '--store', store]);
  const bytes = fs.statSync(store).size;
  remove();
  run('sync', []);
  return { milliseconds, bytes };
}

// The last days of the months asked for, oldest first.
function month_ends(job) {
  const [year, month] = job.last.split('-').map(Number);
  return Array.from({ length: Number(job.months) }, (_, i) =>
    new Date(Date.UTC(year, month - Number(job.months) + 1 + i, 0)).toISOString().slice(0, 10));
}

function compare_with_engine(job, peer_csv) {
  const engine_csv = path.join(job.work, 'engine-states.csv');
  const dates = month_ends(job).flatMap(day => ['--as-at', day]);
  run(job.program, ['states', job.extract, ...dates, '--format', 'csv'], { into: engine_csv });
  const comparison = compare_states(engine_csv, peer_csv);
  if (comparison.differences.length === 0) [engine_csv, peer_csv].forEach(file => fs.rmSync(file));
  return comparison;
}

function measure(job) {
  fs.mkdirSync(job.work, { recursive: true });
  make_extract(job.extract, folder => run(job.beside('optimat_bench_extract'),
    [job.people, job.months, folder, ...(job.shuffled ? ['--shuffled'] : [])]));
  const found = {
    job, machine: machine(job), peer: [], classify: [], end_to_end: [], copy: [], import: [],
  };
  const peer_csv = path.join(job.work, 'peer-states.csv');
  say('comparing every cell (not timed; warms the cache)');
  run_peer(job, peer_csv);
  found.comparison = compare_with_engine(job, peer_csv);
  for (let i = 1; i <= Number(job.runs); ++i) {
    say(`run ${i} of ${job.runs}: peer, classify, end to end`);
    found.peer.push(run_peer(job));
    found.classify.push(run_engine(job, 'classify'));
    found.end_to_end.push(run_engine(job, 'end_to_end'));
  }
  for (let i = 1; i <= Number(job.runs); ++i) {
    say(`run ${i} of ${job.runs}: copy, import`);
    found.copy.push(timed_copy(job));
    found.import.push(timed_import(job));
  }
  found.machine.load_after = os.loadavg()[0];
  return found;
}

end_with('bench/run', () => {
  const job = read_arguments();
  const found = measure(job);
  write_report(job.name, report(found));
  return found.comparison.differences;
});
