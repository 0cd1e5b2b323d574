// JavaScript because each call from WebAssembly into the page costs more than the change itself: this file takes new markup in one call and changes only what differs.
'use strict';

(function () {
  const still = matchMedia('(prefers-reduced-motion: reduce)');

  let reordered = false; // an element with a data-key has been moved, put in or taken out

  // patch makes the element of this id look like the markup, which must have one root element.
  // Elements with a data-key are moved and kept; what the visitor is using keeps its focus, value and open state.
  function patch(id, markup) {
    const from = document.getElementById(id);
    if (!from) return false;
    const template = document.createElement('template');
    template.innerHTML = markup;
    const to = template.content.firstElementChild;
    const steered = table && from.contains(table.body); // the rows that are seen stand in their places already
    const glide = still.matches || steered ? null : positions(from);
    if (steered) forget();
    const active = document.activeElement;
    reordered = false;
    morph(from, to);
    if (active && active !== document.activeElement && active.isConnected) active.focus({ preventScroll: true });
    if (glide && reordered) animate(glide); // which costs a layout
    return true;
  }

  function morph(from, to) {
    attributes(from, to);
    if (to.firstElementChild && to.firstElementChild.dataset.key) keyed(from, to);
    else indexed(from, to);
  }

  // The visitor's own state is not overwritten: what is open, what is typed.
  const own = { DETAILS: ['open'], DIALOG: ['open'] };

  function attributes(from, to) {
    const keep = own[from.tagName] || [];
    for (const { name, value } of to.attributes) {
      if (!keep.includes(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    if (from.attributes.length !== to.attributes.length) {
      for (const { name } of Array.from(from.attributes)) {
        // Markup never holds a style (the pages' policy forbids it), so a style was set by a script and stays.
        if (!keep.includes(name) && name !== 'style' && !to.hasAttribute(name)) from.removeAttribute(name);
      }
    }
    if (from.tagName === 'INPUT') {
      const type = from.type;
      if (type === 'checkbox' || type === 'radio') {
        if (from.checked !== to.hasAttribute('checked')) from.checked = to.hasAttribute('checked');
      } else if ((type === 'range' || from !== document.activeElement) && from.value !== to.getAttribute('value')) {
        from.value = to.getAttribute('value') || '';
      }
    }
  }

  function same(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName &&
      (a.nodeType !== 1 || (a.dataset.key === b.dataset.key && a.id === b.id));
  }

  function indexed(from, to) {
    let a = from.firstChild;
    let b = to.firstChild;
    while (b) {
      const next = b.nextSibling;
      if (!a) {
        from.appendChild(b);
      } else {
        const after = a.nextSibling;
        if (!same(a, b)) from.replaceChild(b, a);
        else if (a.nodeType === 1) morph(a, b);
        else if (a.nodeValue !== b.nodeValue) a.nodeValue = b.nodeValue;
        a = after;
      }
      b = next;
    }
    while (a) {
      const after = a.nextSibling;
      a.remove();
      a = after;
    }
    if (from.tagName === 'SELECT') {
      const chosen = to.querySelector('option[selected]') || from.querySelector('option[selected]');
      if (chosen && from.value !== chosen.value && from !== document.activeElement) from.value = chosen.value;
    }
  }

  function keyed(from, to) {
    const kept = new Map();
    for (const child of from.children) if (child.dataset.key) kept.set(child.dataset.key, child);
    let cursor = from.firstChild;
    for (let b = to.firstElementChild; b;) {
      const next = b.nextElementSibling;
      const key = b.dataset.key;
      const a = kept.get(key);
      if (a && a.nodeName === b.nodeName) {
        kept.delete(key);
        morph(a, b);
        if (a === cursor) {
          cursor = cursor.nextSibling;
        } else {
          from.insertBefore(a, cursor);
          reordered = true;
        }
      } else {
        from.insertBefore(b, cursor);
        reordered = true;
      }
      b = next;
    }
    while (cursor) {
      const after = cursor.nextSibling;
      cursor.remove();
      cursor = after;
      reordered = true;
    }
  }

  // positions notes where the rows that may glide stand now.
  function positions(element) {
    const rows = element.querySelectorAll('[data-glide]');
    if (!rows.length) return null;
    const tops = new Map();
    for (const row of rows) tops.set(row, row.getBoundingClientRect().top);
    return tops;
  }

  function animate(tops) {
    const height = innerHeight;
    const moves = [];
    for (const [row, before] of tops) {
      if (!row.isConnected) continue;
      const after = row.getBoundingClientRect().top;
      const shown = (after > -40 && after < height + 40) || (before > -40 && before < height + 40);
      if (shown && Math.abs(after - before) > 1) moves.push([row, before - after]);
    }
    for (const [row, shift] of moves) {
      row.animate([{ transform: 'translateY(' + shift + 'px)' }, { transform: 'none' }], { duration: 200, easing: 'ease-out' });
    }
  }

  // address shows where the page is. Browsers refuse when that changes very often (Safari: a hundred times in half a minute); then it follows later.
  let late = 0;
  function address(method, href) {
    clearTimeout(late);
    try {
      history[method](null, '', href);
    } catch (error) {
      late = setTimeout(address, 2000, method, href);
    }
  }

  // save gives the visitor a file of text.
  function save(name, type, ...parts) {
    download(name, new Blob(parts, { type: type }));
  }

  function download(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // picture gives the visitor a drawing as a PNG of twice its size in px, with a chunk of text before the 12 bytes of its last one. Where the browser does not paint it, the drawing itself is saved.
  function picture(name, svg, width, height, chunk) {
    const image = new Image();
    const instead = () => save(name.replace(/png$/, 'svg'), 'image/svg+xml', svg);
    image.onerror = instead;
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * width;
      canvas.height = 2 * height;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => (blob ? download(name, new Blob([blob.slice(0, -12), chunk, blob.slice(-12)], { type: blob.type })) : instead()), 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
  }

  // --- A slider under way ------------------------------------------------------
  // While a slider moves, rows are not taken out and put back: each glides by a transform to its new place, and only rows
  // that can be seen are rewritten. The next patch of the table brings the document into the same order.

  const SLIDERS = '\x1d', ROW = '\x1e', FIELD = '\x1f';
  const SMOOTH = 40; // ms from frame to frame, above which a device is too slow for rows to glide
  let table = null; // what is known of the rows, until the table is patched
  let scrolled = 0; // scrollY, which would cost a layout to ask for at each step
  let smooth = true; // the frame of the last step was quick
  addEventListener('scroll', function () { scrolled = scrollY; }, { passive: true });

  function learn() {
    const body = document.getElementById('rows');
    if (!body) return null;
    for (const row of body.querySelectorAll('.border')) row.classList.remove('border'); // lines between groups of the order before
    const rows = new Map(), pinned = new Map();
    const slots = [];
    const known = (row, slot) => ({
      row: row, slot: slot, at: slot, told: '',
      rank: row.querySelector('td.rank button').firstChild, score: row.querySelector('td.score').firstChild,
      bars: row.querySelectorAll('td.bar rect'), change: row.querySelector('td.change'),
    });
    for (const row of body.querySelectorAll('tr[data-city]')) {
      rows.set(row.dataset.city, known(row, slots.length));
      slots.push(row.offsetTop);
    }
    for (const row of document.querySelectorAll('#pinned tr')) pinned.set(row.dataset.city, known(row, 0));
    scrolled = scrollY;
    const top = body.getBoundingClientRect().top + scrolled - (slots[0] || 0);
    return {
      body: body, rows: rows, pinned: pinned, slots: slots, top: top, height: innerHeight, detail: body.querySelector('tr.detail'),
      sliders: Array.from(document.querySelectorAll('.slider'), function (s) {
        return { fill: s.querySelector('.track rect:last-child'), input: s.querySelector('input'), output: s.querySelector('output') };
      }),
      fine: Array.from(document.querySelectorAll('.fine'), function (s) { return { input: s.querySelector('input'), output: s.querySelector('output') }; }),
    };
  }

  // steer shows a step of a slider: the shares of the pillars' sliders, the factors of the indicators' and the rows in their new order, as one text.
  function steer(told) {
    if (!table || !table.body.isConnected) table = learn();
    if (!table) return;
    const from = scrolled - table.top - 40, to = from + table.height + 40;
    const [shares, factors, rows] = told.split(SLIDERS);
    shares.split(FIELD).forEach(function (percent, p) {
      const { fill, input, output } = table.sliders[p];
      if (fill.getAttribute('width') === percent + '%') return;
      fill.setAttribute('width', percent + '%');
      output.textContent = percent + '\u202f%';
      input.setAttribute('aria-valuetext', percent + ' per cent');
      if (input.value !== percent) input.value = percent;
    });
    factors.split(FIELD).forEach(function (factor, k) {
      const { input, output } = table.fine[k];
      if (output.textContent === factor) return;
      output.textContent = factor;
      input.setAttribute('aria-valuetext', factor);
    });
    table.body.classList.add('stale');
    if (table.detail) table.detail.hidden = true;
    rows.split(ROW).forEach(function (line, at) {
      const city = line.slice(0, line.indexOf(FIELD));
      const pin = table.pinned.get(city), known = table.rows.get(city);
      if (pin && pin.told !== line) rewrite(pin, line);
      if (!known) return;
      const before = table.slots[known.at], after = table.slots[at];
      const seen = (before > from && before < to) || (after > from && after < to);
      if (seen && known.at !== at) { // a row that was out of sight and stays there is left where it is
        known.at = at;
        const shift = after - table.slots[known.slot];
        known.row.classList.toggle('gliding', smooth);
        known.row.style.transform = shift ? 'translateY(' + shift + 'px)' : '';
      }
      if (seen && known.told !== line) rewrite(known, line);
    });
    requestAnimationFrame(function (painting) {
      requestAnimationFrame(function (next) { smooth = next - painting < SMOOTH; });
    });
  }

  function rewrite(known, line) {
    known.told = line;
    const [, rank, score, change, ...parts] = line.split(FIELD);
    if (known.rank.nodeValue !== rank) known.rank.nodeValue = rank;
    if (known.score.nodeValue !== score) known.score.nodeValue = score;
    if (known.n !== change) {
      known.n = change;
      const n = Number(change);
      known.change.textContent = n > 0 ? '▲' + n : n < 0 ? '▼' + -n : '';
      known.change.className = 'change' + (n > 0 ? ' up' : n < 0 ? ' down' : '');
    }
    let x = 0;
    for (let p = 0; p < known.bars.length; p++) {
      const bar = known.bars[p], width = Number(parts[p]) / 10;
      const left = x.toFixed(1) + '%', wide = width.toFixed(1) + '%';
      if (bar.getAttribute('x') !== left) bar.setAttribute('x', left);
      if (bar.getAttribute('width') !== wide) bar.setAttribute('width', wide);
      x += width;
    }
  }

  // forget leaves the rows where the document has them; the patch that follows orders the document.
  function forget() {
    for (const { row } of table.rows.values()) {
      row.classList.remove('gliding');
      row.style.transform = '';
    }
    if (table.detail) table.detail.hidden = false;
    table = null;
  }

  globalThis.live = { address: address, patch: patch, save: save, picture: picture, steer: steer };
})();
