// The peer of the speed measurements: the person-month states in DuckDB.
//
//   node run.mjs EXTRACT_DIR MONTHS LAST_MONTH_END [STATES_CSV]
//
// Loads the CSV files of a native extract (untouched by our code), runs states.sql and prints one JSON line:
// load_ms (files to typed tables), classify_ms (tables to every state in the table `states`), person_months and
// peak_bytes (most memory the process ever held, before STATES_CSV is written). STATES_CSV, if given, receives the
// states in the columns and order of `optimat states`. THREADS sets DuckDB's threads (default 2); STEPS=1 prints the
// time of every statement to standard error. The extract must be valid: the peer checks nothing.
import path from 'node:path';
import { load_extract, quoted } from './database.mjs';

const [folder, months, last_month_end, states_csv] = process.argv.slice(2);
if (!last_month_end) {
  console.error('usage: node run.mjs EXTRACT_DIR MONTHS LAST_MONTH_END [STATES_CSV]');
  process.exit(2);
}
const here = path.dirname(new URL(import.meta.url).pathname);

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

const started = performance.now();
const scripts = ['types.sql', 'tables.sql'].map(name => path.join(here, name));
const database = await load_extract(folder, files, scripts, { months, last_month_end });
const loaded = performance.now();

await database.run_file(process.env.SQL ?? path.join(here, 'states.sql'));
const classified = performance.now();

const peak_bytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({
  load_ms: Math.round(loaded - started), classify_ms: Math.round(classified - loaded),
  person_months: (await database.rows('SELECT count(*)::INTEGER FROM states'))[0][0], peak_bytes,
}));
if (states_csv) {
  await database.run(`COPY (SELECT * REPLACE (regexp_replace(dose_mg::VARCHAR, '[.]0$', '') AS dose_mg) FROM states
    ORDER BY as_at, client_id) TO ${quoted(states_csv)} (HEADER, DELIMITER ',')`);
}
