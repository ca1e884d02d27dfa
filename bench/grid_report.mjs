// The Markdown report of the grid of measures (the object that measure_grid.mjs gathers).
import { machine_text, median, megabytes, spread, table, times, whole } from './figures.mjs';

function agreement({ functions, cells, differences }) {
  if (!differences.length) return `Engine and peer agree in all ${whole(cells)} cells that are not empty, of ${functions} functions.`;
  return `**Engine and peer differ**, in the other functions they agree (${whole(cells)} cells, ${functions} functions):\n\n` +
    differences.map(text => `- ${text}`).join('\n');
}

export function grid_report(found) {
  const { job, machine } = found;
  const engine = key => found.engine.map(one => one[key]);
  const peer = key => found.peer.map(one => one[key]);
  const peer_all = found.peer.map(one => one.states_ms + one.measures_ms);
  const { functions, dates, services, clients, csv_bytes } = found.engine[0];
  const ratio = (beside, own) => times(median(beside) / median(own));
  const line = (name, threads, wall, processor, note) => [name, threads, spread(wall), spread(processor), note];
  const threads = engine('measures_threads_ms');
  return `# All measures, ${whole(Number(job.people))} people in MAT, ${dates} months

${functions} functions × ${dates} months × ${services} services in one pass; the synthetic organisation, ${whole(clients)} clients in all, ${megabytes(csv_bytes)} of
CSV. Commit ${machine.commit}; warm cache; median (lowest–highest) of ${job.runs} interleaved runs, in milliseconds. What each line means:
[README](../README.md).

${agreement(found.comparison)}

${table(['Tables in memory to all cells', 'threads', 'ms', 'processor ms', 'target'], [
    line('Optimat', machine.threads, threads, engine('measures_threads_processor_ms'), 'below 1,000 ms on two cores'),
    line('Optimat', 1, engine('measures_one_ms'), engine('measures_one_processor_ms'), ''),
    line(`DuckDB ${machine.duckdb}`, machine.threads, peer_all, peer('processor_ms'), ''),
    ['DuckDB ÷ Optimat', machine.threads, ratio(peer_all, threads),
      ratio(peer('processor_ms'), engine('measures_threads_processor_ms')), ''],
  ])}

Of DuckDB's time ${spread(peer('states_ms'))} went into the states that the measures start from. Processor time is that of all threads:
what the work costs, however busy the machine is.

${table(['Apart', 'Optimat', 'DuckDB'], [
    ['Reading the CSV files, ms', `${spread(engine('intake_ms'))}, every row validated`, `${spread(peer('load_ms'))}, no validation`],
    ['Most memory held', megabytes(Math.max(...engine('peak_bytes'))), megabytes(Math.max(...peer('peak_bytes')))],
  ])}

${machine_text(machine)}
`;
}
