// Whatever a link holds, a page is shown, nothing of the link becomes markup, and the program reads it as its native twin does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { withPage } from '../lib/engines.mjs';
import { startServer, top } from '../lib/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** native runs the command that reads and writes links as the site does; it answers with lines. */
async function native(lines, ...args) {
  const running = promisify(execFile)('go', ['run', './app/links', ...args], { cwd: top, maxBuffer: 1 << 26 });
  running.child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return (await running).stdout.replace(/\n$/, '').split('\n');
}

const screens = ['/', '/compare', '/city/seoul', '/initiatives', '/regions', '/method', '/nowhere/at/all', '/city/atlantis'];

/** random makes numbers from 0 to n-1, the same in every run (mulberry32). */
function random(seed) {
  let a = seed;
  return (n) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

const wild = [
  '', '0', '-1', '1e999', 'NaN', '1.1.1', '9999999999999999999', '%', '%f', '%ff%fe', '%00', '%c3%28', '%ed%a0%80', '%F0%9F%8F%99', '\u202e%E2%80%AE', '..%2f..%2f', ',,,,', ':::', 'seoul,seoul,atlantis',
  '<script>globalThis.hacked=1</script>', '"><img src=x onerror=globalThis.hacked=1>', "'onmouseover='globalThis.hacked=1", '%3Csvg%20onload=globalThis.hacked=1%3E', 'javascript:globalThis.hacked=1', '</title><h1>x</h1>',
  '__proto__', 'constructor', 'null', 'undefined', '[object Object]', '{{7*7}}', '${7*7}', '+'.repeat(50), 'ä'.repeat(300), '%41'.repeat(900), 'a'.repeat(5000), '人工智能', '&#60;', '=', '==1',
];

/** hostile makes n links as someone would who means harm or has a broken program. keys are those that the site knows. */
function hostile(n, keys) {
  const pick = random(2026);
  const any = (list) => list[pick(list.length)];
  const links = [
    ...keys.filter((key) => key !== 'embed').flatMap((key) => [`${key}=${any(wild)}`, `${key}=${any(wild)}&${key}=${any(wild)}`]),
    '__proto__=1&__proto__[x]=2&constructor=3&toString=4', '&&&=&=&', '=', '%', '?????', Array.from({ length: 3000 }, (_, i) => `k${i}=${i}`).join('&'),
    Array.from({ length: 4000 }, () => 'w=1.1.1.1.1.1').join('&'), `q=${'x'.repeat(60000)}`, `own=${Array.from({ length: 4000 }, (_, i) => `c${i}`).join()}`, `iw=${'gov_city:1,'.repeat(2000)}`,
  ];
  while (links.length < n) links.push(Array.from({ length: 1 + pick(8) }, () => `${any([...keys, '<b>', '__proto__', 'x', ''])}=${any(wild)}`).join('&').replace(/\bembed=1\b/g, 'embed=2'));
  return links.slice(0, n);
}

/** search is what a browser makes of a query. */
const search = (query) => new URL(`http://x/?${query}`).search;

/**
 * follow brings the open page to an address as the back button does, waits until the program has read it as the expected
 * canonical link, and says what is wrong with what is shown, or ''.
 */
const follow = (page, address, expected) => page.evaluate(async ([to, link]) => {
  history.replaceState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
  const menu = document.querySelector('#top nav a');
  const end = Date.now() + 60000;
  do { // a link of the menu that is touched gets the view that the program holds
    menu.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (Date.now() > end) return `the view is ${menu.search}, not ${link}`;
  } while (menu.search !== link);
  const root = document.querySelector('.page').parentElement;
  const wrong = [];
  if (document.querySelectorAll('h1').length !== 1 || !document.querySelector('h1').textContent.trim()) wrong.push('no heading');
  if (globalThis.hacked) wrong.push('a script of the link ran');
  for (const e of root.querySelectorAll('script, img, iframe, object, embed, style, link, meta, base, form')) wrong.push(`<${e.localName}> is in the page`);
  for (const e of root.querySelectorAll('*')) {
    for (const { name, value } of e.attributes) {
      if (name.startsWith('on') || name === 'srcdoc' || (name === 'style' && !e.matches('#rows *, #record-rows, #record-rows *'))) wrong.push(`${e.localName} has ${name}=${value}`);
      if (/^(href|src|action)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value)) wrong.push(`${e.localName} leads to ${value}`);
    }
  }
  return wrong.slice(0, 5).join('; ');
}, [address, expected]);

/** reacts presses a control and sees what it does. */
async function reacts(page) {
  await page.evaluate(() => document.getElementById('find').click());
  await page.until('the palette opens', () => document.getElementById('palette').open);
  await page.evaluate(() => document.getElementById('palette').close());
}

/** inPages takes items in portions, each in a freshly loaded page: browsers limit how often a page may change its address. */
async function inPages(items, body) {
  for (let from = 0; from < items.length; from += 80) {
    await withPage({}, async (page) => {
      await page.goto(`${server.origin}/`);
      await page.ready();
      for (let i = from; i < Math.min(from + 80, items.length); i++) {
        await body(page, items[i], i);
        if (i % 10 === 0) await reacts(page);
      }
    });
  }
}

test('two hundred hostile links break no page, become no markup and are read as by the native program', async () => {
  const links = hostile(200, await native([], 'keys')).map(search);
  const canonical = await native(links, 'canonical');
  assert.equal(canonical.length, 200);
  await inPages(links, async (page, link, i) => {
    const said = await follow(page, screens[i % screens.length] + link, canonical[i] && `?${canonical[i]}`);
    assert.equal(said, '', `${screens[i % screens.length]}${link.slice(0, 200)}`);
  });
});

test('hostile links that are opened afresh break no page', () => withPage({}, async (page) => {
  const links = hostile(200, await native([], 'keys')).map(search).filter((link) => link.length < 4000);
  for (const [i, screen] of screens.entries()) {
    page.problems.length = 0;
    await page.goto(server.origin + screen + links[17 * i]);
    await page.ready();
    assert.ok(await page.text('h1'));
    await reacts(page);
    const said = page.problems.filter((p) => !/404/.test(p)); // the pages of unknown addresses answer so
    assert.deepEqual(said, [], screen + links[17 * i]);
  }
  page.problems.length = 0;
}));

test('back and forward step through screens', () => withPage({}, async (page) => {
  await page.goto(`${server.origin}/?w=3.1.1.2.1.1`);
  await page.ready();
  const at = (path, heading) => page.until(`${path} is shown`, ([p, h]) => location.pathname === p && location.search.includes('w=3.1.1.2.1.1') && document.querySelector('h1').textContent.includes(h), [path, heading]);
  await page.click('#top nav a[href*="regions"]');
  await at('/regions', 'share of new ones');
  await page.click('#top nav a[href*="method"]');
  await at('/method', 'How the ranking is made');
  await page.back();
  await at('/regions', 'share of new ones');
  await page.back();
  await at('/', 'Which cities lead');
  await page.evaluate(() => history.go(2));
  await at('/method', 'How the ranking is made');
  await reacts(page);
}));

test('two hundred random views are read from their links as they were written', async () => {
  const links = await native([], 'random', '200', '6');
  await inPages(links, async (page, link, i) => {
    assert.equal(await follow(page, `${screens[i % 6]}?${link}`, `?${link}`), '', link);
  });
});

test('a random view that was followed shows the same words when its link is opened afresh', () => withPage({}, async (page) => {
  const links = await native([], 'random', '3', '7');
  const shown = ['/', '/initiatives', '/regions']; // where the page says what it still computes
  const words = () => page.until('nothing is being computed', async () => {
    const read = () => { // without what is only there for browsers without JavaScript
      const main = document.getElementById('main').cloneNode(true);
      for (const e of main.querySelectorAll('noscript')) e.remove();
      return main.textContent;
    };
    const earlier = read();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return read() === earlier && !/eing computed/.test(earlier) && !document.querySelector('.waiting') && earlier;
  });
  for (const [i, link] of links.entries()) {
    await page.goto(`${server.origin}/`);
    await page.ready();
    assert.equal(await follow(page, `${shown[i]}?${link}`, `?${link}`), '');
    const followed = await words();
    await page.reload();
    await page.ready();
    const afresh = await words();
    let same = 0;
    while (same < followed.length && afresh[same] === followed[same]) same++;
    assert.ok(afresh === followed, `${shown[i]}?${link}: “${followed.slice(same, same + 80)}” is now “${afresh.slice(same, same + 80)}”`);
  }
}));
