// How reports write numbers and tables.

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const figure = (number, digits = 3) => !Number.isFinite(number) ? '–'
  : Number(number.toPrecision(digits)).toLocaleString('en-GB', { maximumFractionDigits: 3 });
export const whole = number => Math.round(number).toLocaleString('en-GB');
export const megabytes = bytes => `${figure(bytes / 1e6)} MB`;
export const per_second = (bytes, milliseconds) => `${figure(bytes / milliseconds / 1e6)} GB/s`;
export const times = number => `${figure(number)} ×`;
export const spread = numbers => `${figure(median(numbers))} (${figure(Math.min(...numbers))}–${figure(Math.max(...numbers))})`;
export const row = cells => `| ${cells.join(' | ')} |`;
export const table = (header, rows) => [row(header), row(header.map((_, i) => i ? '--:' : '---')), ...rows.map(row)].join('\n');

// Where it was measured, and how busy that was.
export const machine_text = machine => `Machine: ${machine.processor}, ${machine.cores} cores, ${figure(machine.memory_bytes / 2 ** 30)} GiB; ${machine.system}; Node ${machine.node}.
Load average before ${machine.load_before.toFixed(1)}, after ${machine.load_after.toFixed(1)} (above the thread count, others were at work and absolute times are high).`;
