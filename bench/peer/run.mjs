// The peer of the speed measurements: the person-month states in DuckDB.
//
//   node run.mjs EXTRACT_DIR MONTHS LAST_MONTH_END [STATES_CSV]
//
// Loads the CSV files of a native extract (untouched by our code), runs states.sql and prints one JSON line:
// load_ms (files to typed tables), classify_ms (tables to every state in the table `states`), person_months and
// peak_bytes (most memory the process ever held, before STATES_CSV is written). STATES_CSV, if given, receives the
// states in the columns and order of `optimat states`. THREADS sets DuckDB's threads (default 2); STEPS=1 prints the
// time of every statement to standard error. The extract must be valid: the peer checks nothing.
import { DuckDBInstance } from '@duckdb/node-api';
import fs from 'node:fs';
import path from 'node:path';

const [folder, months, last_month_end, states_csv] = process.argv.slice(2);
if (!last_month_end) {
  console.error('usage: node run.mjs EXTRACT_DIR MONTHS LAST_MONTH_END [STATES_CSV]');
  process.exit(2);
}
const here = path.dirname(new URL(import.meta.url).pathname);
const quoted = text => `'${text.replaceAll("'", "''")}'`;

// The columns that the states need: name in the file, its type, and what is stored (the column itself by default).
const files = {
  clients: ['clients.csv', { client_id: 'VARCHAR' }],
  services: ['services.csv', { service_id: 'VARCHAR', prescribing_from: 'DATE' }],
  prescriptions: ['prescriptions.csv', {
    prescription_id: 'VARCHAR', client_id: 'VARCHAR', service_id: 'VARCHAR', medicine: 'VARCHAR',
    daily_dose_mg: 'DECIMAL(9,3)', daily_dose_ml: 'DECIMAL(9,3)', strength_mg_per_ml: 'DECIMAL(9,3)',
    start_date: 'DATE', end_date: 'DATE', regime: 'VARCHAR', target_dose_mg: 'DECIMAL(9,3)', target_date: 'DATE',
    plan_start: 'DATE',
  }],
  episodes: ['episodes.csv', {
    client_id: 'VARCHAR', service_id: 'VARCHAR', start_date: 'DATE', end_date: 'DATE', end_reason: 'VARCHAR',
    on_mat_at_start: 'VARCHAR',
  }],
  events: ['events.csv', { client_id: 'VARCHAR', date: 'DATE', kind: 'VARCHAR' }],
  tops: ['tops.csv', {
    client_id: 'VARCHAR', date: 'DATE', stage: 'VARCHAR', setting: 'VARCHAR', opiate_days: 'SMALLINT',
  }],
  screens: ['drug_screens.csv', {
    client_id: 'VARCHAR', date: 'DATE', illicit_opioid: 'VARCHAR', fentanyl_or_nitazene: 'VARCHAR', setting: 'VARCHAR',
  }],
};

function header(file) {
  if (!fs.existsSync(file)) return [];
  const start = Buffer.alloc(65536);
  const descriptor = fs.openSync(file);
  const length = fs.readSync(descriptor, start);
  fs.closeSync(descriptor);
  return start.toString('utf8', 0, length).replace(/^\uFEFF/, '').split(/\r?\n/)[0].split(',');
}

// A view of one file; a column or a file that the extract lacks is not recorded (NULL).
function view_statement(table, name, columns) {
  const file = path.join(folder, name);
  const present = header(file);
  const selected = Object.entries(columns)
    .map(([column, type]) => present.includes(column) ? column : `NULL::${type} AS ${column}`).join(', ');
  if (!present.length) return `CREATE TEMP VIEW read_${table} AS SELECT ${selected} WHERE false`;
  const types = present.map(column => `${quoted(column)}: ${quoted(columns[column] ?? 'VARCHAR')}`).join(', ');
  return `CREATE TEMP VIEW read_${table} AS SELECT ${selected} FROM read_csv(${quoted(file)}, header = true, ` +
    `auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${types}})`;
}

let connection;
async function run(statement) {
  const started = performance.now();
  await connection.run(statement);
  if (process.env.STEPS) {
    const first_line = statement.trim().split('\n')[0].slice(0, 90);
    console.error(`${(performance.now() - started).toFixed(0).padStart(7)} ms  ${first_line}`);
  }
}
async function run_file(file) {
  const script = fs.readFileSync(file, 'utf8').replace(/--.*$/gm, '');
  for (const statement of script.split(';')) if (statement.trim()) await run(statement);
}

async function open_and_load(client_ids, service_ids) {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await run(`SET threads = ${Number(process.env.THREADS ?? 2)}`);
  await run('SET preserve_insertion_order = false');
  for (const [table, [file, columns]] of Object.entries(files)) await run(view_statement(table, file, columns));
  await run(`CREATE TEMP VIEW client_ids AS ${client_ids}`);
  await run(`CREATE TEMP VIEW service_ids AS ${service_ids}`);
  await run_file(path.join(here, 'tables.sql'));
}

const started = performance.now();
try {
  await open_and_load('FROM read_clients', 'SELECT service_id FROM read_services');
} catch (failure) {
  // A prescription may name a client or service that is not listed: only then are their ids taken from it.
  if (!/Could not convert string/.test(failure.message)) throw failure;
  await open_and_load('SELECT client_id FROM read_prescriptions', 'SELECT service_id FROM read_prescriptions');
}
const toml = fs.readFileSync(path.join(folder, 'extract.toml'), 'utf8');
const covers_from = toml.match(/^covers_from\s*=\s*"?(\d{4}-\d\d-\d\d)/m)[1];
await run(`SET VARIABLE covers_from = DATE ${quoted(covers_from)}`);
const [year, month] = last_month_end.split('-').map(Number);
await run(`SET VARIABLE last_month = ${year * 12 + month - 1}`);
await run(`SET VARIABLE first_month = ${year * 12 + month - Number(months)}`);
const loaded = performance.now();

await run_file(process.env.SQL ?? path.join(here, 'states.sql'));
const classified = performance.now();

const peak_bytes = process.resourceUsage().maxRSS * 1024;
const reader = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM states');
console.log(JSON.stringify({
  load_ms: Math.round(loaded - started), classify_ms: Math.round(classified - loaded),
  person_months: reader.getRows()[0][0], peak_bytes,
}));
if (states_csv) {
  await run(`COPY (SELECT * REPLACE (regexp_replace(dose_mg::VARCHAR, '[.]0$', '') AS dose_mg) FROM states
    ORDER BY as_at, client_id) TO ${quoted(states_csv)} (HEADER, DELIMITER ',')`);
}
