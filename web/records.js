// JavaScript because scrolling must be answered within the frame: of a list of thousands of records this file keeps only those near the window in the page, and it turns a drag over the years into their two sliders' values.
'use strict';

(function () {
  const spare = 6; // rows kept ready above and below what is seen
  const bar = 60; // px that the sticky header covers
  let body = null; // the row group; its rows carry their place in data-at
  let total = 0;
  let height = 0; // px of a row
  let shown = ''; // which list it is
  let first = 0;
  let count = 0;
  let shows = 0; // calls of show
  let waiting = false;
  let noting = 0;
  let back = (performance.getEntriesByType('navigation')[0] || {}).type !== 'navigate'; // reload, back or forward

  // show is called after each change of the page: it takes up a new list and shows the rows near the window.
  function show() {
    shows++;
    const before = body;
    body = document.getElementById('record-rows');
    if (!body) return;
    total = Number(body.dataset.total);
    height = body.firstElementChild ? body.firstElementChild.getBoundingClientRect().height : 0;
    const list = body.dataset.list;
    if (!before || !before.isConnected) {
      layOut(true);
      const y = back && Number(sessionStorage.getItem(place()));
      if (y) {
        scrollTo(0, y);
        requestAnimationFrame(function () { requestAnimationFrame(function () { scrollTo(0, y); }); }); // after what the browser itself restores
      }
    } else if (list !== shown) {
      const above = bar - body.getBoundingClientRect().top;
      if (above > 0) scrollBy(0, -above);
    }
    back = false;
    shown = list;
    layOut(true);
  }

  function inPage() { return body && body.isConnected && globalThis.recordRows; }

  function place() { return 'scroll ' + location.pathname + location.search; }

  // layOut makes the rows near the window the rows of the page.
  function layOut(all) {
    if (!height) {
      body.style.height = '';
      return;
    }
    body.style.height = total * height + 'px';
    const top = -body.getBoundingClientRect().top;
    const n = Math.min(total, Math.ceil(innerHeight / height) + 2 * spare);
    const from = Math.max(0, Math.min(Math.floor(top / height) - spare, total - n));
    if (!all && from === first && n === count) return;
    const gaps = missing(from, n);
    const before = shows;
    for (const gap of gaps) {
      gap.rows = document.createElement('template');
      gap.rows.innerHTML = globalThis.recordRows(gap.at, gap.n);
      if (shows !== before) return; // the program had a page to show first: that has laid the list out
    }
    first = from;
    count = n;
    for (const row of Array.from(body.children)) {
      const at = Number(row.dataset.at);
      if ((at < from || at >= from + n) && !row.contains(document.activeElement)) row.remove(); // a row in use keeps its focus
      else put(row, at);
    }
    for (const gap of gaps) {
      let next = body.firstElementChild;
      while (next && Number(next.dataset.at) < gap.at) next = next.nextElementSibling;
      for (const row of gap.rows.content.children) put(row, Number(row.dataset.at));
      body.insertBefore(gap.rows.content, next);
    }
  }

  // missing finds which of n rows from the from-th on are not in the page, as runs of n from at on.
  function missing(from, n) {
    const have = new Set(Array.from(body.children, function (row) { return Number(row.dataset.at); }));
    const gaps = [];
    for (let at = from; at < from + n; at++) {
      if (have.has(at)) continue;
      if (gaps.length > 0 && !have.has(at - 1)) gaps[gaps.length - 1].n++;
      else gaps.push({ at: at, n: 1 });
    }
    return gaps;
  }

  function put(row, at) {
    row.style.position = 'absolute';
    row.style.transform = 'translateY(' + at * height + 'px)';
  }

  function soon() {
    if (waiting || !inPage()) return;
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      if (!inPage()) return;
      layOut(false);
      clearTimeout(noting);
      noting = setTimeout(note, 150);
    });
  }

  // note remembers how far the list is scrolled, for the way back to it.
  function note() {
    if (inPage()) sessionStorage.setItem(place(), String(scrollY));
  }

  addEventListener('scroll', soon, { passive: true });
  addEventListener('resize', function () { if (inPage()) show(); });
  addEventListener('popstate', function () { back = true; });

  // Up and down go from name to name, Home and End to the ends of the list.
  addEventListener('keydown', function (event) {
    const row = inPage() && event.target.closest && event.target.closest('#record-rows > .record');
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = { ArrowUp: Number(row.dataset.at) - 1, ArrowDown: Number(row.dataset.at) + 1, Home: 0, End: total - 1 }[event.key];
    if (at === undefined || at < 0 || at >= total) return;
    event.preventDefault();
    const box = body.getBoundingClientRect();
    const top = box.top + at * height;
    if (top < bar) scrollBy(0, top - bar);
    else if (top + height > innerHeight - bar) scrollBy(0, top + height - innerHeight + bar);
    layOut(false);
    const to = inPage() && body.querySelector('[data-at="' + at + '"] button');
    if (!to) return;
    to.focus({ preventScroll: true });
    layOut(true);
  });

  // A drag over the years chooses from where to where it goes, a click one year.
  addEventListener('pointerdown', function (event) {
    const area = event.target.closest && event.target.closest('[data-brush]');
    const input = document.getElementById('brush-both');
    if (!area || !input || event.button !== 0 || !event.isPrimary) return;
    const n = Number(area.dataset.brush);
    const bin = function (e) {
      const box = area.getBoundingClientRect();
      return Math.max(0, Math.min(n - 1, Math.floor((e.clientX - box.left) / box.width * n)));
    };
    const start = bin(event);
    let last = '';
    const choose = function (e) {
      const value = Math.min(start, bin(e)) + '-' + Math.max(start, bin(e));
      if (value === last) return;
      last = value;
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const end = function (e) {
      if (e.type === 'pointerup') choose(e);
      removeEventListener('pointermove', choose);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
    };
    if (event.pointerType === 'mouse') event.preventDefault();
    addEventListener('pointermove', choose);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
  });

  globalThis.records = { show: show };
})();
