// The Markdown report of one measurement (the object that measure.mjs gathers).

import { figure, machine_text, median, megabytes, per_second, spread, table, times, whole } from './figures.mjs';

// Milliseconds of each timed thing, run by run.
function gather(found) {
  const all = (list, key) => list.map(one => one[key]);
  return {
    load: all(found.peer, 'load_ms'), peer_classify: all(found.peer, 'classify_ms'),
    peer_all: found.peer.map(one => one.load_ms + one.classify_ms),
    classify: all(found.classify, 'classify_ms'), pass: all(found.classify, 'pass_over_columns_ms'),
    end_to_end: all(found.end_to_end, 'end_to_end_ms'), read: all(found.end_to_end, 'read_files_ms'),
    import: all(found.import, 'milliseconds'), copy: found.copy,
  };
}

function result_rows(ms, person_months, csv_bytes) {
  const each = milliseconds => `${figure(milliseconds * 1e6 / person_months)} ns`;
  const line = (name, target, engine, beside, ratio) => [name, spread(engine), spread(beside), times(ratio), target];
  return {
    targets: [
      line('Classify: columns to states', 'at least 150 ×', ms.classify, ms.peer_classify,
        median(ms.peer_classify) / median(ms.classify)),
      line('End to end: folder to tracker cells', 'at least 20 ×', ms.end_to_end, ms.peer_all,
        median(ms.peer_all) / median(ms.end_to_end)),
      line('Import: folder to store', 'at most 3 ×', ms.import, ms.copy, median(ms.import) / median(ms.copy)),
    ],
    limits: [
      ['Classify', each(median(ms.classify)), per_second(csv_bytes, median(ms.classify)), 'a plain pass over the columns',
        spread(ms.pass), times(median(ms.classify) / median(ms.pass))],
      ['End to end', each(median(ms.end_to_end)), per_second(csv_bytes, median(ms.end_to_end)), 'a plain read of the files',
        spread(ms.read), times(median(ms.end_to_end) / median(ms.read))],
      ['Import', each(median(ms.import)), per_second(csv_bytes, median(ms.import)), 'copy and sync', spread(ms.copy),
        times(median(ms.import) / median(ms.copy))],
    ],
  };
}

function agreement({ rows, cells, differences }) {
  if (!differences.length) return `Engine and peer agree in all ${whole(cells)} cells of ${whole(rows)} rows.`;
  return `**Engine and peer differ** (first lines and columns):\n\n${differences.map(text => `- ${text}`).join('\n')}`;
}

export function report(found) {
  const { job, machine } = found;
  const ms = gather(found);
  const person_months = found.peer[0].person_months;
  const csv_bytes = found.end_to_end[0].csv_bytes;
  const engine_peak = Math.max(...found.end_to_end.map(one => one.peak_bytes));
  const peer_peak = Math.max(...found.peer.map(one => one.peak_bytes));
  const { targets, limits } = result_rows(ms, person_months, csv_bytes);
  return `# ${whole(Number(job.people))} people, ${job.months} months${job.shuffled ? ', rows in random order' : ''}

${megabytes(csv_bytes)} of CSV, ${whole(person_months)} person-months in MAT. Commit ${machine.commit}; ${machine.threads} threads each;
warm cache; median (lowest–highest) of ${job.runs} interleaved runs, in milliseconds. What each line means: [README](../README.md).

${agreement(found.comparison)}

${table(['', 'Optimat ms', 'beside it ms', 'ratio', 'target'], targets)}

Beside *classify* and *end to end* stands the peer (DuckDB ${machine.duckdb}: load ${spread(ms.load)}, classify ${spread(ms.peer_classify)});
beside *import* stands \`cp -r DIR X && sync\`.

${table(['', 'a person-month', 'of CSV', 'limit', 'limit ms', 'of the limit'], limits)}

${table(['Most memory held', 'bytes', 'of the CSV files'], [
    ['Optimat, end to end (target: below 2 ×)', megabytes(engine_peak), times(engine_peak / csv_bytes)],
    ['Peer', megabytes(peer_peak), times(peer_peak / csv_bytes)],
    ['Store after import, on disk', megabytes(found.import[0].bytes), times(found.import[0].bytes / csv_bytes)],
  ])}

${machine_text(machine)}
`;
}
