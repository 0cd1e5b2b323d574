// What a visitor takes away: tables with the engine's figures, charts that open and are not blank.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { tooNarrow, withPage } from '../lib/engines.mjs';
import { painted, pngSize, taken } from '../lib/files.mjs';
import { native } from '../lib/native.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** cells splits the lines of a CSV file that has no line break in a cell. */
const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, bare]) => (quoted === undefined ? bare : quoted.replaceAll('""', '"')));

test('the ranking taken away as CSV and JSON has the figures of the native engine, its link and its sources', () => withPage({}, async (page) => {
  const query = 'w=3.1.1.2.1.1';
  await page.goto(`${server.origin}/?${query}`);
  await page.ready();
  await page.until('the rank intervals are there', () => !document.querySelector('#ranking .waiting') && !document.querySelector('#rows.stale'));
  const expected = await native(query);

  const file = await taken(page, 'csv', 'ranking');
  assert.match(file.name, /^ai-cities-ranking-\d{4}\.\d+\.csv$/);
  const lines = file.bytes.toString('utf8').replace('\ufeff', '').trim().split('\r\n');
  const notes = lines.filter((line) => line.startsWith('#'));
  assert.ok(notes.some((line) => line.includes(`${server.origin}/?${query}`)), notes.join('\n'));
  assert.ok(notes.some((line) => line.startsWith('# Source: ')));
  assert.ok(notes.some((line) => line.startsWith('# Edition: ')));
  const [header, ...rows] = lines.slice(notes.length).map(cells);
  const at = (name) => header.indexOf(name);
  const own = (name) => at(name === 'city' ? 'id' : name); // the command names a city by its id
  for (const name of Object.keys(expected[0])) assert.ok(own(name) >= 0, `the file has no ${name}`);
  const same = (cell, figure) => (figure === '' ? cell === '' || cell === null : String(cell) === figure || Math.abs(Number(cell) - Number(figure)) < 1e-9);
  const compare = (rows_) => {
    assert.equal(rows_.length, expected.length);
    rows_.forEach((row, k) => {
      for (const [name, figure] of Object.entries(expected[k])) assert.ok(same(row[own(name)], figure), `${name} of ${row[at('id')]}: ${row[own(name)]}, not ${figure}`);
    });
  };
  compare(rows);
  for (const row of rows) assert.ok(Number(row[at('rank_low')]) >= 1 && Number(row[at('rank_high')]) >= Number(row[at('rank_low')]), row.join());

  const json = JSON.parse((await taken(page, 'json', 'ranking')).bytes.toString('utf8'));
  assert.deepEqual(Object.keys(json), ['title', 'link', 'edition', 'sources', 'columns', 'rows']);
  assert.deepEqual(json.columns, header);
  compare(json.rows);
  assert.ok(json.sources.every((source) => source.title && source.licence));
}));

for (const chart of ['bump', 'weight', 'scatter', 'distribution']) {
  test(`the chart '${chart}' is chosen by keyboard, has a table twin, and is taken away as a drawing and a picture`, () => withPage({}, async (page) => {
    await page.goto(`${server.origin}/?city=lagos`);
    await page.ready();
    assert.equal(await page.evaluate(() => document.querySelectorAll('#chart svg').length), 0, 'no chart is drawn before it is chosen');
    await page.evaluate((id) => document.getElementById(`chart-tab-${id}`).focus(), chart);
    await page.press('Enter');
    await page.until('the chart is drawn', () => document.querySelector('#chart svg.chart'));
    await page.until('the address holds the chart', (id) => location.search.includes(`chart=${id}`), chart);
    assert.equal(await page.evaluate(() => document.activeElement.id), `chart-tab-${chart}`, 'the focus stays');
    assert.deepEqual(await violations(page), []);

    await page.click(`#twin-${chart} summary`);
    assert.ok(await page.evaluate((id) => document.querySelectorAll(`#twin-${id} tbody tr`).length, chart) > 3);

    const svg = (await taken(page, 'svg', chart)).bytes.toString('utf8');
    const link = await page.evaluate(() => location.href);
    const read = await page.evaluate((text) => {
      const document_ = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { root: document_.documentElement.nodeName, title: document_.querySelector('title').textContent, desc: document_.querySelector('desc').textContent, drawn: Array.from(document_.querySelectorAll('text'), (t) => t.textContent).join('') };
    }, svg);
    assert.equal(read.root, 'svg');
    assert.equal(read.title, await page.text('#chart h2'));
    assert.ok(read.desc.includes(link), read.desc);
    assert.ok(read.drawn.replaceAll(' ', '').includes(link.replaceAll(' ', '')), 'the link is drawn');
    assert.ok(read.drawn.includes('Sources'));

    const png = await taken(page, 'png', chart);
    assert.equal(png.type, 'image/png', 'the browser painted the drawing');
    const [width, height] = pngSize(png.bytes);
    assert.ok(png.bytes.includes(link) && png.bytes.includes('Source: '), 'the picture carries its link and sources');
    assert.ok(width >= 1600 && height >= 800, `${width} × ${height}`);
    const dark = await painted(page, png.bytes);
    assert.ok(dark > 0.005 && dark < 0.5, `${dark} of the picture is dark`);
  }));
}

for (const width of [320, 390]) {
  test(`charts fit a screen of ${width} pixels`, { skip: tooNarrow(width) }, () => withPage({ width, height: 800, dark: true }, async (page) => {
    for (const chart of ['bump', 'weight', 'scatter', 'distribution']) {
      await page.goto(`${server.origin}/?chart=${chart}`);
      await page.ready();
      await page.until('the chart is drawn', () => document.querySelector('#chart svg.chart'));
      assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth <= innerWidth,
        getComputedStyle(document.querySelector('#chart svg.wide')).display, getComputedStyle(document.querySelector('#chart svg.narrow')).display]), [true, 'none', 'block'], chart);
    }
  }));
}

test('a preset\'s page opens as the ranking under its weights', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/preset/research`);
  assert.match(await page.evaluate(() => document.title), /research/);
  const first = await page.text('#ranking tbody tr th a');
  await page.ready();
  assert.equal(await page.text('#ranking tbody tr th a'), first);
  assert.equal(await page.evaluate(() => document.getElementById('preset-research').getAttribute('aria-pressed')), 'true');
}));
