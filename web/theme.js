// JavaScript because the theme must stand before the first paint, long before the program runs.
'use strict';

(function () {
  const key = 'aicities.theme';
  const page = document.documentElement;
  try {
    const chosen = localStorage.getItem(key);
    if (chosen === 'light' || chosen === 'dark') page.dataset.theme = chosen;
  } catch (error) { /* storage is denied: the system's theme it is */ }

  globalThis.switchTheme = function () {
    const dark = page.dataset.theme ? page.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    page.dataset.theme = dark ? 'light' : 'dark';
    try { localStorage.setItem(key, page.dataset.theme); } catch (error) { /* kept for this visit only */ }
  };
})();
