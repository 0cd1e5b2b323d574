// What the four visitors came for, each from start to end and by keyboard alone: a figure that can be defended, a link and a
// picture, what would move a city up, and the same on a small phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { withPage } from '../lib/engines.mjs';
import { painted, pngSize, taken } from '../lib/files.mjs';
import { native } from '../lib/native.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** tabTo presses Tab until the element with this id has the focus. */
async function tabTo(page, id, most = 400) {
  for (let i = 0; i < most; i++) {
    if (await page.evaluate(() => document.activeElement.id) === id) return;
    await page.press('Tab');
  }
  assert.fail(`${id} is not reached with ${most} presses of Tab`);
}

const rows = (page) => page.evaluate(() => Array.from(document.querySelectorAll('#rows tr[data-city]'), (row) => row.dataset.city));
const settled = (page) => page.until('the rank intervals are there', () => document.querySelector('#rows') && !document.querySelector('#ranking .waiting') && !document.querySelector('#rows.stale'));

test('an analyst defends a number: own weights, why a city is behind another, the figures as CSV', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/`);
  await page.ready();
  await tabTo(page, 'weight-university');
  for (let i = 0; i < 10; i++) await page.press('ArrowRight');
  await page.until('the address holds the weights', () => location.search.includes('w='));
  await settled(page);
  const query = await page.evaluate(() => location.search.slice(1));
  const expected = await native(query);
  assert.deepEqual(await rows(page), expected.map((x) => x.city));

  const third = expected[2].city;
  await page.evaluate((id) => document.getElementById(`open-${id}`).focus(), third);
  await page.press('Enter');
  await page.until('the row opens', () => document.querySelector('#ranking .detail'));
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-expanded')), 'true', 'the focus stays and says that the row is open');
  await page.evaluate(() => [...document.querySelectorAll('#ranking .detail a')].find((a) => a.textContent.startsWith('Why')).focus());
  await page.press('Enter');
  await page.until('the city page explains', () => document.querySelectorAll('#city-why details.give').length === 6);
  await page.until('the indicators are worked out', () => !document.querySelector('#city-why').textContent.includes('being computed'));
  const parts = await page.evaluate(() => Array.from(document.querySelectorAll('#city-why .give > summary b'), (b) => Number(b.textContent.replace('−', '-').replace('+', ''))));
  const sum = await page.evaluate(() => Number(document.querySelector('#city-why .give.sum b').textContent.replace('−', '-').replace('+', '')));
  assert.ok(Math.abs(parts.reduce((a, b) => a + b, 0) - sum) < 0.01, `${parts} add up to ${sum}`);

  const file = await taken(page, 'csv', 'city-indicators');
  assert.match(file.name, new RegExp(`^ai-cities-city-${third}-indicators-\\d{4}\\.\\d+\\.csv$`));
  const text = file.bytes.toString('utf8');
  assert.ok(text.includes(`This view: ${await page.evaluate(() => location.href)}`), 'the file names its view');
  assert.ok(text.split('\r\n').filter((line) => line && !line.startsWith('#') && !line.startsWith('\ufeff')).length > 15);
}));

test('a journalist takes a link and a picture: the link restores the view in a fresh profile', async () => {
  let link, order;
  await withPage({}, async (page) => {
    await page.goto(`${server.origin}/`);
    await page.ready();
    await tabTo(page, 'preset-business');
    await page.press('Enter');
    await page.until('the view is in the address', () => location.search.includes('w='));
    await settled(page);
    const file = await taken(page, 'png', 'ranking');
    assert.equal(file.type, 'image/png');
    const [width, height] = pngSize(file.bytes);
    assert.ok(width >= 1600 && height >= 800, `${width} × ${height}`);
    assert.ok(await painted(page, file.bytes) > 0.005, 'the picture is not blank');
    const map = await taken(page, 'png', 'map');
    assert.equal(map.type, 'image/png');
    assert.ok(await painted(page, map.bytes) > 0.003, 'the map is not blank');
    const drawn = (await taken(page, 'svg', 'map')).bytes.toString('utf8');
    assert.ok(drawn.includes('San Francisco') && /<path d="M[^"]{10000}/.test(drawn), 'the map has its land and its names');
    await page.evaluate(() => document.getElementById('share').focus());
    await page.press('Enter');
    await page.until('the dialog is open', () => document.getElementById('share-view').open && document.getElementById('share-link'));
    assert.deepEqual(await violations(page), []);
    assert.match(await page.text('.contents'), /Weights of the pillars/);
    link = await page.evaluate(() => document.getElementById('share-link').value);
    order = await rows(page);
    await page.press('Escape');
    await page.until('the dialog is closed', () => !document.getElementById('share-view').open);
  });
  await withPage({}, async (page) => {
    await page.goto(link);
    await page.ready();
    assert.deepEqual(await rows(page), order);
    assert.equal(await page.evaluate(() => location.href), link);
    await settled(page);
  });
});

test('a city officer learns what would move Lagos up', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/`);
  await page.ready();
  await page.press('/');
  await page.until('the palette is open', () => document.getElementById('palette').open);
  await page.type('lagos');
  await page.until('Lagos is found', () => document.querySelector('#palette-list li')?.textContent.includes('Lagos'));
  await page.press('Enter');
  await page.until('the answer is worked out', () => document.querySelector('#city-up .rises td b') && !document.querySelector('#city-up').textContent.includes('…'));
  const answer = await page.text('#reach');
  assert.match(answer, /would make it \d+(st|nd|rd|th)/);
  const csv = (await taken(page, 'csv', 'city-rises')).bytes.toString('utf8');
  const [first] = csv.split('\r\n').filter((line) => line && !line.startsWith('#') && !line.startsWith('\ufeff')).slice(1);
  const [indicator, , now, needed] = first.split(',');
  assert.ok(indicator && (now === '' || Number(needed) !== Number(now)), first);
  const link = await page.evaluate(() => [...document.querySelectorAll('#reach a')][0]?.href);
  assert.ok(link, 'the weights that put it highest are a link');
  const place = Number(/anywhere from (\d+)/.exec(answer)[1]);
  const best = (await native(new URL(link).search.slice(1))).find((x) => x.city === 'lagos');
  assert.equal(Number(best.rank), place, 'the link gives the place that is said');
}));

test('a student on a small phone turns to health since 2020 and compares two cities', () => withPage({ width: 390, height: 800, dark: true }, async (page) => {
  await page.goto(`${server.origin}/`);
  await page.ready();
  await page.evaluate(() => document.getElementById('sheet').focus());
  await page.press('Enter');
  await page.until('the sheet is open', () => document.getElementById('sheet').getAttribute('aria-expanded') === 'true');
  await page.evaluate(() => { document.getElementById('fold-sector').open = true; document.getElementById('sector-health').focus(); });
  await page.press(' ');
  await page.until('the filter is in the address', () => location.search.includes('sector=health'));
  await page.press('Escape');
  await page.until('the sheet is closed', () => document.getElementById('sheet').getAttribute('aria-expanded') === 'false');
  const expected = await native(await page.evaluate(() => location.search.slice(1)));
  assert.deepEqual(await rows(page), expected.map((x) => x.city));
  await page.evaluate(() => document.querySelector('#rows .place').focus());
  await page.press('Enter');
  await page.until('the row opens', () => document.querySelector('#ranking .detail'));
  await page.evaluate(() => [...document.querySelectorAll('#ranking .detail a')].find((a) => a.textContent.startsWith('Compare')).focus());
  await page.press('Enter');
  await page.until('two cities stand side by side', () => document.querySelectorAll('#compare-table thead th').length === 2);
  assert.ok(await page.evaluate(() => location.search.includes('sector=health') && location.search.includes('c=')));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing scrolls sideways');
  assert.deepEqual(await violations(page), []);
}));

test('every control of the ranking is in the link', () => withPage({}, async (page) => {
  const search = (part) => page.until(`the address holds ${part}`, (p) => location.search.includes(p), part);
  await page.goto(`${server.origin}/`);
  await page.ready();
  await page.evaluate(() => { document.getElementById('fold-indicators').open = true; document.getElementById('indicator-gov_city').focus(); });
  await page.press('ArrowRight');
  await search('iw=gov_city:15');
  await page.evaluate(() => { const u = document.getElementById('universe'); u.value = 'region'; u.dispatchEvent(new Event('change', { bubbles: true })); });
  await search('cities=region&region=North+America');
  await page.evaluate(() => document.getElementById('find-city').focus());
  await page.type('canada');
  await search('find=canada');
  await page.until('only Canada is left', () => new Set(Array.from(document.querySelectorAll('#rows abbr'), (a) => a.textContent)).size === 1);
  await page.evaluate(() => document.querySelector('#rows .place').focus());
  await page.press('Enter');
  await search('city=');
  await page.evaluate(() => document.querySelector('[id^="pin-"]').focus());
  await page.press('Enter');
  await search('pin=');
  await page.evaluate(() => document.getElementById('map-in').focus());
  await page.press('Enter');
  await search('at=2.');
  await page.evaluate(() => document.getElementById('world').focus());
  await page.press('ArrowRight');
  await page.press('+');
  await search('at=4.');
  assert.deepEqual(await violations(page), []);
  const link = await page.until('the address rests', async () => {
    const before = location.href;
    await new Promise((resolve) => setTimeout(resolve, 800));
    return before === location.href && before;
  });
  const state = () => page.evaluate(() => [document.getElementById('rows').textContent, document.getElementById('pinned').textContent, document.querySelector('.land').getAttribute('viewBox'), document.getElementById('find-city').value]);
  await settled(page);
  const seen = await state();
  await page.goto(link);
  await page.ready();
  await settled(page);
  assert.deepEqual(await state(), seen);
  assert.equal(await page.evaluate(() => location.href), link);
}));

test('a frame on another site shows one view and leads back to it', () => withPage({}, async (page) => {
  for (const path of ['/?w=3.1.1.2.1.1&embed=1', '/city/seoul?embed=1', '/compare?c=seoul,tokyo&embed=1']) {
    await page.goto(server.origin + path);
    await page.ready();
    await page.until('the frame is drawn', () => document.getElementById('embed-top'));
    assert.deepEqual(await page.evaluate(() => ['top', 'foot', 'panel'].filter((id) => document.getElementById(id))), []);
    const back = await page.evaluate(() => { const a = document.querySelector('#embed-top a'); return [a.href, a.target]; });
    assert.equal(back[1], '_blank');
    assert.ok(!back[0].includes('embed'), back[0]);
    assert.deepEqual(await violations(page), []);
  }
}));
