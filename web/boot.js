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

  const touched = []; // controls, in the order of their use
  function touch(event) {
    if (!page.classList.contains('wasm-pending') || !event.target.closest) return;
    const control = event.target.closest(event.type === 'click' ? 'button[data-do]' : 'input, select');
    if (control && (event.type === 'click' || !touched.includes(control))) touched.push(control);
  }
  document.addEventListener('input', touch, true);
  document.addEventListener('click', touch, true);

  // replayed holds what the visitor did in the page so far, and returns how to do it again once the program listens.
  function replayed() {
    const deeds = touched.splice(0).map(function (control) {
      const property = control.type === 'checkbox' || control.type === 'radio' ? 'checked' : 'value';
      return [control, property, control[property]];
    });

    return function () {
      for (const [before, property, value] of deeds) {
        const control = before.isConnected ? before : document.getElementById(before.id);
        if (!control) continue;
        if (control.tagName === 'BUTTON') {
          control.click();
          continue;
        }
        control[property] = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      }
    };
  }

  // watchTakeOver waits until the program has put its own element in the place of the body's first one: then the page is
  // that of the view, and listens. A mutation observer runs before the next paint, so that nothing jumps.
  function watchTakeOver() {
    const replay = replayed();
    const old = document.body.firstElementChild;
    const observer = new MutationObserver(function () {
      if (document.body.firstElementChild === old) return;
      observer.disconnect();
      setState('ready');
      replay();
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
    const response = await fetch(new URL(site.wasm, root), { cache: cacheMode });
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

  // The program starts after the first paint, at the first sign of the visitor or after some seconds without one: a page
  // that was just opened is read and scrolled first, and on a weak device that stays smooth. What is not there to be read
  // yet, a link's own view or a city without a connection, starts at once.
  const signs = ['pointermove', 'pointerdown', 'touchstart', 'click', 'wheel', 'scroll', 'keydown', 'focusin', 'input'];
  const patience = 4000; // ms

  function firstSign() {
    return new Promise(function (resolve) {
      function seen() {
        for (const sign of signs) removeEventListener(sign, seen, true);
        resolve();
      }
      for (const sign of signs) addEventListener(sign, seen, { capture: true, passive: true });
    });
  }

  function firstPaint() {
    return new Promise(function (resolve) {
      requestAnimationFrame(function () { setTimeout(resolve, 0); });
    });
  }

  async function startWhenWanted() {
    const readable = location.search === '' && document.querySelector('[data-path]');
    const outOfPatience = new Promise(function (resolve) { setTimeout(resolve, patience); }); // a tab that is not shown does not paint
    await Promise.race([Promise.all([firstPaint(), readable && firstSign()]), outOfPatience]);
    start('default');
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
  // (A style sheet whose address is set again would be applied again, with a layout of the whole page.)
  for (const link of document.head.querySelectorAll('link[href]:not([rel=stylesheet])')) link.setAttribute('href', link.href);

  if (location.search) page.classList.add('view-pending');
  page.classList.add('wasm-pending');
  startWhenWanted();
})();
