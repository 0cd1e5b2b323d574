// JavaScript because WebAssembly cannot start itself: this file starts the Go program, hands the page over to it and speaks up when that fails.
// The site builder puts `const site = {wasm, wasmBytes, assets}` in front of it: the program's file and size, and the hashed name of each asset.
'use strict';

(function () {
  const root = new URL('..', document.currentScript.src); // this file lies in <root>/assets/
  const page = document.documentElement;
  const progressBar = document.getElementById('boot-progress');
  const noticeBox = document.getElementById('boot-notice');

  // ---- What go-app's WASM side asks for -----------------------------------

  const environment = {
    GOAPP_ROOT_PREFIX: root.pathname.replace(/\/$/, ''),
    GOAPP_STATIC_RESOURCES_URL: root.pathname + 'assets',
    // Links into these folders are downloads for the browser, not routes of the program.
    GOAPP_INTERNAL_URLS: JSON.stringify([root.href + 'data/', root.href + 'assets/']),
    SITE_ROOT: root.pathname,
  };
  for (const name of Object.keys(site.assets)) environment['asset:' + name] = site.assets[name];
  globalThis.goappGetenv = function (key) { return environment[key] || ''; };

  // ---- One line at the bottom of the page ---------------------------------

  // notice says text in words, with one button for what the visitor can do about it.
  function notice(text, label, action) {
    const line = document.createElement('p');
    line.textContent = text;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', action);
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Dismiss';
    close.addEventListener('click', clearNotice);
    noticeBox.replaceChildren(line, button, close);
    noticeBox.hidden = false;
  }

  function clearNotice() {
    noticeBox.hidden = true;
    noticeBox.replaceChildren();
  }

  function reload() { location.reload(); }

  // state is one of: pending, ready, failed. CSS sees it as html.wasm-<state>.
  function setState(state) {
    page.classList.remove('wasm-pending', 'wasm-ready', 'wasm-failed');
    page.classList.add('wasm-' + state);
    progressBar.hidden = state !== 'pending';
    if (state !== 'pending') page.classList.remove('view-pending');
  }

  // ---- What the visitor did before the program was there ------------------

  const touched = new Set();
  document.addEventListener('input', function (event) {
    if (page.classList.contains('wasm-pending') && event.target.id) touched.add(event.target.id);
  }, true);

  // remember notes where the visitor is in the page that is about to be replaced, and returns how to get back there.
  function remember() {
    const active = document.activeElement;
    const focus = active && active !== document.body && active.id;
    const selection = focus && typeof active.selectionStart === 'number'
      ? [active.selectionStart, active.selectionEnd, active.selectionDirection] : null;
    const left = scrollX, top = scrollY;
    const open = Array.from(document.querySelectorAll('details[open][id]'), function (d) { return d.id; });
    const values = Array.from(touched, function (id) {
      const input = document.getElementById(id);
      return input && [id, input.type === 'checkbox' || input.type === 'radio' ? 'checked' : 'value', input];
    }).filter(Boolean).map(function (v) { return [v[0], v[1], v[2][v[1]]]; });

    return function () {
      for (const id of open) {
        const details = document.getElementById(id);
        if (details) details.open = true;
      }
      const element = focus && document.getElementById(focus);
      if (element) element.focus({ preventScroll: true });
      for (const [id, property, value] of values) {
        const input = document.getElementById(id);
        if (!input || input[property] === value) continue;
        input[property] = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
      if (element && selection && typeof element.selectionStart === 'number') {
        element.setSelectionRange(selection[0], selection[1], selection[2]);
      }
      if (scrollX !== left || scrollY !== top) scrollTo({ left: left, top: top, behavior: 'instant' });
    };
  }

  // watchTakeOver waits until the program has replaced the pre-rendered root, the body's first element.
  // A mutation observer runs before the next paint, so that nothing jumps.
  function watchTakeOver() {
    const restore = remember();
    const old = document.body.firstElementChild;
    const observer = new MutationObserver(function () {
      if (document.body.firstElementChild === old) return;
      observer.disconnect();
      setState('ready');
      restore();
    });
    observer.observe(document.body, { childList: true });
  }

  // ---- Loading -------------------------------------------------------------

  function showProgress(received) {
    progressBar.value = Math.min(100, Math.round(100 * received / site.wasmBytes));
  }

  // counted passes a response through and shows how much of it has arrived.
  function counted(response) {
    if (!response.body || navigator.serviceWorker && navigator.serviceWorker.controller) {
      return response; // from this device: quicker untouched than counted
    }
    const reader = response.body.getReader();
    let received = 0;
    const stream = new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        received += value.byteLength;
        showProgress(received);
        controller.enqueue(value);
      },
      cancel(reason) { return reader.cancel(reason); },
    });
    return new Response(stream, { headers: { 'Content-Type': response.headers.get('Content-Type') || '' } });
  }

  async function instantiate(imports, cacheMode) {
    const address = new URL(site.wasm, root);
    const response = await fetch(address, { cache: cacheMode });
    if (!response.ok) throw new Error('the server answered ' + response.status);
    const streams = WebAssembly.instantiateStreaming && response.headers.get('Content-Type') === 'application/wasm';
    if (streams) return (await WebAssembly.instantiateStreaming(counted(response), imports)).instance;
    return (await WebAssembly.instantiate(await counted(response).arrayBuffer(), imports)).instance;
  }

  async function start(cacheMode) {
    if (typeof WebAssembly !== 'object' || typeof BigInt !== 'function') {
      setState('failed');
      registerWorker();
      notice('This browser is too old for the interactive part, so this page stays as it is: it shows the default view.', 'Reload', reload);
      return;
    }
    setState('pending');
    clearNotice();
    showProgress(0);
    const slow = setTimeout(function () {
      if (page.classList.contains('wasm-pending')) {
        notice('The connection is slow. This page can be read already; its controls are still on their way.', 'Reload', reload);
      }
    }, 15000);
    let instance, go;
    try {
      if (typeof Go !== 'function') throw new Error('a part of it is missing');
      go = new Go();
      instance = await instantiate(go.importObject, cacheMode);
    } catch (error) {
      setState('failed');
      notice('The interactive part could not be loaded (' + error.message + '). This page can be read, but its controls do not work yet.',
        'Try again', typeof Go === 'function' ? function () { start('reload'); } : reload);
      return;
    } finally {
      clearTimeout(slow);
      registerWorker(); // only now, so that it does not compete for the connection
    }
    clearNotice();
    watchTakeOver();
    let reason = 'it ended';
    try {
      await go.run(instance); // comes back only when the program has ended
    } catch (error) {
      reason = error.message;
    }
    setState('failed');
    notice('The explorer stopped because of an error of its own (' + reason + '). What is on the screen can be read; reload to go on in the same view.',
      'Reload', reload);
  }

  // afterPaint waits for the first paint, or a second in a tab that is not shown.
  function afterPaint(next) {
    let called = false;
    function once() {
      if (called) return;
      called = true;
      next();
    }
    requestAnimationFrame(function () { setTimeout(once, 0); });
    setTimeout(once, 1000);
  }

  // ---- Offline and new editions -------------------------------------------

  function announce(registration) {
    notice('A newer edition is ready: reload.', 'Reload', function () {
      const waiting = registration.waiting;
      if (!waiting) return reload();
      waiting.addEventListener('statechange', function () {
        if (waiting.state === 'activated') reload();
      });
      waiting.postMessage('activate');
    });
  }

  let registered = false;

  async function registerWorker() {
    // Inside another site's frame the page is a guest: it leaves nothing on the device.
    if (registered || !navigator.serviceWorker || window.top !== window) return;
    registered = true;
    let registration;
    try {
      registration = await navigator.serviceWorker.register(new URL('worker.js', root), { scope: root.pathname, updateViaCache: 'none' });
    } catch (error) {
      return; // storage is denied or the worker cannot be had now: the site works on line as it is
    }
    if (registration.waiting && registration.active) announce(registration);
    registration.addEventListener('updatefound', function () {
      const worker = registration.installing;
      const replaces = registration.active;
      worker.addEventListener('statechange', function () {
        if (worker.state === 'installed' && replaces) announce(registration);
      });
    });
    let controlled = !!navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener('controllerchange', function () {
      if (controlled) announce(registration); // another tab went over to the new edition
      controlled = true;
    });
    globalThis.goappTryUpdate = function () { registration.update().catch(function () {}); };
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState === 'visible') globalThis.goappTryUpdate();
    });
  }

  // Browsers read the addresses of icon and manifest again after the address bar has moved to another folder.
  for (const link of document.head.querySelectorAll('link[href]')) link.setAttribute('href', link.href);

  if (location.search) page.classList.add('view-pending');
  setState('pending');
  afterPaint(function () { start('default'); });
})();
