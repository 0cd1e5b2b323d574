// Why a city is where it is, what would move it, and cities side by side: what is shown adds up, is the engine's, and does what it says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { tooNarrow, withPage } from '../lib/engines.mjs';
import { native } from '../lib/native.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

async function open(page, path) {
  await page.goto(server.origin + path);
  await page.ready();
}

/** computed ranks a view with the engine outside the browser: city → { rank, score }. */
const computed = async (query) => new Map((await native(query)).map(({ city, rank, score }) => [city, { rank: Number(rank), score: Number(score).toFixed(1) }]));

/** difference reads the shown difference of two cities off the page, in tenths of a point. */
const difference = (page, section) => page.evaluate((s) => {
  const root = document.querySelector(s);
  const tenths = (text) => Math.round(10 * Number(text.replace('−', '-').replace('+', '').replace(/\u202f/g, '')));
  const numbers = root.querySelector('.words').textContent.match(/ scores (−?[\d.]+) and .*? (−?[\d.]+)\. /);
  return {
    scores: [numbers[1], numbers[2]].map(tenths),
    pillars: Array.from(root.querySelectorAll('details.give'), (d) => ({
      gives: tenths(d.querySelector('summary b').textContent), indicators: Array.from(d.querySelectorAll('li b'), (b) => tenths(b.textContent)),
    })),
    sum: tenths(root.querySelector('.give.sum b').textContent),
    swap: document.getElementById('swap').textContent,
    link: document.querySelector('#swap a')?.href,
  };
}, section);

const total = (list) => list.reduce((a, b) => a + b, 0);

function assertAddsUp(d) {
  assert.equal(d.pillars.length, 6);
  assert.equal(total(d.pillars.map((p) => p.gives)), d.scores[0] - d.scores[1], 'the pillars add up to the difference of the scores that are shown');
  assert.equal(d.sum, d.scores[0] - d.scores[1]);
  for (const p of d.pillars) assert.equal(total(p.indicators), p.gives, 'the indicators add up to their pillar');
}

/** choose picks an option of a list as a visitor does. */
const choose = (page, id, value) => page.evaluate(([i, v]) => {
  const list = document.getElementById(i);
  list.value = v;
  list.dispatchEvent(new Event('change', { bubbles: true }));
}, [id, value]);

for (const query of ['', 'vs=lagos', 'w=3.1.1.1.1.1&vs=new-york', 'over=geometric&vs=tokyo', 'norm=zscore&over=topsis&vs=paris']) {
  test(`why Seoul is where it is adds up and holds the engine's scores: ${query || 'default view'}`, () => withPage({}, async (page) => {
    await open(page, `/city/seoul${query && `?${query}`}`);
    await page.until('all is computed', () => !/eing computed/.test(document.getElementById('city-why').textContent), null, 60);
    const d = await difference(page, '#city-why');
    assertAddsUp(d);
    const other = await page.evaluate(() => document.getElementById('against').value);
    const engine = await computed(query);
    assert.deepEqual(d.scores, [engine.get('seoul').score, engine.get(other).score].map((x) => Math.round(10 * x)));
  }));
}

test('the city to compare with is picked, is in the link, and the link restores it', () => withPage({}, async (page) => {
  await open(page, '/city/seoul');
  await choose(page, 'against', 'beijing');
  await page.until('the question names it', () => /Beijing\?$/.test(document.getElementById('city-why-title').textContent));
  await page.until('the address names it', () => location.search.includes('vs=beijing'));
  const before = await difference(page, '#city-why');
  assertAddsUp(before);
  await page.reload();
  await page.ready();
  const after = await difference(page, '#city-why');
  assert.deepEqual([after.scores, after.pillars], [before.scores, before.pillars]);
}));

test('the view that is said to turn two cities round does', () => withPage({}, async (page) => {
  for (const [a, b] of [['seoul', 'london'], ['lagos', 'seoul'], ['tokyo', 'paris']]) {
    await open(page, `/city/${a}?vs=${b}`);
    await page.until('all is computed', () => !/eing computed/.test(document.getElementById('city-why').textContent), null, 60);
    const { swap, link } = await difference(page, '#city-why');
    const [now, then] = [await computed(''), link && await computed(new URL(link).search.slice(1))];
    const behind = now.get(a).rank > now.get(b).rank ? [a, b] : [b, a];
    if (link) assert.ok(then.get(behind[0]).rank < then.get(behind[1]).rank, `${behind[0]} passes ${behind[1]} with ${link}`);
    else assert.match(swap, /Under no weights/);
  }
}));

test('what would move Lagos up is there without JavaScript, and is computed anew for a view of one\'s own', async () => {
  const html = await (await fetch(`${server.origin}/city/lagos`)).text();
  assert.match(html, /The nearest way: <b>/);
  assert.doesNotMatch(html, /eing computed/);
  await withPage({}, async (page) => {
    await open(page, '/city/lagos?w=1.1.6.1.1.1');
    await page.until('it is computed', () => !/eing computed/.test(document.getElementById('city-up').textContent), null, 60);
    const rows = await page.evaluate(() => Array.from(document.querySelectorAll('.rises tbody tr'), (r) => [r.querySelector('.now').textContent, r.querySelector('.needed b')?.textContent, r.querySelector('.then').textContent]));
    const found = rows.filter((r) => r[1]);
    assert.ok(found.length > 0, 'some indicator moves it up');
    const { rank } = (await computed('w=1.1.6.1.1.1')).get('lagos');
    for (const r of found) assert.ok(Number.parseInt(r[2], 10) < rank, `${r} is better than ${rank}`);
  });
});

test('cities are put side by side from a suggestion, added, taken out, and figures are the engine\'s', () => withPage({}, async (page) => {
  await open(page, '/compare');
  await page.click('#compare-start li a');
  await page.until('two cities', () => document.querySelectorAll('.beside thead th').length === 2);
  await choose(page, 'compare-add', 'lagos');
  await page.until('three cities', () => document.querySelectorAll('.beside thead th').length === 3);
  assert.equal(await page.evaluate(() => document.getElementById('compare-add').value), '', 'the list is ready for the next city');
  const ids = await page.evaluate(() => new URLSearchParams(location.search).get('c').split(','));
  assert.equal(ids[2], 'lagos');
  const engine = await computed('');
  const scores = await page.evaluate(() => Array.from(document.querySelectorAll('.beside tbody tr'), (r) => [r.querySelector('th').textContent.trim(), Array.from(r.querySelectorAll('td'), (d) => d.textContent.replace(/▸| ahead/g, ''))]).find((r) => r[0] === 'Score')[1]);
  assert.deepEqual(scores, ids.map((id) => engine.get(id).score));
  assertAddsUp(await difference(page, '#compare-why'));

  await page.until('the chances are drawn', () => !document.querySelector('.chances').textContent.includes('…'), null, 60);
  const chances = await page.evaluate(() => Array.from(document.querySelectorAll('.chances tbody tr'), (r) => Array.from(r.querySelectorAll('td'), (d) => Number.parseInt(d.textContent, 10))));
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < i; k++) {
      const sum = chances[i][k] + chances[k][i];
      // 'More than 99' is no number: NaN, or null where a driver speaks JSON.
      if ([chances[i][k], chances[k][i]].every(Number.isFinite)) assert.ok(sum >= 98 && sum <= 101, `${sum} of 100 for a pair: ${JSON.stringify(chances)}`);
    }
  }

  await page.click(`#chance-lagos-${ids[0]}`);
  await page.until('the pair is explained', (id) => location.search.includes(`pair=lagos,${id}`) && /^Why is Lagos behind/.test(document.getElementById('compare-why-title').textContent), ids[0]);
  assertAddsUp(await difference(page, '#compare-why'));

  await page.evaluate((id) => document.getElementById(`remove-${id}`).focus(), ids[0]);
  await page.press('Enter');
  await page.until('it is out', () => document.querySelectorAll('.beside thead th').length === 2);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'compare-add', 'the focus is not lost');
  await page.back();
  await page.until('it is back', () => document.querySelectorAll('.beside thead th').length === 3);
}));

test('a link with cities that are unknown, doubled or too many opens with what can be compared', () => withPage({}, async (page) => {
  await open(page, '/compare?c=seoul,atlantis,seoul,tokyo,paris,london,beijing,singapore,lagos');
  assert.equal(await page.evaluate(() => document.querySelectorAll('.beside thead th').length), 6);
  assert.match(await page.text('#notes'), /could not be used/);
  await open(page, '/compare?c=seoul,zhuzhou');
  assert.match(await page.text('#intro'), /Zhuzhou is not ranked/);
}));

test('the rows of the ranking lead to a comparison', () => withPage({}, async (page) => {
  await open(page, '/?city=seoul');
  await page.click('.detail-body a[href*="compare"]');
  await page.until('the comparison', () => location.pathname === '/compare' && document.querySelectorAll('.beside thead th').length === 2);
}));

for (const [width, dark] of [[320, false], [390, true], [1440, false]]) {
  test(`axe finds nothing at ${width} pixels, ${dark ? 'dark' : 'light'}, and nothing scrolls sideways`, { skip: tooNarrow(width) }, () => withPage({ width, dark, height: 844 }, async (page) => {
    for (const path of ['/compare', '/compare?c=seoul,san-francisco,new-york,singapore,washington,beijing', '/city/seoul?vs=beijing']) {
      await open(page, path);
      await page.evaluate(() => { for (const d of document.querySelectorAll('.give')) d.open = true; });
      assert.deepEqual(await violations(page), [], path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${path} scrolls sideways`);
    }
  }));
}
