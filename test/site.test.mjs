// The built site as files and over HTTP: what needs no browser, so it runs once.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { hashOf, startServer, top, workerList } from './lib/server.mjs';

const run = promisify(execFile);
const dist = join(top, 'dist');
const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
  .filter((f) => f.isFile() && !f.name.startsWith('.')).map((f) => join(f.parentPath, f.name).slice(dist.length + 1));
const pages = files.filter((f) => f.endsWith('.html'));
const address = (file) => `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`;

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

test('each page opens, the hundred cities of the default ranking among them', async () => {
  const home = await (await fetch(`${server.origin}/`)).text();
  const ranked = new Set(Array.from(home.matchAll(/data-city="([^"]+)"/g), (m) => m[1]));
  assert.ok(ranked.size >= 100, `the home page ranks ${ranked.size} cities`);
  for (const id of ranked) assert.ok(pages.includes(`city/${id}.html`), `${id} is ranked and has no page`);
  for (const file of pages.filter((f) => f !== '404.html')) {
    const answer = await fetch(server.origin + address(file));
    assert.equal(answer.status, 200, file);
    assert.equal(await answer.text(), await readFile(join(dist, file), 'utf8'), file);
  }
});

test('no page holds inline script, inline style or a handler in an attribute', async () => {
  assert.ok(pages.length > 100);
  for (const file of pages) {
    const html = await readFile(join(dist, file), 'utf8');
    assert.doesNotMatch(html, /<style|<[^>]*\sstyle=|<[^>]*\son[a-z]+=|javascript:/i, file);
    for (const [tag] of html.matchAll(/<script[^>]*>/g)) assert.match(tag, /\ssrc="|type="application\/ld\+json"/, file); // the second is data, which is not run
  }
});

test('each address in a page leads to a page or file of the site, or to a source elsewhere by https or http', async () => {
  const known = new Set(files.flatMap((f) => [`/${f}`, address(f)]));
  for (const file of pages) {
    const html = await readFile(join(dist, file), 'utf8');
    for (const [, raw] of html.matchAll(/<(?:a|link|script|img|use|image)\b[^>]*?\s(?:href|src)="([^"]*)"/g)) {
      const url = new URL(raw.replaceAll('&amp;', '&'), `http://site${address(file)}`);
      if (url.host !== 'site') assert.match(url.protocol, /^https?:$/, `${file}: ${raw}`);
      else assert.ok(known.has(decodeURI(url.pathname)), `${file} refers to ${raw}`);
    }
  }
});

test('each page has a title and a description of its own', async () => {
  const titles = new Map();
  for (const file of pages.filter((f) => f !== 'city/offline.html')) {
    const html = await readFile(join(dist, file), 'utf8');
    const title = /<title>([^<]+)<\/title>/.exec(html)?.[1];
    assert.ok(title && !titles.has(title), `${file} has the title ${title}, as has ${titles.get(title)}`);
    titles.set(title, file);
    assert.match(html, /<meta name="description" content="[^"]{20,}">/, file);
  }
});

test('each compressed twin holds the same as its file', async () => {
  let twins = 0;
  for (const file of files) {
    const decode = { br: brotliDecompressSync, gz: gunzipSync }[file.split('.').pop()];
    if (!decode) continue;
    twins++;
    assert.ok(decode(await readFile(join(dist, file))).equals(await readFile(join(dist, file.slice(0, -3)))), file);
  }
  assert.ok(twins >= 2 * pages.length, `${twins} twins of ${pages.length} pages`);
});

test('names under assets/ hold the hash of the content, and the worker knows the hash of each file it keeps', async () => {
  for (const file of files.filter((f) => f.startsWith('assets/') && !/\.(br|gz)$/.test(f))) {
    const sum = createHash('sha256').update(await readFile(join(dist, file))).digest('hex');
    assert.ok(file.includes(`.${sum.slice(0, 10)}.`), file);
  }
  const { core, lazy } = workerList(await readFile(join(dist, 'worker.js'), 'utf8'));
  for (const [file, hash] of Object.entries({ ...core, ...lazy })) assert.equal(hash, hashOf(await readFile(join(dist, file))), file);
  for (const file of pages) assert.ok(file in core || file in lazy, `${file} is not known to the worker`);
});

test('the manifest makes the site installable: pictures of the sizes that it says, shortcuts to pages, addresses that hold below any path', async () => {
  const manifest = JSON.parse(await readFile(join(dist, 'manifest.webmanifest'), 'utf8'));
  for (const key of ['name', 'short_name', 'description', 'lang', 'background_color', 'theme_color']) assert.ok(manifest[key], key);
  assert.deepEqual([manifest.start_url, manifest.scope, manifest.display], ['./', './', 'standalone']);
  assert.ok(manifest.categories.length > 0);
  const pictures = [...manifest.icons, ...manifest.screenshots];
  for (const { src, sizes, type } of pictures) {
    assert.doesNotMatch(src, /^\/|:/, 'relative, so that it holds below any path');
    const bytes = await readFile(join(dist, src));
    if (type === 'image/png') assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    else assert.equal(type, 'image/svg+xml');
  }
  for (const size of ['192x192', '512x512']) assert.ok(manifest.icons.some((i) => i.sizes === size && i.purpose.includes('maskable')), size);
  assert.deepEqual(manifest.screenshots.map((p) => p.form_factor).sort(), ['narrow', 'wide']);
  for (const { url } of manifest.shortcuts) assert.ok(files.includes(`${url.slice(2)}.html`), url);
});

test('the program contains no HTTP server', async () => {
  const wasm = await readFile(join(dist, files.find((f) => f.endsWith('.wasm'))));
  assert.ok(wasm.includes('syscall/js.Value.Call'), 'the names of functions are in the program');
  for (const name of ['net/http.(*Server).Serve', 'app.(*Handler).ServeHTTP']) assert.ok(!wasm.includes(name), name);
});

// Budgets in bytes after brotli (docs/performance.md). Who needs more says there what for.
test('the first use stays within its budget of bytes', async () => {
  const sizeOf = async (file) => (await readFile(join(dist, `${file}.br`))).length;
  const program = await sizeOf(files.find((f) => f.endsWith('.wasm')));
  assert.ok(program <= 1_900_000, `the program with the dataset has ${program} bytes, 1,900,000 are allowed`);
  const home = await readFile(join(dist, 'index.html'), 'utf8');
  const readable = ['index.html', ...Array.from(home.matchAll(/<link rel="stylesheet" href="\.\/([^"]+)"|<script src="\.\/([^"]+)">/g), (m) => m[1] || m[2])];
  assert.ok(readable.length >= 3, `the page loads ${readable} before it can be read: style and theme are among them`);
  const before = (await Promise.all(readable.map(sizeOf))).reduce((a, b) => a + b);
  assert.ok(before <= 250_000, `${before} bytes come before the page can be read, 250,000 are allowed`);
});

test('the same sources give the same bytes, with nothing kept from an earlier build', { timeout: 20 * 60 * 1000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aicities-build-'));
  try {
    await run('go', ['run', './app/build', '-out', join(folder, 'dist'), '-cache', join(folder, 'cache')], { cwd: top });
    for (const file of files) assert.ok((await readFile(join(dist, file))).equals(await readFile(join(folder, 'dist', file))), `${file} differs`);
    const again = (await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true })).filter((f) => f.isFile());
    assert.equal(again.length, files.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
