// The ranking and the city pages in a browser: readable, right, accessible, quiet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { engine, launch, tooNarrow, withPage } from '../lib/engines.mjs';
import { native } from '../lib/native.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** computed ranks a view with the engine outside the browser: city, rank and score of each, as the page writes them. */
const computed = async (query) => (await native(query)).map(({ city, rank, score }) => [city, rank, Number(score).toFixed(1)]);

/** shown reads the ranking off the page in the same form. */
const shown = (page) => page.evaluate(() => Array.from(document.querySelectorAll('#rows tr[data-city]'), (row) => [
  row.dataset.city, row.querySelector('.rank button').firstChild.nodeValue.replace('=', '').trim(), row.querySelector('.score').textContent.trim(),
]));

test('the ranking can be read with JavaScript switched off', { skip: engine !== 'chromium' && 'only Chromium can be driven with JavaScript switched off' }, async () => {
  const browser = await launch({ javaScript: false });
  try {
    await browser.page.goto(`${server.origin}/`);
    const html = await (await fetch(`${server.origin}/`)).text();
    assert.equal(new Set(html.match(/<tr[^>]*data-city="[^"]+"/g)).size, 100);
    assert.equal(await browser.page.visible('#ranking tr[data-city="seoul"] .score'), true);
    assert.equal(await browser.page.visible('#boot-progress'), false);
  } finally {
    await browser.close();
  }
});

test('the program takes over and shows what the native engine computes', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/`);
  await page.ready();
  assert.deepEqual(await shown(page), await computed(''));
}));

test('a slider re-ranks live, the address holds the view, and the values are those of the native engine', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/`);
  await page.ready();
  const before = await shown(page);
  await page.evaluate(() => document.getElementById('weight-telecom').focus());
  for (let i = 0; i < 20; i++) await page.press('ArrowRight');
  const query = await page.until('the address rests at a view with other weights', async () => {
    const earlier = location.search;
    await new Promise((resolve) => setTimeout(resolve, 1500)); // addresses follow a moving slider with a delay
    return earlier.includes('w=') && location.search === earlier && earlier.slice(1);
  });
  assert.notDeepEqual(await shown(page), before);
  await page.until('the table shows this view', ([id, score]) => document.querySelector(`#ranking tr[data-city="${id}"] .score`).textContent.trim() === score,
    await computed(query).then((rows) => [rows[0][0], rows[0][2]]));
  assert.deepEqual(await shown(page), await computed(query));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'weight-telecom', 'the slider keeps the focus');
}));

test('a link restores the view in a fresh profile, back and forward step through views', () => withPage({}, async (page) => {
  const query = 'w=3.1.1.2.1.1';
  await page.goto(`${server.origin}/?${query}`);
  await page.ready();
  const expected = await computed(query);
  assert.deepEqual(await shown(page), expected);
  assert.ok((await page.evaluate(() => location.search)).includes(query));
  await page.reload();
  await page.ready();
  assert.deepEqual(await shown(page), expected);
  await page.click(`#ranking tr[data-city="${expected[0][0]}"] th a`);
  await page.until('the city page', () => location.pathname.startsWith('/city/') && document.querySelector('h1'));
  await page.back();
  await page.until('the ranking is back', () => document.querySelector('#ranking tr[data-city]'));
  assert.deepEqual(await shown(page), expected);
}));

for (const id of ['seoul', 'lagos', 'san-francisco']) {
  test(`the page of ${id} opens by its address and shows the city`, () => withPage({}, async (page) => {
    await page.goto(`${server.origin}/city/${id}`);
    const before = await page.text('h1');
    await page.ready();
    assert.equal(await page.text('h1'), before, 'the title does not change when the program takes over');
    assert.ok(await page.evaluate(() => document.querySelectorAll('main a[href^="http"]').length) > 3, 'sources are linked');
  }));
}

for (const width of [390, 1440]) {
  for (const dark of [false, true]) {
    test(`axe finds nothing at ${width} pixels, ${dark ? 'dark' : 'light'}, and nothing scrolls sideways`, { skip: tooNarrow(width) }, () => withPage({ width, dark, height: width < 600 ? 844 : 900 }, async (page) => {
      for (const path of ['/', '/city/seoul', '/nowhere']) {
        await page.goto(server.origin + path);
        await page.ready();
        page.problems.length = path === '/nowhere' ? 0 : page.problems.length; // the browser reports the 404 itself
        assert.equal(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), dark);
        assert.deepEqual(await violations(page), [], path);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${path} scrolls sideways`);
      }
    }));
  }
}
