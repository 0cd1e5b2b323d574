// JavaScript because this must stand before the first paint, long before the program runs: the theme, whether the visitor knows the place, and whether the page is in a frame of another site. Storage is reached here because a browser that denies it throws, which WebAssembly cannot catch.
'use strict';

(function () {
  const page = document.documentElement;
  const stored = function (key) {
    try { return localStorage.getItem(key); } catch (error) { return undefined; } // storage is denied
  };
  const store = function (key, value) {
    try { localStorage.setItem(key, value); return true; } catch (error) { return false; } // denied or full
  };

  const chosen = stored('aicities.theme');
  if (chosen === 'light' || chosen === 'dark') page.dataset.theme = chosen;
  if (stored('aicities.known')) page.classList.add('known');
  if (/[?&]embed=1(&|$)/.test(location.search)) page.classList.add('embed');

  globalThis.switchTheme = function () {
    const dark = page.dataset.theme ? page.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    page.dataset.theme = dark ? 'light' : 'dark';
    store('aicities.theme', page.dataset.theme);
  };

  globalThis.kept = { read: stored, write: store };

  globalThis.dismissFirstVisit = function () {
    page.classList.add('known');
    store('aicities.known', '1');
  };
})();
