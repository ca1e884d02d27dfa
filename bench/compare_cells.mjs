// Compares two files of cells of the grid of measures: function, month, service_id, part, count, sum; in any order.
import fs from 'node:fs';

const header = 'function,month,service_id,part,count,sum';

// {place: 'count,sum'}
function cells_of(file) {
  const [first, ...lines] = fs.readFileSync(file, 'latin1').trimEnd().split('\n');
  if (first !== header) throw new Error('a file of cells has another header');
  const cells = new Map();
  for (const line of lines) {
    const [name, month, service, part, count, sum] = line.split(',');
    const place = `${name},${month},${service},${part}`;
    if (cells.has(place)) throw new Error('a file of cells has a cell twice');
    cells.set(place, `${count},${sum}`);
  }
  return cells;
}

// {functions, cells, differences: [text]}: of each function that differs, in how many cells.
export function compare_cells(engine_csv, peer_csv) {
  const [engine, peer] = [cells_of(engine_csv), cells_of(peer_csv)];
  const [all, differing] = [new Map(), new Map()];
  for (const place of new Set([...engine.keys(), ...peer.keys()])) {
    const name = place.slice(0, place.indexOf(','));
    all.set(name, (all.get(name) ?? 0) + 1);
    if (engine.get(place) !== peer.get(place)) differing.set(name, (differing.get(name) ?? 0) + 1);
  }
  return {
    functions: all.size, cells: engine.size,
    differences: [...differing].map(([name, number]) => `${name}: ${number} of ${all.get(name)} cells`),
  };
}
