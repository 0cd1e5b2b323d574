// JavaScript because this must stand before the first paint, long before the program runs: the theme, whether the visitor knows the place, and whether the page is in a frame of another site.
'use strict';

(function () {
  const page = document.documentElement;
  const stored = function (key) {
    try { return localStorage.getItem(key); } catch (error) { return null; } // storage is denied
  };
  const store = function (key, value) {
    try { localStorage.setItem(key, value); } catch (error) { /* kept for this visit only */ }
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

  globalThis.dismissFirstVisit = function () {
    page.classList.add('known');
    store('aicities.known', '1');
  };
})();
