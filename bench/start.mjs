// Starting up: first look, when a control acts, Lighthouse, bytes.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { cache, chromiumPath, figures, lighthouseFlags, quantile, repeat, serve, throttle, top, withPage } from './lib.mjs';

const run = promisify(execFile);

/** sites serves ours, the page without its program, and go-app's hello. */
export async function sites() {
  const home = await readFile(join(top, 'dist/index.html'), 'utf8');
  const plain = home.replace(/<script[^>]*><\/script>/g, '').replace(/<link rel="(manifest|preload|modulepreload)"[^>]*>/g, '');
  return {
    ours: await serve(join(top, 'dist')),
    plain: await serve(join(top, 'dist'), { pages: { '/': plain } }),
    hello: await serve(join(cache, 'hello')),
  };
}

/** firstLook is when the largest part of the page was painted, in ms, cold. */
export function firstLook(browser, site, runs) {
  return repeat(runs, () => withPage(browser, {}, async (page) => {
    await page.goto(site.origin, { waitUntil: 'load' });
    return page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
    }));
  })).then(figures);
}

// acts moves our first slider, or presses hello's button, as soon as that can do something, and notes when the page showed it.
const acts = {
  ours: () => {
    // The visitor is there from the first paint on.
    addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => dispatchEvent(new Event('pointermove'))));
    new MutationObserver((_, observer) => {
      if (!document.documentElement?.classList.contains('wasm-ready')) return;
      observer.disconnect();
      const score = document.querySelector('#rows td.score'), slider = document.querySelector('.slider input[type=range]');
      new MutationObserver(() => { window.acted ??= performance.now(); }).observe(document.getElementById('rows'), { subtree: true, childList: true, characterData: true, attributes: true });
      slider.value = Number(slider.value) + 20;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      if (!score) window.acted = NaN;
    }).observe(document, { subtree: true, attributes: true, childList: true });
  },
  hello: () => {
    new MutationObserver((_, observer) => {
      const button = document.getElementById('hello');
      if (!button) return;
      if (button.textContent === '1') { observer.disconnect(); window.acted = performance.now(); } else button.click();
    }).observe(document, { subtree: true, childList: true, characterData: true });
  },
};

/** control is when a control acts, in ms: cold with nothing kept, warm on the second visit after some seconds. */
export async function control(browser, site, which, runs, slowdown = 1) {
  const both = await repeat(runs, () => withPage(browser, { slowdown }, async (page, context) => {
    const visit = async (p) => {
      await p.addInitScript(acts[which]);
      await p.goto(site.origin, { waitUntil: 'load' });
      await p.waitForFunction(() => window.acted, null, { timeout: 60_000 });
      return p.evaluate(() => window.acted);
    };
    const cold = await visit(page);
    await page.waitForTimeout(1500); // the worker installs, the browser keeps what it compiled
    const second = await context.newPage();
    await throttle(second, slowdown);
    return { cold, warm: await visit(second) };
  }));
  return { cold: figures(both.map((v) => v.cold)), warm: figures(both.map((v) => v.warm)) };
}

/** lighthouse runs its mobile profile and returns medians. */
export async function lighthouse(site, runs) {
  const all = await repeat(runs, async () => {
    const { stdout } = await run(process.execPath, [join(top, 'bench/node_modules/lighthouse/cli/index.js'), `${site.origin}/`,
      '--quiet', '--output=json', '--only-categories=performance', `--chrome-flags=${lighthouseFlags}`],
    { env: { ...process.env, CHROME_PATH: chromiumPath }, maxBuffer: 1 << 28 });
    const report = JSON.parse(stdout);
    return { score: report.categories.performance.score * 100, tbt: report.audits['total-blocking-time'].numericValue };
  });
  return { score: quantile(all.map((r) => r.score), 0.5), tbt: quantile(all.map((r) => r.tbt), 0.5), runs };
}

/** bytes counts our first use after brotli, in all and before the page can be read. */
export async function bytes() {
  const dist = join(top, 'dist');
  const home = await readFile(join(dist, 'index.html'), 'utf8');
  const sizeOf = async (file) => (await readFile(join(dist, `${file}.br`)).catch(() => readFile(join(dist, file)))).length;
  const named = (pattern) => Array.from(home.matchAll(pattern), (m) => m[1].replace(/^\.\//, ''));
  const program = (await readdir(join(dist, 'assets'))).find((f) => f.endsWith('.wasm'));
  const before = ['index.html', ...named(/<link rel="stylesheet" href="([^"]+)"/g), ...named(/<script src="([^"]*theme[^"]*)"/g)];
  const all = [...new Set([...before, ...named(/<script[^>]* src="([^"]+)"/g), `assets/${program}`])];
  const sum = async (files) => (await Promise.all(files.map(sizeOf))).reduce((a, b) => a + b, 0);
  return { program: await sizeOf(`assets/${program}`), readable: await sum(before), all: await sum(all) };
}

/** rivalBytes is what rivals of the same kind load, after brotli; what was once compressed is kept. */
export async function rivalBytes() {
  const modules = join(top, 'bench/node_modules');
  const rivals = {
    'DuckDB-WASM': ['@duckdb/duckdb-wasm/dist/duckdb-eh.wasm', '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js', '@duckdb/duckdb-wasm/dist/duckdb-browser.mjs'],
    Perspective: ['@finos/perspective/dist/wasm/perspective-js.wasm', '@finos/perspective/dist/wasm/perspective-server.wasm', '@finos/perspective/dist/cdn/perspective.js'],
    Pyodide: ['pyodide/pyodide.asm.wasm', 'pyodide/pyodide.asm.mjs', 'pyodide/pyodide.mjs', 'pyodide/python_stdlib.zip'],
  };
  const sizes = {};
  for (const [name, files] of Object.entries(rivals)) {
    sizes[name] = 0;
    for (const file of files) sizes[name] += await compressedSize(join(modules, file));
  }
  return sizes;
}

async function compressedSize(path) {
  const content = await readFile(path);
  const kept = join(cache, 'sizes', createHash('sha256').update(content).digest('hex').slice(0, 16));
  try {
    return Number(await readFile(kept, 'utf8'));
  } catch {
    const { length } = await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
    await mkdir(join(cache, 'sizes'), { recursive: true });
    await writeFile(kept, String(length));
    return length;
  }
}
