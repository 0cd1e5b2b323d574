// JavaScript because each call from WebAssembly into the page costs more than the change itself: this file takes new markup in one call and changes only what differs.
'use strict';

(function () {
  const still = matchMedia('(prefers-reduced-motion: reduce)');

  // patch makes the element of this id look like the markup, which must have one root element.
  // Elements with a data-key are moved and kept; what the visitor is using keeps its focus, value and open state.
  function patch(id, markup) {
    const from = document.getElementById(id);
    if (!from) return false;
    const template = document.createElement('template');
    template.innerHTML = markup;
    const to = template.content.firstElementChild;
    const glide = still.matches ? null : positions(from);
    const active = document.activeElement;
    morph(from, to);
    if (active && active !== document.activeElement && active.isConnected) active.focus({ preventScroll: true });
    if (glide) animate(glide);
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
        if (!keep.includes(name) && !to.hasAttribute(name)) from.removeAttribute(name);
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
        if (a === cursor) cursor = cursor.nextSibling;
        else from.insertBefore(a, cursor);
      } else {
        from.insertBefore(b, cursor);
      }
      b = next;
    }
    while (cursor) {
      const after = cursor.nextSibling;
      cursor.remove();
      cursor = after;
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

  globalThis.live = { patch: patch };
})();
