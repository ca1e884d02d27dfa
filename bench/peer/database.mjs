// Opens DuckDB in memory and loads the CSV files of a native extract into typed tables, untouched by our code.
import { DuckDBInstance } from '@duckdb/node-api';
import fs from 'node:fs';
import path from 'node:path';

export const quoted = text => `'${text.replaceAll("'", "''")}'`;

function header(file) {
  if (!fs.existsSync(file)) return [];
  const start = Buffer.alloc(65536);
  const descriptor = fs.openSync(file);
  const length = fs.readSync(descriptor, start);
  fs.closeSync(descriptor);
  return start.toString('utf8', 0, length).replace(/^\uFEFF/, '').split(/\r?\n/)[0].split(',');
}

// A view of one file; a column or a file that the extract lacks is not recorded (NULL).
function view_statement(folder, table, name, columns) {
  const file = path.join(folder, name);
  const present = header(file);
  const selected = Object.entries(columns)
    .map(([column, type]) => present.includes(column) ? column : `NULL::${type} AS ${column}`).join(', ');
  if (!present.length) return `CREATE TEMP VIEW read_${table} AS SELECT ${selected} WHERE false`;
  const types = present.map(column => `${quoted(column)}: ${quoted(columns[column] ?? 'VARCHAR')}`).join(', ');
  return `CREATE TEMP VIEW read_${table} AS SELECT ${selected} FROM read_csv(${quoted(file)}, header = true, ` +
    `auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${types}})`;
}

// Milliseconds of all processors since `busy`, which process.cpuUsage() gave.
export function processor_ms(busy) {
  const { user, system } = process.cpuUsage(busy);
  return (user + system) / 1000;
}

export class Database {
  // THREADS sets DuckDB's threads (default 2).
  static async open() {
    const database = new Database();
    database.connection = await (await DuckDBInstance.create(':memory:')).connect();
    await database.run(`SET threads = ${Number(process.env.THREADS ?? 2)}`);
    await database.run('SET preserve_insertion_order = false');
    return database;
  }

  // STEPS=1 prints the time of every statement to standard error: by the clock, and of the processors.
  async run(statement) {
    const [started, busy] = [performance.now(), process.cpuUsage()];
    await this.connection.run(statement);
    if (process.env.STEPS) {
      const first_line = statement.trim().split('\n')[0].slice(0, 90);
      const [wall, processor] = [performance.now() - started, processor_ms(busy)].map(ms => ms.toFixed(0).padStart(7));
      console.error(`${wall} ms ${processor} ms  ${first_line}`);
    }
  }

  async run_file(file) {
    const script = fs.readFileSync(file, 'utf8').replace(/--.*$/gm, '');
    for (const statement of script.split(';')) if (statement.trim()) await this.run(statement);
  }

  async rows(query) {
    return (await this.connection.runAndReadAll(query)).getRows();
  }
}

async function load_with_ids(folder, files, scripts, client_ids, service_ids) {
  const database = await Database.open();
  for (const [table, [file, columns]] of Object.entries(files))
    await database.run(view_statement(folder, table, file, columns));
  await database.run(`CREATE TEMP VIEW client_ids AS ${client_ids}`);
  await database.run(`CREATE TEMP VIEW service_ids AS ${service_ids}`);
  for (const script of scripts) await database.run_file(script);
  return database;
}

// A database with the tables that `scripts` make from views read_TABLE. `files` says what is read: by table the
// file and its columns with their types. Sets the variables covers_from, first_month and last_month of states.sql.
export async function load_extract(folder, files, scripts, { months, last_month_end }) {
  let database;
  try {
    database = await load_with_ids(folder, files, scripts, 'FROM read_clients', 'SELECT service_id FROM read_services');
  } catch (failure) {
    // A prescription may name a client or service that is not listed: only then are their ids taken from it.
    if (!/Could not convert string/.test(failure.message)) throw failure;
    database = await load_with_ids(folder, files, scripts, 'SELECT client_id FROM read_prescriptions',
      'SELECT service_id FROM read_prescriptions');
  }
  const toml = fs.readFileSync(path.join(folder, 'extract.toml'), 'utf8');
  const covers_from = toml.match(/^covers_from\s*=\s*"?(\d{4}-\d\d-\d\d)/m)[1];
  await database.run(`SET VARIABLE covers_from = DATE ${quoted(covers_from)}`);
  const [year, month] = last_month_end.split('-').map(Number);
  await database.run(`SET VARIABLE last_month = ${year * 12 + month - 1}`);
  await database.run(`SET VARIABLE first_month = ${year * 12 + month - Number(months)}`);
  return database;
}
