// The page of the method: the visitor's settings filled in, figures equal to those computed outside the browser, accessible.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { violations } from '../lib/axe.mjs';
import { engine, launch, tooNarrow, withPage } from '../lib/engines.mjs';
import { startServer, top } from '../lib/server.mjs';

const run = promisify(execFile);
let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** validate is what the command prints for a view outside the browser. */
const validate = async (...args) => (await run('go', ['run', './app/validate', ...args], { cwd: top })).stdout;

/** numbers reads the figures of a text, with true minus signs as plain ones. */
const numbers = (text) => (text.replaceAll('−', '-').match(/-?\d+(\.\d+)?/g) || []).map((n) => Number(n) || 0); // −0.00 is 0

test('the method can be read with JavaScript switched off', { skip: engine !== 'chromium' && 'only Chromium can be driven with JavaScript switched off' }, async () => {
  const browser = await launch({ javaScript: false });
  try {
    await browser.page.goto(`${server.origin}/method`);
    for (const selector of ['#method-steps math', '#method-sobol table', '#method-rankings table', '#method-sources details', '#citation']) {
      assert.equal(await browser.page.visible(selector), true, selector);
    }
  } finally {
    await browser.close();
  }
});

test('what was computed when the site was built stays when the program takes over', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/method`);
  const before = await page.text('#method-sobol');
  await page.ready();
  await page.until('the ranges are drawn', () => document.querySelector('#method-certainty').textContent.includes('median range'));
  assert.equal(await page.text('#method-sobol'), before);
}));

test('the steps are those of the view in the link', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/method?norm=zscore&over=geometric&perhead=1`);
  await page.ready();
  await page.until('the view is shown', () => document.querySelector('#method-steps').textContent.includes('z-score'));
  const steps = await page.text('#method-steps');
  for (const words of ['Geometric mean', 'Per million inhabitants', 'between 1 and 100']) assert.ok(steps.includes(words), words);
  assert.ok(await page.evaluate(() => document.querySelector('#method-steps math').namespaceURI.endsWith('MathML')), 'formulas are MathML');
  assert.ok(await page.evaluate(() => Array.from(document.querySelectorAll('#method-steps math'), (m) => m.getBoundingClientRect().height).every((h) => h > 10)), 'formulas are drawn');
}));

test('correlations with published rankings are those of the command', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/method?w=1.1.1.5.1.1`);
  await page.ready();
  const native = (await validate('w=1.1.1.5.1.1')).trim().split('\n').slice(1).map((line) => line.split(/\s{2,}/))
    .map(([, publisher, , shared, , rho, interval]) => [publisher, Number(shared), rho === '–' ? null : [...numbers(rho), ...numbers(interval)]]);
  await page.until('the view is shown', (rho) => document.querySelector('.studies td.rho').textContent.replace('−', '-') === rho, native[0][2][0].toFixed(2));
  const shown = await page.evaluate(() => Array.from(document.querySelectorAll('.studies tbody tr'), (row) => [
    row.dataset.study, row.querySelector('td').textContent, row.querySelector('.rho')?.textContent, row.querySelector('td.interval span')?.textContent,
  ]));
  assert.deepEqual(shown.map(([study, shared, rho, interval]) => [study, Number(shared), rho ? [...numbers(rho), ...numbers(interval)] : null]), native);
}));

test('Sobol indices of another view are computed when asked for, in slices, and are those of the command', () => withPage({}, async (page) => {
  const query = 'w=5.1.1.1.1.1';
  await page.goto(`${server.origin}/method?${query}`);
  await page.ready();
  await page.until('the button is there', () => document.querySelector('#sensitivity'));
  assert.equal(await page.evaluate(() => document.querySelector('#method-sobol table')), null, 'figures of the default view are not shown under this one');
  await page.evaluate(() => document.querySelector('#sensitivity').focus());
  await page.press('Enter');
  await page.until('the page says that it is working, or is done', () => document.querySelector('#sensing') || document.querySelector('#method-sobol table'));
  await page.until('the indices are there', () => document.querySelector('#method-sobol table'), undefined, 120);
  const shown = await page.evaluate(() => Array.from(document.querySelectorAll('.sobol tbody tr'), (row) => Array.from(row.querySelectorAll('td.num'), (cell) => cell.firstChild.textContent)));
  const native = (await validate('-sobol', query)).trim().split('\n').slice(-7).map((line) => line.split(/\s{2,}/)).map(([, first, , total]) => [Number(first), Number(total)]);
  shown.forEach((cells, k) => cells.forEach((text, column) => {
    const percent = text.includes('<') ? 0 : numbers(text)[0];
    assert.ok(Math.abs(percent - 100 * native[k][column]) <= 1, `${text} beside ${native[k][column]}`);
  }));
}));

test('the order without each source is computed for the view of the link, and its sources lead to their entries', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/method?w=1.1.1.1.1.9`);
  await page.ready();
  await page.until('the ranking was made anew without each source', () => document.querySelectorAll('#method-coverage tr').length > 15 && !document.querySelector('#method-coverage [role="status"]'), undefined, 60);
  const shifts = await page.evaluate(() => Array.from(document.querySelectorAll('.without tbody tr'), (row) => Number(row.querySelector('td.num').textContent)));
  assert.deepEqual(shifts, shifts.toSorted((a, b) => b - a), 'the source that moves most is first');
  assert.ok(shifts[0] > 0);
  assert.deepEqual(await page.evaluate(() => Array.from(document.querySelectorAll('#method-coverage a[href^="#source-"]'), (a) => a.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id))), []);
}));

test('every file to download is there, and its description is no inline script to the browser', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/method`);
  await page.ready();
  const links = await page.evaluate(() => Array.from(document.querySelectorAll('#method-downloads a[download]'), (a) => a.href));
  assert.ok(links.length > 15, `${links.length} files`);
  for (const link of links) assert.equal((await fetch(link, { method: 'HEAD' })).status, 200, link);
  const described = await page.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent));
  assert.equal(described['@type'], 'Dataset');
  for (const file of described.distribution) assert.ok(links.includes(new URL(file.contentUrl, `${server.origin}/method`).href), file.contentUrl);
}));

test('a link to a source leads to its entry, and every source has a licence and says where it was read', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/method`);
  await page.ready();
  await page.click('.indicators tr[data-indicator="dc_sites"] td.from a');
  assert.equal(await page.evaluate(() => location.hash), '#source-osm_data_centres');
  assert.equal(await page.evaluate(() => document.querySelector('details#source-osm_data_centres').textContent.includes('ODbL')), true);
  assert.equal(await page.evaluate(() => Array.from(document.querySelectorAll('details.source')).every((d) => (d.querySelector('a[href^="http"]') || d.textContent.includes('each fact names the page')) && d.textContent.includes('Licence'))), true);
}));

for (const width of [320, 1440]) {
  for (const dark of [false, true]) {
    test(`axe finds nothing on the method at ${width} pixels, ${dark ? 'dark' : 'light'}, folded or open`, { skip: tooNarrow(width) }, () => withPage({ width, dark }, async (page) => {
      await page.goto(`${server.origin}/method`);
      await page.ready();
      assert.deepEqual(await violations(page), []);
      await page.evaluate(() => { for (const d of document.querySelectorAll('main details')) d.open = true; });
      assert.deepEqual(await violations(page), [], 'all open');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'it scrolls sideways');
    }));
  }
}
