// Compares two files of states cell by cell, doses as numbers. Both are in the order of `optimat states`.
import fs from 'node:fs';

function* lines(file) {
  const descriptor = fs.openSync(file);
  const block = Buffer.alloc(1 << 20);
  let rest = '';
  for (let length; (length = fs.readSync(descriptor, block)) > 0;) {
    const parts = (rest + block.toString('latin1', 0, length)).split('\n');
    rest = parts.pop();
    yield* parts;
  }
  fs.closeSync(descriptor);
  if (rest) yield rest;
}

const same_number = (a, b) => a !== '' && b !== '' && Number(a) === Number(b);

// Names of the columns in which two rows differ; the rows' values stay where they are.
function differing_columns(header, engine, peer) {
  const [a, b] = [engine.split(','), peer.split(',')];
  if (a.length !== header.length || b.length !== header.length) return ['number of cells'];
  return header.filter((column, i) => a[i] !== b[i] && !(column === 'dose_mg' && same_number(a[i], b[i])));
}

// {rows, cells, differences: [text]}: at most ten differences, each with its line.
export function compare_states(engine_csv, peer_csv) {
  const [engine, peer] = [lines(engine_csv), lines(peer_csv)];
  const [engine_header, peer_header] = [engine.next().value, peer.next().value];
  if (engine_header !== peer_header) return { rows: 0, cells: 0, differences: ['the headers differ'] };
  const header = engine_header.split(',');
  const differences = [];
  let rows = 0;
  for (;;) {
    const [a, b] = [engine.next(), peer.next()];
    if (a.done && b.done) break;
    ++rows;
    if (a.done !== b.done) {
      differences.push(`line ${rows + 1}: the ${a.done ? 'engine' : 'peer'} has no more rows`);
      break;
    }
    if (a.value === b.value) continue;
    const columns = differing_columns(header, a.value, b.value);
    if (columns.length) differences.push(`line ${rows + 1}: ${columns.join(', ')}`);
    if (differences.length === 10) break;
  }
  return { rows, cells: rows * header.length, differences };
}
