// The peer of the measures: all cells of the grid of measures in DuckDB.
//
//   node measures.mjs EXTRACT_DIR MONTHS LAST_MONTH_END [CELLS_CSV]
//
// Loads the CSV files (load_ms, files to typed tables), runs states.sql and the scripts in measures/ (states_ms, measures_ms;
// tables to the table `cells`) and prints one JSON line with them, the number of cells and peak_bytes. CELLS_CSV, if
// given, receives the cells. THREADS and STEPS as for run.mjs. The extract must be valid: the peer checks nothing.
import fs from 'node:fs';
import path from 'node:path';
import { load_extract, quoted } from './database.mjs';

const [folder, months, last_month_end, cells_csv] = process.argv.slice(2);
if (!last_month_end) {
  console.error('usage: node measures.mjs EXTRACT_DIR MONTHS LAST_MONTH_END [CELLS_CSV]');
  process.exit(2);
}
const here = path.dirname(new URL(import.meta.url).pathname);

// The columns that the measures need.
const files = {
  clients: ['clients.csv', { client_id: 'VARCHAR' }],
  services: ['services.csv', { service_id: 'VARCHAR', prescribing_from: 'DATE', kind: 'VARCHAR' }],
  prescriptions: ['prescriptions.csv', {
    prescription_id: 'VARCHAR', client_id: 'VARCHAR', service_id: 'VARCHAR', medicine: 'VARCHAR',
    daily_dose_mg: 'DECIMAL(9,3)', daily_dose_ml: 'DECIMAL(9,3)', strength_mg_per_ml: 'DECIMAL(9,3)',
    start_date: 'DATE', end_date: 'DATE', regime: 'VARCHAR', target_dose_mg: 'DECIMAL(9,3)', target_date: 'DATE',
    plan_start: 'DATE', collection: 'VARCHAR', supervision: 'VARCHAR',
  }],
  episodes: ['episodes.csv', {
    episode_id: 'VARCHAR', client_id: 'VARCHAR', service_id: 'VARCHAR', referral_date: 'DATE',
    presentation_date: 'DATE', start_date: 'DATE', end_date: 'DATE', end_reason: 'VARCHAR', opiate_client: 'VARCHAR',
    on_mat_at_start: 'VARCHAR',
  }],
  events: ['events.csv', { client_id: 'VARCHAR', date: 'DATE', kind: 'VARCHAR' }],
  tops: ['tops.csv', {
    top_id: 'VARCHAR', client_id: 'VARCHAR', date: 'DATE', stage: 'VARCHAR', setting: 'VARCHAR',
    opiate_days: 'SMALLINT',
  }],
  screens: ['drug_screens.csv', {
    client_id: 'VARCHAR', date: 'DATE', illicit_opioid: 'VARCHAR', fentanyl_or_nitazene: 'VARCHAR', setting: 'VARCHAR',
  }],
};

// The bank holidays of one nation of definitions/bank_holidays.toml.
function bank_holidays(nation) {
  const toml = fs.readFileSync(path.join(here, '../../definitions/bank_holidays.toml'), 'utf8');
  const section = toml.split(/^\[/m).find(part => part.startsWith(`${nation}]`));
  return section.match(/^\d{4}-\d\d-\d\d/gm);
}

const started = performance.now();
const scripts = ['types.sql', 'measure_tables.sql'].map(name => path.join(here, name));
const database = await load_extract(folder, files, scripts, { months, last_month_end });
await database.run(`CREATE TABLE bank_holidays AS SELECT unnest([${
  bank_holidays('england_and_wales').map(quoted).join(', ')}])::DATE AS day`);
const loaded = performance.now();

await database.run_file(path.join(here, 'states.sql'));
const classified = performance.now();
for (const part of ['pieces', 'courses', 'doses', 'journeys', 'standing', 'harm', 'detoxification'])
  await database.run_file(path.join(here, 'measures', `${part}.sql`));
const measured = performance.now();

if (process.env.ADHOC) { const sql=(await import('node:fs')).readFileSync(process.env.ADHOC,'utf8').replace(/--.*$/gm,''); for (const q of sql.split(';')) if (q.trim()) { const t=performance.now(); try { const r=await database.rows(q); console.log(q.trim().slice(0,90).replace(/\n/g,' '), (performance.now()-t).toFixed(0)+'ms', JSON.stringify(r.slice(0,40),(k,v)=>typeof v==='bigint'?Number(v):v)); } catch(e) { console.log(q, e.message); process.exit(1);} } }
const peak_bytes = process.resourceUsage().maxRSS * 1024;
const [[cells, functions]] = await database.rows(
  'SELECT count(*)::INTEGER, count(DISTINCT function)::INTEGER FROM cells');
console.log(JSON.stringify({
  load_ms: Math.round(loaded - started), states_ms: Math.round(classified - loaded),
  measures_ms: Math.round(measured - classified), cells, functions, peak_bytes,
}));
if (cells_csv)
  await database.run(`COPY (SELECT function, month, service AS service_id, part, count, sum FROM cells ORDER BY ALL)
    TO ${quoted(cells_csv)} (HEADER, DELIMITER ',')`);
