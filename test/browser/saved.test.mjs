// Views that a visitor keeps in the browser: kept, opened, renamed, removed, taken along as a file and brought back; nothing leaves the device.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from '../lib/axe.mjs';
import { engine, launch, tooNarrow, withPage } from '../lib/engines.mjs';
import { startServer } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const weights = 'w=3.1.1.2.1.1';

async function open(page, path) {
  await page.goto(server.origin + path);
  await page.ready();
}

async function openDialog(page) {
  await page.click('#saved-open');
  await page.until('the dialog is open', () => document.getElementById('saved').open && document.activeElement.id === 'saved-name');
}

const said = (page, words) => page.until(`it says '${words}'`, (w) => document.getElementById('saved-said').textContent.includes(w), words);
const names = (page) => page.evaluate(() => Array.from(document.querySelectorAll('#saved-list a'), (a) => a.textContent));

/** write puts a text in place of that of a field, as a visitor does who selects all and types. */
async function write(page, id, text) {
  await page.evaluate((i) => { const field = document.getElementById(i); field.focus(); field.select(); }, id);
  await page.type(text);
}

/** keep keeps the view that is shown. */
async function keep(page, name) {
  await openDialog(page);
  await write(page, 'saved-name', name);
  await page.press('Enter');
  await said(page, 'Kept as');
}

/** choose hands a file to the page, as the browser does after the visitor has picked it. */
const choose = (page, text) => page.evaluate((t) => {
  const list = new DataTransfer();
  list.items.add(new File([t], 'views.json', { type: 'application/json' }));
  const input = document.getElementById('saved-import');
  input.files = list.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}, text);

/** exported is the text of the file that the page hands over. */
async function exported(page) {
  await page.evaluate(() => {
    globalThis.blobs = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { globalThis.blobs.push(blob); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () {};
  });
  await page.click('#saved-export');
  return page.until('a file is handed over', () => globalThis.blobs[0]?.text());
}

test('a view is kept by name, outlives a reload, opens, is renamed, removed and brought back, by keyboard alone', () => withPage({}, async (page) => {
  await open(page, `/compare?c=seoul,tokyo&${weights}`);
  await keep(page, 'Two <b>cities</b> & "me"');
  await page.press('Escape');
  await open(page, '/');
  await openDialog(page);
  assert.deepEqual(await names(page), ['Two <b>cities</b> & "me"']);

  await page.evaluate(() => document.getElementById('saved-edit-0').focus());
  await page.press('Enter');
  await page.until('the name can be typed', () => document.activeElement.id === 'saved-new');
  await write(page, 'saved-new', 'Zwei Städte');
  await page.press('Enter');
  await said(page, 'is now “Zwei Städte”');
  await page.until('the focus is back', () => document.activeElement.id === 'saved-edit-0');

  await page.evaluate(() => document.getElementById('saved-remove-0').focus());
  await page.press('Enter');
  await page.until('it can be undone', () => document.activeElement.id === 'saved-undo');
  assert.deepEqual(await names(page), []);
  await page.press('Enter');
  await said(page, 'It is back');
  assert.deepEqual(await names(page), ['Zwei Städte']);

  await page.click('#saved-view-0');
  await page.until('the view is open and the dialog is not', () => location.pathname === '/compare' && location.search.includes('c=seoul,tokyo') && !document.getElementById('saved').open);
  assert.match(await page.evaluate(() => location.search), /w=3\.1\.1\.2\.1\.1/);
}));

test('the exported file brings the same views to another browser, once', () => withPage({}, async (page) => {
  await open(page, `/?${weights}`);
  await keep(page, 'Weights');
  await page.press('Escape');
  await open(page, '/city/lagos?vs=seoul');
  await keep(page, 'Lagos');
  const text = await exported(page);
  assert.deepEqual(JSON.parse(text).views.map((v) => [v.name, v.path]), [['Weights', '/'], ['Lagos', '/city/lagos']]);
  const kept = await page.evaluate(() => localStorage.getItem('aicities.views'));
  await withPage({}, async (other) => {
    await open(other, '/');
    await openDialog(other);
    await choose(other, text);
    await said(other, '2 views were imported');
    assert.equal(await other.evaluate(() => localStorage.getItem('aicities.views')), kept);
    await choose(other, text);
    await said(other, '2 were kept already');
    assert.deepEqual(await names(other), ['Weights', 'Lagos']);
  });
}));

test('a wrong or hostile file is answered with a line and changes nothing', () => withPage({}, async (page) => {
  await open(page, '/');
  await keep(page, 'Mine');
  for (const [text, words] of [
    ['', 'not readable as JSON'],
    ['<script>alert(1)</script>', 'not readable as JSON'],
    ['['.repeat(100000), 'not readable as JSON'],
    ['{"__proto__":{"ai-cities-views":1,"views":[]}}', 'no saved views'],
    ['x'.repeat(600000), 'too large'],
    ['{"ai-cities-views":1,"views":[{"name":"a","path":"javascript:alert(1)","query":""},{"name":"b","path":"//elsewhere.example/","query":""},{"name":{},"path":"/","query":""}]}', '3 entries could not be taken'],
  ]) {
    await choose(page, text);
    await said(page, words);
    assert.deepEqual(await names(page), ['Mine'], text.slice(0, 60));
  }
}));

test('two tabs do not undo what the other has kept', { skip: engine === 'webkit' && 'the WebKit harness drives one window' }, async () => {
  const browser = await launch();
  try {
    const { page } = browser;
    await open(page, '/');
    await openDialog(page);
    const other = await browser.newPage();
    await open(other, '/');
    await keep(other, 'From the other tab');
    await write(page, 'saved-name', 'From this tab');
    await page.press('Enter');
    await said(page, 'Kept as');
    assert.deepEqual(await names(page), ['From the other tab', 'From this tab']);
  } finally {
    await browser.close();
  }
});

for (const [fault, deny] of [
  ['denied', () => { Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() { throw new DOMException('denied', 'SecurityError'); } }); }],
  ['full', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }],
]) {
  test(`storage that is ${fault} is said in one line; views last while the tab does and can be exported`, { skip: engine === 'webkit' && 'WebKitWebDriver cannot change a page before it loads' }, () => withPage({}, async (page) => {
    await page.before(deny);
    await open(page, `/?${weights}`);
    await keep(page, 'Mine');
    assert.match(await page.text('#saved-denied'), /does not let the site keep anything/);
    await page.press('Escape');
    await openDialog(page);
    assert.deepEqual(await names(page), ['Mine']);
    assert.match(JSON.parse(await exported(page)).views[0].query, /w=3\.1\.1\.2\.1\.1/);
  }));
}

for (const [width, dark] of [[320, false], [390, true], [1440, false]]) {
  test(`axe finds nothing in the dialog at ${width} pixels, ${dark ? 'dark' : 'light'}, and nothing scrolls sideways`, { skip: tooNarrow(width) }, () => withPage({ width, dark, height: 844 }, async (page) => {
    await open(page, '/');
    await keep(page, 'A view with a name that is rather long, as long as a name may be, to the eightieth');
    await page.click('#saved-remove-0');
    await page.until('undo is offered', () => document.getElementById('saved-undo'));
    await page.click('#saved-undo');
    await page.click('#saved-edit-0');
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'the page scrolls sideways');
  }));
}
