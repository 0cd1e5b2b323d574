// What the benchmarks share: figures of many runs, a static server, and Chromium.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const top = fileURLToPath(new URL('../', import.meta.url));
export const cache = join(top, 'bench/.cache');

/** quantile is the q-quantile of values, by linear interpolation. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q, low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

/** figures sums up the runs of one measurement. */
export const figures = (values) => ({ median: quantile(values, 0.5), p95: quantile(values, 0.95), runs: values.length });

/** repeat runs measure so many times, one after the other, and returns what it returned. */
export async function repeat(times, measure) {
  const values = [];
  for (let i = 0; i < times; i++) values.push(await measure(i));
  return values;
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.png': 'image/png' };

/**
 * serve serves a folder at a port of its own, as a static host does: compressed twins where they are, hashed files kept for
 * ever. Pages are isolated from other origins, so that the browser's clock is fine (5 µs).
 */
export function serve(folder, { pages = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cache-Control': path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache' };
    try {
      if (pages[path] !== undefined) {
        response.writeHead(200, { ...headers, 'Content-Type': types['.html'] }).end(pages[path]);
        return;
      }
      let file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
      if (!extname(file)) file += '.html';
      const twin = /\bbr\b/.test(request.headers['accept-encoding'] || '') && await stat(`${file}.br`).then(() => true, () => false);
      const content = await readFile(twin ? `${file}.br` : file);
      headers['Content-Type'] = types[extname(file)] || 'application/octet-stream';
      if (twin) headers['Content-Encoding'] = 'br';
      response.writeHead(200, headers).end(content);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => { server.closeAllConnections(); server.close(); },
  })));
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const chromiumPath = process.env.CHROMIUM || '/usr/bin/chromium';
export const lighthouseFlags = ['--headless', ...flags].join(' ');

/** withBrowser gives body a browser with an empty profile. */
export async function withBrowser(body) {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  try {
    return await body(browser);
  } finally {
    await browser.close();
  }
}

/** withPage gives body a page of a fresh context, throttled by a factor where wanted. */
export async function withPage(browser, { slowdown = 1, width = 1440, height = 900 } = {}, body) {
  const context = await browser.newContext({ viewport: { width, height }, serviceWorkers: 'allow' });
  try {
    const page = await context.newPage();
    await throttle(page, slowdown);
    return await body(page, context);
  } finally {
    await context.close();
  }
}

/** throttle slows the page's processor down, as a weak device is. */
export async function throttle(page, rate) {
  if (rate === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}
