// Regions and countries: readable, right, and each claim leads to the view that shows it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { engine, launch, tooNarrow, withPage } from '../lib/engines.mjs';
import { native } from '../lib/native.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** total is the number of initiatives of a view's cities, counted outside the browser. */
async function total(query) {
  return (await native(query)).reduce((sum, { initiatives }) => sum + Number(initiatives), 0);
}

/** shown adds up the initiatives of the regions on the page. */
const shown = (page) => page.evaluate(() => Array.from(document.querySelectorAll('#regions-table tbody tr'),
  (row) => Number(row.querySelectorAll('td')[1].textContent.replace(/\D/g, ''))).reduce((a, b) => a + b, 0));

test('regions and claims can be read with JavaScript switched off', { skip: engine !== 'chromium' && 'only Chromium can be driven with JavaScript switched off' }, async () => {
  const browser = await launch({ javaScript: false });
  try {
    await browser.page.goto(`${server.origin}/regions`);
    for (const selector of ['#regions-table table', '#regions-growth svg.chart', '#claim-china .verdict', '#regions-countries table']) {
      assert.equal(await browser.page.visible(selector), true, selector);
    }
  } finally {
    await browser.close();
  }
});

test('the regions share out exactly the initiatives that the ranking counts', () => withPage({}, async (page) => {
  for (const query of ['', 'sector=health']) {
    await page.goto(`${server.origin}/regions?${query}`);
    await page.ready();
    const expected = await total(query);
    await page.until('the view is shown', (n) => document.querySelector('#intro .lead').textContent.replace(/\s/g, '').includes(String(n)), expected);
    assert.equal(await shown(page), expected);
  }
}));

test('a claim leads to the view that shows it, and back', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/regions`);
  await page.ready();
  const before = await shown(page);
  const verdicts = await page.evaluate(() => Array.from(document.querySelectorAll('.claims .verdict'), (v) => v.textContent));
  assert.equal(verdicts.length, 6);
  await page.click('#claim-europe .links a:last-child');
  await page.until('partial sources are on', () => location.search.includes('partial=1') && document.querySelector('#intro .alert-text'));
  assert.equal(await shown(page), await total('partial=1'));
  assert.deepEqual(await page.evaluate(() => Array.from(document.querySelectorAll('.claims .verdict'), (v) => v.textContent)), verdicts, 'a claim is judged by the same data whatever is filtered');
  await page.back();
  await page.until('the view is the first again', () => !document.querySelector('#intro .alert-text'));
  assert.equal(await shown(page), before);
}));

test('a region leads to the ranking of its cities', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/regions`);
  await page.ready();
  await page.click('#regions-table tr[data-area="Middle East"] th a');
  await page.until('the ranking', () => location.pathname === '/' && document.querySelector('#ranking tr[data-city="dubai"]'));
  assert.equal(await page.evaluate(() => document.querySelector('#ranking tr[data-city="london"]')), null);
}));

for (const width of [320, 1440]) {
  for (const dark of [false, true]) {
    test(`axe finds nothing on the regions at ${width} pixels, ${dark ? 'dark' : 'light'}, folded or open`, { skip: tooNarrow(width) }, () => withPage({ width, dark }, async (page) => {
      await page.goto(`${server.origin}/regions`);
      await page.ready();
      assert.deepEqual(await violations(page), []);
      await page.evaluate(() => { for (const d of document.querySelectorAll('main details')) d.open = true; });
      assert.deepEqual(await violations(page), [], 'all open');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'it scrolls sideways');
    }));
  }
}
