// The moment at which the program takes over from the pre-rendered page, and what happens when it cannot.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { engine, launch, tooNarrow } from '../lib/engines.mjs';
import { Front, startServer } from '../lib/server.mjs';

let server, front, browser, page, wasm;
before(async () => {
  server = await startServer();
  const boot = /assets\/boot\.\w+\.js/.exec(await (await fetch(`${server.origin}/`)).text())[0];
  wasm = `/${/assets\/app\.\w+\.wasm/.exec(await (await fetch(`${server.origin}/${boot}`)).text())[0]}`;
});
after(() => server.stop());
beforeEach(async () => {
  front = await new Front(server.origin).up();
  browser = await launch();
  ({ page } = browser);
});
afterEach(async () => {
  await browser.close();
  await front.down();
});

const notice = () => page.until('the notice', () => !document.getElementById('boot-notice').hidden && document.querySelector('#boot-notice p').textContent);
const pressNoticeButton = () => page.evaluate(() => document.querySelector('#boot-notice button').click());

test('scroll position, focus and a moved slider survive the take-over', async () => {
  const release = front.hold(wasm);
  await page.goto(front.root);
  await page.evaluate(() => {
    scrollTo(0, 300);
    const slider = document.getElementById('weight-telecom');
    slider.focus({ preventScroll: true });
    slider.value = '60';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    // At the take-over itself: then the slider acts, and words above the table may take a line less.
    new MutationObserver((_, observer) => {
      if (!document.documentElement.classList.contains('wasm-ready')) return;
      observer.disconnect();
      window.kept = { top: scrollY, focus: document.activeElement.id };
    }).observe(document.documentElement, { attributes: true });
  });
  const top = await page.evaluate(() => scrollY);
  assert.ok(top > 0);
  assert.equal(await page.evaluate(() => document.documentElement.className.includes('wasm-pending')), true);
  release();
  await page.ready();
  assert.deepEqual(await page.evaluate(() => window.kept), { top, focus: 'weight-telecom' });
  await page.until('the slider acts', () => location.search.includes('w=') && document.getElementById('weight-telecom').value === '60');
});

test('the program waits for the first sign of its visitor, and what was pressed before it was there acts as soon as it is', async () => {
  await page.goto(front.root);
  assert.equal(await page.evaluate(() => new Promise((resolve) => { setTimeout(() => resolve(document.getElementById('boot-progress').hidden), 800); })), true);
  await page.click('#preset-research');
  await page.until('the button acts', () => document.getElementById('preset-research').getAttribute('aria-pressed') === 'true' && location.search.includes('w='));
});

test('without a sign of a visitor the program starts by itself', async () => {
  await page.goto(front.root);
  await page.until('the program has taken over', () => document.documentElement.classList.contains('wasm-ready'));
});

for (const width of [1440, 390]) {
  test(`the program takes a page of ${width} pixels over without moving anything`, { skip: tooNarrow(width) }, async () => {
    const own = await launch({ width });
    try {
      const release = front.hold(wasm);
      await own.page.goto(front.root);
      const places = () => own.page.evaluate(() => Array.from(document.querySelectorAll('h1, #ranking tr[data-city], #controls input'), (e) => Math.round(e.getBoundingClientRect().top)));
      const earlier = await places();
      release();
      await own.page.ready();
      assert.deepEqual(await places(), earlier);
    } finally {
      await own.close();
    }
  });
}

for (const [fault, edit] of Object.entries({
  'an answer of 500': (a) => ({ ...a, status: 500 }),
  'a missing file': (a) => ({ ...a, status: 404, body: Buffer.from('gone') }),
  'HTML in the place of the program': (a) => ({ ...a, headers: { ...a.headers, 'content-type': 'text/html' }, body: Buffer.from('<!doctype html><p>Log in to this network') }),
  'half a program': (a) => ({ ...a, length: a.body.length, body: a.body.subarray(0, a.body.length >> 1) }),
  'a broken connection': () => null,
})) {
  test(`${fault}: the page can be read, the fault is said, and 'Try again' works`, async () => {
    front.edit(wasm, edit);
    await page.goto(front.root);
    assert.match(await notice(), /could not be loaded/);
    assert.equal(await page.evaluate(() => document.querySelectorAll('#ranking tr[data-city]').length), 100);
    front.restore();
    await pressNoticeButton();
    await page.ready();
    assert.equal(await page.evaluate(() => document.getElementById('boot-notice').hidden), true);
  });
}

test('a browser without WebAssembly gets the static ranking and one line', { skip: engine === 'webkit' && 'WebKitWebDriver cannot change a page before it loads' }, async () => {
  await page.before(() => { delete globalThis.WebAssembly; });
  await page.goto(front.root);
  assert.match(await notice(), /too old/);
  assert.equal(await page.evaluate(() => document.querySelectorAll('#ranking tr[data-city]').length), 100);
});

test('the end of the program is said in words, and reloading brings the same view back', async () => {
  await page.goto(`${front.root}?w=3.1.1.2.1.1`);
  await page.ready();
  // The program ends as after a panic: go-app's loop stops when its navigation hook is called without an address.
  await page.evaluate(() => { try { globalThis.goappNav(); } catch { /* the call dies with the program */ } });
  assert.match(await notice(), /stopped because of an error/);
  assert.equal(await page.evaluate(() => document.querySelectorAll('#ranking tr[data-city]').length), 100);
  page.problems.length = 0;
  await pressNoticeButton();
  await page.ready();
  assert.match(await page.evaluate(() => location.search), /w=3\.1\.1\.2\.1\.1/);
});

test('a page that was left comes back in the same view, from the back-forward cache or afresh, and works', async () => {
  await page.goto(`${front.root}?w=3.1.1.2.1.1`);
  await page.ready();
  await page.goto(`${front.root}licences.txt`);
  // Firefox's driver would wait for a load that a kept page does not have.
  await (engine === 'firefox' ? page.evaluate(() => { setTimeout(() => history.back()); }) : page.back());
  await page.ready();
  assert.match(await page.evaluate(() => location.search), /w=3\.1\.1\.2\.1\.1/);
  await page.click('#preset-research');
  await page.until('the control acts', () => document.getElementById('preset-research').getAttribute('aria-pressed') === 'true' && !location.search.includes('w=3.1.1.2.1.1'));
});

test('a browser that refuses to change the address so often ends nothing: the address follows later', async () => {
  await page.goto(front.root);
  await page.ready();
  await page.evaluate(() => {
    const change = History.prototype.pushState;
    History.prototype.pushState = function () {
      History.prototype.pushState = change;
      throw new DOMException('too often', 'SecurityError');
    };
  });
  await page.click('#preset-research');
  await page.until('the control acts', () => document.getElementById('preset-research').getAttribute('aria-pressed') === 'true');
  await page.until('the address follows', () => location.search.includes('w='));
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains('wasm-ready')), true);
});
