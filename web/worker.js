// JavaScript because a service worker can be nothing else: it keeps one whole build of the site on the device and answers from it.
// The site builder puts `const build = {id, core, lazy}` in front: core and lazy map file names to hashes (the first 12 bytes
// of SHA-256, base64url). Core files are installed all or none; lazy ones (the pages of the cities) are kept once they were opened.
'use strict';

const root = new URL('./', location.href);
const prefix = 'ai-cities ' + root.pathname + ' '; // other caches of this origin are none of our business
const ours = prefix + build.id;
const core = new Map(Object.entries(build.core));
const lazy = new Map(Object.entries(build.lazy));
const complete = new URL('complete', root).href; // an entry that only a finished install has
const offlineCity = 'city/offline.html';
const patience = 4000; // milliseconds after which a page comes from the device rather than from a slow network

// ---- Names -----------------------------------------------------------------

// pageAddress is where the server has a file: pages are served without their ending.
function pageAddress(file) {
  return new URL(file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, ''), root);
}

const key = function (file) { return new URL(file, root).href; };

// fileOf is the file of this build behind an address, or null.
function fileOf(url) {
  const name = url.pathname.slice(root.pathname.length);
  for (const file of name === '' ? ['index.html'] : [name + '.html', name]) {
    if (core.has(file) || lazy.has(file)) return file;
  }
  return null;
}

// ---- Integrity --------------------------------------------------------------

// checked returns the response as one that can be kept, if its content has the hash.
async function checked(response, file, hash) {
  const content = await response.blob(); // is kept outside this worker's memory, where the program's bytes would lie about
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer())).slice(0, 12);
  const found = btoa(String.fromCharCode(...digest)).replace(/\+/g, '-').replace(/\//g, '_');
  if (found !== hash) throw new Error(file + ' is not the file of this build');
  const headers = new Headers(response.headers);
  headers.delete('Content-Encoding'); // the content is decoded here
  headers.set('Content-Length', content.size);
  return new Response(content, { status: file === '404.html' ? 404 : 200, headers });
}

// download gets a file from the network, past every cache if the first answer is wrong.
async function download(file, hash, signal) {
  const address = pageAddress(file);
  const hashed = file.startsWith('assets/');
  try {
    return await checked(await fetch(address, { cache: hashed ? 'default' : 'no-cache', signal }), file, hash);
  } catch (error) {
    return checked(await fetch(address, { cache: 'reload', signal }), file, hash);
  }
}

// ---- Install and activate ---------------------------------------------------

async function ourCaches() {
  return (await caches.keys()).filter(function (name) { return name.startsWith(prefix); });
}

// earlier finds an asset that an earlier build has already brought to the device.
async function earlier(file, hash) {
  if (!file.startsWith('assets/')) return null;
  for (const name of await ourCaches()) {
    if (name === ours) continue;
    const kept = await (await caches.open(name)).match(key(file));
    if (kept) return checked(kept, file, hash).catch(function () { return null; });
  }
  return null;
}

async function install() {
  await caches.delete(ours); // the rest of an install that was cut off
  try {
    const cache = await caches.open(ours);
    const queue = Array.from(core);
    const stop = new AbortController();
    let broken;
    await Promise.all(Array.from({ length: 4 }, async function () {
      try {
        for (let next = queue.pop(); next; next = queue.pop()) {
          const [file, hash] = next;
          await cache.put(key(file), await earlier(file, hash) || await download(file, hash, stop.signal));
        }
      } catch (error) {
        broken = broken || error;
        queue.length = 0; // the rest of a broken build is not worth a visitor's line
        stop.abort();
      }
    }));
    if (broken) throw broken;
    await cache.put(complete, new Response(build.id));
  } catch (error) {
    await caches.delete(ours).catch(function () {});
    throw error; // the browser throws this worker away and the one before goes on
  }
}

// activate keeps the build before this one, for tabs that still show it, and removes what is older or unfinished.
async function activate() {
  let kept = false;
  for (const name of (await ourCaches()).reverse()) {
    if (name === ours) continue;
    const finished = await (await caches.open(name)).match(complete);
    if (finished && !kept) kept = true;
    else await caches.delete(name);
  }
}

// ---- Answers ------------------------------------------------------------------

// kept reads a file from this build's cache; storage that is gone or denied is no error.
async function kept(file) {
  try {
    return await (await caches.open(ours)).match(key(file));
  } catch (error) {
    return undefined;
  }
}

// coreFile answers with an installed file. The browser may have evicted it: then the network has it.
async function coreFile(request, file) {
  const response = await kept(file);
  return response ? ranged(request, response) : fetch(request);
}

// lazyPage answers with the page of a city: from the device if it was opened before, from the network if that has this
// build's page, else with the shell in which the program draws it. So a page never meets the files of another build.
async function lazyPage(request, file) {
  const response = await kept(file);
  if (response) return response;
  const shell = await kept(offlineCity);
  if (!shell) return fetch(request);
  const stop = new AbortController();
  const timer = setTimeout(function () { stop.abort(); }, patience);
  try {
    const page = await download(file, lazy.get(file), stop.signal);
    const cache = await caches.open(ours);
    await cache.put(key(file), page.clone()).catch(function () {}); // a full disk: the page is shown all the same
    return page;
  } catch (error) {
    return shell;
  } finally {
    clearTimeout(timer);
  }
}

// networkFirst is for pages that this build does not know (a newer one may) and for pages in another site's frame,
// which need the server's own framing headers.
async function networkFirst(request, file) {
  try {
    return await fetch(request);
  } catch (error) {
    return await kept(file || '404.html') || Response.error();
  }
}

// otherAsset answers a tab that still shows the build before.
async function otherAsset(request) {
  const response = await caches.match(request.url).catch(function () {});
  return response ? ranged(request, response) : fetch(request);
}

// ranged cuts one range of bytes out of a whole response, if the request asks for one (RFC 9110, section 14).
async function ranged(request, response) {
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('Range') || '');
  if (!range || range[1] === '' && range[2] === '') return response;
  const content = await response.blob();
  const size = content.size;
  const first = range[1] === '' ? Math.max(0, size - Number(range[2])) : Number(range[1]);
  const last = range[1] === '' || range[2] === '' ? size - 1 : Math.min(Number(range[2]), size - 1);
  const headers = new Headers(response.headers);
  if (first > last) {
    headers.set('Content-Range', 'bytes */' + size);
    headers.set('Content-Length', 0);
    return new Response(null, { status: 416, headers });
  }
  headers.set('Content-Range', 'bytes ' + first + '-' + last + '/' + size);
  headers.set('Content-Length', last + 1 - first);
  return new Response(content.slice(first, last + 1), { status: 206, headers });
}

// answer chooses how a request is answered; null leaves it to the browser.
function answer(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return null;
  const file = fileOf(url);
  if (request.mode === 'navigate') {
    if (!file || url.searchParams.get('embed') === '1') return networkFirst(request, file && lazy.has(file) ? offlineCity : file);
    return lazy.has(file) ? lazyPage(request, file) : coreFile(request, file);
  }
  if (core.has(file)) return coreFile(request, file);
  if (url.pathname.startsWith(root.pathname + 'assets/')) return otherAsset(request);
  return null;
}

addEventListener('install', function (event) { event.waitUntil(install()); });
addEventListener('activate', function (event) { event.waitUntil(activate()); });
addEventListener('message', function (event) { if (event.data === 'activate') skipWaiting(); });
addEventListener('fetch', function (event) {
  const response = answer(event.request);
  if (response) event.respondWith(response);
});
