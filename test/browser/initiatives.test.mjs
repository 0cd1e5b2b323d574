// The list of initiatives in a browser: all of it can be found, scrolled through and taken away, by mouse, keyboard and without either.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { engine, tooNarrow, withPage } from '../lib/engines.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** withList opens the list with a query for one test. */
const withList = (options, query, body) => withPage(options, async (page) => {
  await page.goto(`${server.origin}/initiatives${query}`);
  if (options.javaScript !== false) await page.ready();
  await body(page);
});

/** list says what of the list is in the page. */
const list = (page) => page.evaluate(() => {
  const rows = Array.from(document.querySelectorAll('#record-rows > .record'));
  return {
    rows: rows.length,
    all: Number(document.querySelector('#record-rows')?.dataset.total ?? 0),
    count: Number((/^\D*?([\d\u202f]+)/.exec(document.querySelector('#list-count').textContent) || [0, ''])[1].replaceAll('\u202f', '')),
    indices: rows.map((row) => Number(row.getAttribute('aria-rowindex'))),
    names: rows.map((row) => row.querySelector('.name').textContent),
  };
});

/** seen are the rows that the window shows, with the index that each must have by its place. */
const seen = (page) => page.evaluate(() => {
  const top = document.querySelector('#record-rows').getBoundingClientRect().top;
  return Array.from(document.querySelectorAll('#record-rows > .record')).map((row) => ({ box: row.getBoundingClientRect(), index: Number(row.getAttribute('aria-rowindex')) }))
    .filter(({ box }) => box.bottom > 0 && box.top < innerHeight)
    .map(({ box, index }) => ({ index, expected: Math.round((box.top - top) / box.height) + 2 }));
});

test('the first records and the facets can be read with JavaScript switched off', { skip: engine !== 'chromium' && 'only Chromium can be driven with JavaScript switched off' },
  () => withList({ javaScript: false }, '', async (page) => {
    const html = await (await fetch(`${server.origin}/initiatives`)).text();
    assert.equal(new Set(html.match(/aria-rowindex="\d+"/g)).size, 51, '50 records and the head');
    assert.equal(await page.visible('#record-rows > .record:last-child .name'), true);
    assert.equal(await page.visible('#facets .histogram'), true);
  }));

test('however far the list is scrolled, the page holds as many rows and shows those of that place', () => withList({}, '', async (page) => {
  await page.until('the list is a window', () => document.querySelector('#record-rows').style.height !== '');
  const start = await list(page);
  assert.ok(start.all > 20000 && start.count === start.all, `${start.all} records`);
  for (const share of [0.1, 0.5, 0.93, 1, 0.3]) {
    await page.evaluate((s) => scrollTo(0, s * document.documentElement.scrollHeight), share);
    await page.until('the rows of the place are there', () => {
      const body = document.querySelector('#record-rows').getBoundingClientRect();
      const rows = Array.from(document.querySelectorAll('#record-rows > .record'), (row) => row.getBoundingClientRect());
      const from = Math.max(body.top, 0), to = Math.min(body.bottom, innerHeight);
      return rows.some((r) => r.top <= from + 1 && r.bottom > from) && rows.some((r) => r.bottom >= to - 1 && r.top < to);
    });
    const now = await list(page);
    assert.equal(now.rows, start.rows, `rows at ${share}`);
    for (const row of await seen(page)) assert.equal(row.index, row.expected);
  }
  assert.ok(await page.evaluate(() => document.querySelectorAll('*').length) < 2000, 'elements in the page');
}));

test('when the program shows the list anew while it writes rows, no row is there twice', () => withList({}, '', async (page) => {
  await page.until('the list is a window', () => document.querySelector('#record-rows').style.height !== '');
  const start = await list(page);
  await page.evaluate(() => {
    const write = globalThis.recordRows;
    globalThis.recordRows = (at, n) => {
      globalThis.recordRows = write;
      records.show();
      return write(at, n);
    };
    scrollTo(0, 0.5 * document.documentElement.scrollHeight);
  });
  await page.until('the rows of the place are there', () => Number(document.querySelector('#record-rows > .record').dataset.at) > 1000);
  const now = await list(page);
  assert.equal(now.rows, start.rows);
  assert.equal(new Set(now.indices).size, now.rows);
}));

test('words, facets and years narrow the list, show what they promise, and are in the link', () => withList({}, '', async (page) => {
  await page.evaluate(() => document.getElementById('list-q').focus());
  await page.type('saude');
  await page.until('the words are in the address', () => location.search.includes('q=saude'));
  const words = await list(page);
  assert.ok(words.count > 0 && words.count < 500);
  const promised = await page.evaluate(() => {
    const box = document.querySelector('#facet-actor input:not([id=""])');
    const n = Number(box.closest('label').querySelector('.n').textContent.replaceAll('\u202f', ''));
    box.click();
    return n;
  });
  await page.until('the facet is in the address', () => location.search.includes('actor='));
  assert.equal((await list(page)).count, promised);

  await page.evaluate(() => document.getElementById('lift-all').click());
  await page.until('all records are back', () => location.search === '');
  await page.evaluate(() => document.getElementById('brush-from').focus());
  for (let i = 0; i < 21; i++) await page.press('ArrowRight');
  await page.until('the first year is in the address', () => location.search.includes('from=2020'));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'brush-from', 'the handle keeps the focus');
  const years = await page.evaluate(() => Array.from(document.querySelectorAll('#record-rows .year'), (cell) => Number(cell.textContent)));
  assert.ok(years.every((y) => y >= 2020), `${years}`);

  const { count } = await list(page);
  await page.reload();
  await page.ready();
  assert.equal((await list(page)).count, count, 'the link restores the list');
}));

test('a drag over the years chooses them', { skip: engine !== 'chromium' && 'the drag is made of events of Chromium' }, () => withList({}, '', async (page) => {
  await page.evaluate(() => {
    const area = document.querySelector('.histogram');
    const box = area.getBoundingClientRect();
    const n = Number(area.dataset.brush);
    const send = (target, type, bin) => target.dispatchEvent(new PointerEvent(type, {
      bubbles: true, cancelable: true, isPrimary: true, button: 0, pointerType: 'touch', clientX: box.left + (bin + 0.5) * box.width / n, clientY: box.top + 20,
    }));
    send(area, 'pointerdown', 23);
    send(window, 'pointermove', 20);
    send(window, 'pointermove', 16);
    send(window, 'pointerup', 16);
  });
  await page.until('both years are in the address', () => location.search.includes('from=2015&to=2022'));
}));

test('the best answers come first', () => withList({}, '?q=robotics', async (page) => {
  const { names } = await list(page);
  assert.ok(names.slice(0, 8).every((name) => /\brobotics/i.test(name)), `${names.slice(0, 8)}`);
}));

test('an empty list says why and leads back', () => withList({}, '?country=NL&q=zzzzqq', async (page) => {
  assert.match(await page.text('#records'), /No record has all of this: “zzzzqq” and Netherlands/);
  await page.evaluate(() => document.getElementById('without-9').click());
  await page.until('the records of the country are there', () => document.querySelectorAll('#record-rows > .record').length > 5 && location.search.includes('country=NL'));
}));

test('by keyboard alone: from name to name, to the ends, into a record and back to it', () => withList({}, '?order=name', async (page) => {
  await page.until('the list is a window', () => document.querySelector('#record-rows').style.height !== '');
  await page.evaluate(() => document.querySelector('#record-rows .name').focus());
  const at = () => page.evaluate(() => Number(document.activeElement.closest('.record')?.dataset.at ?? -1));
  for (let i = 0; i < 40; i++) await page.press('ArrowDown');
  assert.equal(await at(), 40);
  await page.press('End');
  assert.equal(await at(), (await list(page)).all - 1);
  await page.press('Home');
  assert.equal(await at(), 0);
  await page.press('Enter');
  await page.until('the record is open', () => document.getElementById('record').open && document.querySelector('#record .sources a'));
  await page.press('Escape');
  await page.until('the record is closed', () => !document.getElementById('record').open);
  assert.equal(await at(), 0, 'the focus is back on its name');
}));

test('a row in use keeps its focus when it is scrolled away', () => withList({}, '', async (page) => {
  await page.until('the list is a window', () => document.querySelector('#record-rows').style.height !== '');
  const id = await page.evaluate(() => { const name = document.querySelector('#record-rows .name'); name.focus(); return name.id; });
  await page.evaluate(() => scrollTo(0, 400000));
  await page.until('other rows are there', () => Array.from(document.querySelectorAll('#record-rows > .record')).some((row) => Number(row.dataset.at) > 1000));
  assert.equal(await page.evaluate(() => document.activeElement.id), id);
}));

test('the way back from a city leads to the same place in the list', () => withList({}, '', async (page) => {
  await page.until('the list is a window', () => document.querySelector('#record-rows').style.height !== '');
  await page.evaluate(() => scrollTo(0, 60000));
  await page.until('the place is noted', () => sessionStorage.getItem('scroll /initiatives') === '60000');
  await page.evaluate(() => document.querySelector('#record-rows > .record:nth-child(8) .place a').click());
  await page.until('the city', () => location.pathname.startsWith('/city/'));
  await page.evaluate(() => history.back()); // WebKit's own button passes over entries that no visitor's click has made
  await page.until('the place in the list', () => Math.abs(scrollY - 60000) < 2 && document.querySelector('#record-rows > .record'));
}));

test('what is taken away is what is shown: records, link, edition and sources', { skip: engine !== 'chromium' && 'the file is read inside the page' }, () => withList({}, '?country=KR&actor=university&order=name', async (page) => {
  await page.evaluate(() => {
    globalThis.taken = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => globalThis.taken.push(text)); return make.call(URL, blob); };
    document.querySelector('#take-csv-initiatives').click();
  });
  const csv = await page.until('the CSV', () => globalThis.taken[0]);
  const { all, names } = await list(page);
  const lines = csv.replace(/^\ufeff/, '').trimEnd().split('\r\n');
  const notes = lines.filter((line) => line.startsWith('#'));
  assert.equal(lines.length - notes.length - 1, all);
  assert.ok(notes.some((line) => line.includes('/initiatives?actor=university&country=KR&order=name')), 'the link of the view');
  assert.ok(notes.some((line) => line.includes('2026.1')) && notes.some((line) => line.startsWith('# Source: ')));
  assert.ok(lines[notes.length + 1].includes(names[0].split(/[",]/)[0]));

  await page.evaluate(() => document.querySelector('#take-json-initiatives').click());
  const json = JSON.parse(await page.until('the JSON', () => globalThis.taken[1]));
  assert.deepEqual(json.rows.slice(0, names.length).map((row) => row[0]), names);
}));

test('the ranking by these has the same lens', () => withList({}, '?sector=health&from=2020&order=year', async (page) => {
  await page.evaluate(() => document.getElementById('rank-these').click());
  await page.until('the ranking', () => location.pathname === '/' && document.querySelector('#ranking tr[data-city]'));
  const query = await page.evaluate(() => location.search);
  assert.ok(query.includes('sector=health&from=2020') && !query.includes('order='), query);
}));

for (const [width, dark] of [[320, false], [390, true], [1440, false], [1440, true]]) {
  test(`axe finds nothing at ${width} pixels, ${dark ? 'dark' : 'light'}, and nothing scrolls sideways`, { skip: tooNarrow(width) }, () => withList({ width, dark, height: width < 600 ? 844 : 900 }, '?from=2019', async (page) => {
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'it scrolls sideways');
    if (width < 600) {
      await page.click('#sheet');
      await page.until('the sheet is open', () => document.getElementById('facets').classList.contains('open'));
      assert.deepEqual(await violations(page), [], 'with the sheet open');
    }
    await page.evaluate(() => document.querySelector('#record-rows .name').click());
    await page.until('the record is open', () => document.getElementById('record').open);
    assert.deepEqual(await violations(page), [], 'with a record open');
  }));
}
