// What the engine computes outside the browser, to hold the page to.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { top } from './server.mjs';

const run = promisify(execFile);

/** native ranks a link's query: one object a city, in order of rank, by the names of the command's columns; every value is text. */
export async function native(query) {
  const { stdout } = await run('go', ['run', './app/rank', query], { cwd: top });
  const [header, ...rows] = stdout.trim().split('\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header.map((name, k) => [name, row[k]])));
}
