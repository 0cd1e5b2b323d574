// Runs the SQL on standard input in DuckDB and prints the rows, values separated by spaces. JavaScript because DuckDB is in npm.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const reader = await connection.runAndReadAll(readFileSync(0, 'utf8'));
for (const row of reader.getRows()) console.log(row.map(String).join(' '));
connection.closeSync();
