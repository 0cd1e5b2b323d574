// make bench: builds what is measured, runs every measurement in one go, prints one table and writes bench/results.json,
// bench/results.md and the plots of docs/performance.md. ONLY=start,slider in the environment runs a part and writes nothing.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { cache, figures, serve, throttle, top, withBrowser, withPage } from './lib.mjs';
import { lineup, memory, scrolling, slider } from './live.mjs';
import { markdown, plots, table } from './report.mjs';
import { bytes, control, firstLook, lighthouse, rivalBytes, sites } from './start.mjs';

const runs = Number(process.env.RUNS || 20);
const slow = 4; // Chromium's processor throttle for a weak device
const go = (args, env = {}) => execFileSync('go', args, { cwd: top, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const wasm = { GOOS: 'js', GOARCH: 'wasm' };

async function prepare() {
  await mkdir(join(cache, 'hello/web'), { recursive: true });
  go(['run', './bench/records', '-out', cache]);
  go(['run', './bench/hello', '-out', join(cache, 'hello')]);
  go(['build', '-trimpath', '-ldflags=-s -w', '-o', join(cache, 'hello/web/app.wasm'), './bench/hello'], wasm);
  go(['build', '-trimpath', '-ldflags=-s -w', '-o', join(cache, 'engine.wasm'), './bench/engine'], wasm);
  await copyFile(join(go(['env', 'GOROOT']).trim(), 'lib/wasm/wasm_exec.js'), join(cache, 'wasm_exec.js'));
  await copyFile(join(top, 'data/dataset.msgpack'), join(cache, 'dataset.msgpack'));
}

/** inEngine calls one of the functions of engine-page.mjs in a page of its own. */
async function inEngine(browser, name, args = [], slowdown = 1) {
  const site = await serve(top);
  try {
    return await withPage(browser, {}, async (page) => {
      page.setDefaultTimeout(300_000);
      page.on('pageerror', (error) => { throw error; });
      await page.goto(`${site.origin}/bench/engine.html`);
      await page.waitForFunction(() => window.bench);
      await throttle(page, slowdown);
      return page.evaluate(([f, a]) => window.bench[f](...a), [name, args]);
    });
  } finally {
    site.stop();
  }
}

const each = (times) => Object.fromEntries(Object.entries(times).map(([name, values]) => [name, figures(values)]));

const measurements = {
  bytes: async () => ({ ours: await bytes(), rivals: await rivalBytes() }),
  look: async (browser, { ours, plain }) => ({ ours: await firstLook(browser, ours, runs), plain: await firstLook(browser, plain, runs) }),
  control: async (browser, { ours, hello }) => ({ ours: await control(browser, ours, 'ours', runs), hello: await control(browser, hello, 'hello', runs) }),
  controlSlow: async (browser, { ours, hello }) => ({ ours: await control(browser, ours, 'ours', 5, slow), hello: await control(browser, hello, 'hello', 5, slow) }),
  slider: async (browser, { ours }) => ({ ours: await slider(browser, ours, 100), lineup: await lineup(browser, 100) }),
  sliderSlow: async (browser, { ours }) => ({ ours: await slider(browser, ours, 60, slow), lineup: await lineup(browser, 60, slow) }),
  scrolling: (browser, { ours }) => scrolling(browser, ours, 200),
  memory: (browser, { ours }) => memory(browser, ours, 1000),
  lens: async (browser) => each(await inEngine(browser, 'lens')),
  lensSlow: async (browser) => each(await inEngine(browser, 'lens', [], slow)),
  open: async (browser) => each(await inEngine(browser, 'open')),
  draws: async (browser) => {
    const { all, same } = await inEngine(browser, 'draws');
    return { all: each(all), same: each(same) };
  },
  drawsSlow: async (browser) => each((await inEngine(browser, 'draws', [], slow)).all),
  filter: async (browser) => ({
    5000: each(await inEngine(browser, 'filterRows', [5000])),
    100000: each(await inEngine(browser, 'filterRows', [100_000])),
    1000000: each(await inEngine(browser, 'filterRows', [1_000_000])),
  }),
  growth: async (browser) => ({ 100: each(await inEngine(browser, 'growth', [100])), 700: each(await inEngine(browser, 'growth', [700])), 5000: each(await inEngine(browser, 'growth', [5000])) }),
  lighthouse: async (_, { ours, hello }) => ({ ours: await lighthouse(ours, 3), hello: await lighthouse(hello, 3) }),
};

const only = process.env.ONLY?.split(',');
for (const name of only || []) if (!measurements[name]) throw new Error(`ONLY names ${name}; known are ${Object.keys(measurements).join(', ')}`);

await prepare();
const open = await sites();
const results = {};
let version;
const start = Date.now();
for (const [name, measure] of Object.entries(measurements)) {
  if (only && !only.includes(name)) continue;
  process.stderr.write(`${name} … `);
  const from = Date.now();
  results[name] = await withBrowser((browser) => { version = browser.version(); return measure(browser, open); });
  process.stderr.write(`${((Date.now() - from) / 1000).toFixed(0)} s\n`);
}
for (const site of Object.values(open)) site.stop();

if (only) {
  console.log(JSON.stringify(results, (_, v) => (typeof v === 'number' ? Math.round(v * 1000) / 1000 : v), 1));
  process.exit();
}
const packages = JSON.parse(await readFile(join(top, 'bench/package.json'), 'utf8')).dependencies;
const about = {
  date: new Date().toISOString().slice(0, 10), commit: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: top, encoding: 'utf8' }).trim(),
  processor: cpus()[0].model, cores: cpus().length, memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  runs, go: go(['env', 'GOVERSION']).trim(), node: process.version, chromium: version, packages, minutes: (Date.now() - start) / 60_000,
};
console.log(table(results));
await writeFile(join(top, 'bench/results.json'), `${JSON.stringify({ about, results }, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(5)) : v), 1)}\n`);
await writeFile(join(top, 'bench/results.md'), markdown(about, results));
for (const [name, svg] of Object.entries(plots(results))) await writeFile(join(top, 'docs', name), svg);
