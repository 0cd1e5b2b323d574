// JavaScript because this must stand before the first paint, long before the program runs: the theme, where the controls are, whether the visitor knows the place, and whether the page is in a frame of another site.
'use strict';

(function () {
  const page = document.documentElement;

  // Where storage is denied the browser throws as soon as it is named, and go-app, which looks into it, would end: one that keeps nothing stands in.
  let denied = false;
  for (const name of ['localStorage', 'sessionStorage']) {
    try {
      globalThis[name].getItem('');
    } catch (error) {
      denied = true;
      const none = { length: 0, getItem: () => null, setItem: () => {}, removeItem: () => {}, clear: () => {}, key: () => null };
      Object.defineProperty(globalThis, name, { configurable: true, value: none });
    }
  }
  const stored = function (key) { return denied ? undefined : localStorage.getItem(key); };
  const store = function (key, value) {
    try { localStorage.setItem(key, value); return !denied; } catch (error) { return false; } // full
  };

  // On a phone the controls are in a sheet below the page, from the first paint on, so that nothing moves when the program starts, or fails to. Without JavaScript they stand in the page.
  page.classList.add('with-sheets');

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
