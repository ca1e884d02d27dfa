// The harness of bench/run --measures: runs peer and engine in turn, compares all cells and writes the report.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compare_cells } from './compare_cells.mjs';
import { grid_report } from './grid_report.mjs';
import { CannotRun, end_with, here, machine, make_extract, run, say, write_report } from './harness.mjs';

function read_arguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      people: { type: 'string', default: '27080' }, services: { type: 'string', default: '60' },
      months: { type: 'string', default: '36' }, last: { type: 'string', default: '2018-10-31' },
      threads: { type: 'string', default: '2' }, runs: { type: 'string', default: '5' },
      name: { type: 'string', default: 'measures' },
    },
  });
  if (positionals.length !== 2) throw new CannotRun('two arguments are needed: PROGRAM WORK_DIR');
  const [program, work] = positionals.map(argument => path.resolve(argument));
  const extract = path.join(work, `organisation-${values.people}x${values.months}`);
  return { ...values, program, work, extract, bench: path.join(path.dirname(program), 'optimat_bench') };
}

const run_peer = (job, cells_csv) =>
  JSON.parse(run(process.execPath, [path.join(here, 'peer', 'measures.mjs'), job.extract, job.months, job.last,
    ...(cells_csv ? [cells_csv] : [])], { env: { THREADS: job.threads } }).output);

const run_engine = (job, cells_csv) =>
  JSON.parse(run(job.bench, [job.extract, '--threads', job.threads, '--months', job.months, '--last', job.last,
    '--only', 'measures', ...(cells_csv ? ['--cells', cells_csv] : [])]).output);

function compare(job) {
  const [engine_csv, peer_csv] = ['engine', 'peer'].map(whose => path.join(job.work, `${whose}-cells.csv`));
  run_engine(job, engine_csv);
  run_peer(job, peer_csv);
  const comparison = compare_cells(engine_csv, peer_csv);
  if (comparison.differences.length === 0) [engine_csv, peer_csv].forEach(file => fs.rmSync(file));
  return comparison;
}

function measure(job) {
  fs.mkdirSync(job.work, { recursive: true });
  make_extract(job.extract, folder => run(job.program, ['synth', '-o', folder, '--clients', job.people,
    '--services', job.services, '--months', job.months, '--last-day', job.last]));
  const found = { job, machine: machine(job), peer: [], engine: [] };
  say('comparing every cell (not timed; warms the cache)');
  found.comparison = compare(job);
  for (let i = 1; i <= Number(job.runs); ++i) {
    say(`run ${i} of ${job.runs}: peer, engine`);
    found.peer.push(run_peer(job));
    found.engine.push(run_engine(job));
  }
  found.machine.load_after = os.loadavg()[0];
  return found;
}

end_with('bench/run', () => {
  const job = read_arguments();
  const found = measure(job);
  write_report(job.name, grid_report(found));
  return found.comparison.differences;
});
