// Every screen by keyboard alone: what has the focus can be seen, has a name, and is not hidden by what stays in sight.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { engine, withPage } from '../lib/engines.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const stops = 45; // presses of Tab on each screen

/** focused tells of the element with the focus what a visitor must see of it. */
const focused = (page) => page.evaluate(async () => {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const box = el.getBoundingClientRect();
  // One place of it in sight is the least that is asked (WCAG 2.2, 2.4.11). A link over two lines has two boxes.
  const shows = (part) => {
    const top = Math.max(part.top, 0), bottom = Math.min(part.bottom, innerHeight);
    return [0.1, 0.3, 0.5, 0.7, 0.9].some((share) => {
      const at = document.elementFromPoint(Math.min(Math.max(part.left + part.width / 2, 1), innerWidth - 1), top + share * (bottom - top));
      return !!at && (el.contains(at) || el.labels?.[0]?.contains(at) === true);
    });
  };
  const outline = getComputedStyle(el);
  // The two thumbs of the brush lie over one another and take the pointer only where they are: the document is asked as if all of them did.
  const through = outline.pointerEvents === 'none';
  if (through) el.style.pointerEvents = 'auto';
  const seen = Array.from(el.getClientRects()).some(shows);
  if (through) el.style.pointerEvents = '';
  return {
    what: el.id || el.textContent.trim().slice(0, 40) || el.tagName,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    seen,
    ring: outline.outlineStyle !== 'none' && parseFloat(outline.outlineWidth) > 0,
    name: el.getAttribute('aria-label') || el.labels?.[0]?.textContent || el.textContent.trim() || el.getAttribute('title') || '',
  };
});

for (const width of [1440, 390]) {
  for (const path of ['/', '/city/seoul', '/compare?c=seoul,tokyo,paris', '/initiatives', '/regions', '/method']) {
    test(`${path} at ${width} pixels: the focus is seen at each of ${stops} stops`, { skip: engine === 'webkit' && 'a WebKit window is not given the focus without a window manager' }, () => withPage({ width, height: 800 }, async (page) => {
      await page.goto(server.origin + path);
      await page.ready();
      for (let i = 0; i < stops; i++) {
        await page.press('Tab');
        const now = await focused(page);
        if (!now || now.what === 'main') continue;
        assert.deepEqual({ inside: now.inside, seen: now.seen, ring: now.ring, named: now.name !== '' }, { inside: true, seen: true, ring: true, named: true }, `stop ${i + 1}: ${now.what}`);
      }
    }));
  }
}
