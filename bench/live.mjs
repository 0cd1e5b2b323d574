// The page while it is used: a slider, scrolling, memory.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, figures, serve, top, withPage } from './lib.mjs';

// ready gives the page a sign of its visitor and waits until the program has taken it over.
const ready = (page) => page.waitForFunction(() => {
  dispatchEvent(new Event('pointermove'));
  return document.documentElement.classList.contains('wasm-ready');
}, null, { timeout: 60_000 });

// paints returns, for each step, the ms from the step's start at the beginning of a frame until the frame is painted.
const paints = async ({ runs, pause }) => {
  const painted = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => resolve(performance.now()); port2.postMessage(0); });
  const times = [];
  let long = 0;
  const observer = new PerformanceObserver((list) => { long += list.getEntries().length; });
  observer.observe({ type: 'longtask' });
  for (let i = -5; i < runs; i++) {
    const time = await new Promise((resolve) => requestAnimationFrame(async () => {
      const start = performance.now();
      await window.step(i + 5);
      resolve(await painted() - start);
    }));
    if (i >= 0) times.push(time);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const entry of observer.takeRecords()) long += entry ? 1 : 0;
  return { times, long };
};

/** slider moves a weight of the ranking, with its rank intervals shown. */
export function slider(browser, site, runs, slowdown = 1) {
  return withPage(browser, { slowdown }, async (page) => {
    await page.goto(site.origin, { waitUntil: 'load' });
    await ready(page);
    await page.waitForTimeout(2500 * Math.sqrt(slowdown)); // the intervals are drawn, the program is compiled well
    await page.evaluate(() => {
      const [input] = document.querySelectorAll('.slider input[type=range]');
      window.step = (i) => { input.value = 10 + (i * 7) % 60; input.dispatchEvent(new Event('input', { bubbles: true })); };
    });
    const { times, long } = await page.evaluate(paints, { runs, pause: 30 });
    return { ...figures(times), long };
  });
}

/** lineup changes a weight of LineUp.js on a table of the same size. */
export async function lineup(browser, runs, slowdown = 1) {
  const site = await serve(top, { pages: { '/lineup': '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/bench/node_modules/lineupjs/build/LineUpJS.css"><script src="/bench/node_modules/lineupjs/build/LineUpJS.js"></script><div id="table" style="position:absolute;inset:0"></div>' } });
  try {
    return await withPage(browser, { slowdown }, async (page) => {
      await page.goto(`${site.origin}/lineup`, { waitUntil: 'load' });
      await page.evaluate(async () => {
        const pillars = ['government', 'enterprise', 'startup', 'university', 'data_centre', 'telecom'];
        const data = Array.from({ length: 100 }, (_, i) => Object.fromEntries([['city', `city ${i}`], ...pillars.map((p, k) => [p, (i * 37 + k * 53) % 101])]));
        const builder = LineUpJS.builder(data).animated(false).column(LineUpJS.buildStringColumn('city'));
        for (const p of pillars) builder.column(LineUpJS.buildNumberColumn(p, [0, 100]));
        builder.ranking(LineUpJS.buildRanking().supportTypes().column('city').weightedSum(...pillars.flatMap((p) => [p, 100])).sortBy('city'));
        const instance = builder.build(document.getElementById('table'));
        const ranking = instance.data.getFirstRanking();
        const stack = ranking.flatColumns.find((c) => c.desc.type === 'stack');
        stack.sortByMe(false);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        window.step = (i) => new Promise((resolve) => {
          ranking.on('orderChanged.bench', () => resolve());
          const weights = [10 + (i * 7) % 60, 20, 20, 20, 20, 20], sum = weights.reduce((a, b) => a + b);
          stack.setWeights(weights.map((w) => w / sum));
        });
      });
      const { times, long } = await page.evaluate(paints, { runs, pause: 30 });
      return { ...figures(times), long };
    });
  } finally {
    site.stop();
  }
}

// scrolls goes through the page in steps of most of a screen and notes the time of each frame.
const scrolls = async (steps) => {
  const box = document.scrollingElement, times = [];
  const high = box.scrollHeight - innerHeight;
  let nodes = [Infinity, 0];
  for (let i = 0; i < steps; i++) {
    const start = await new Promise((resolve) => requestAnimationFrame(resolve));
    scrollTo({ top: Math.min(high, i % 2 ? i * 600 : i * high / steps), behavior: 'instant' });
    times.push(await new Promise((resolve) => requestAnimationFrame(resolve)) - start);
    const n = document.getElementsByTagName('*').length;
    nodes = [Math.min(nodes[0], n), Math.max(nodes[1], n)];
  }
  return { times, nodes };
};

/** scrolling goes through the list of all initiatives, ours and a plain table. */
export async function scrolling(browser, site, steps) {
  const ours = await withPage(browser, {}, async (page) => {
    await page.goto(`${site.origin}/initiatives`, { waitUntil: 'load' });
    await ready(page);
    await page.waitForTimeout(1500);
    const { times, nodes } = await page.evaluate(scrolls, steps);
    return { ...figures(times), nodes };
  });
  const { records } = JSON.parse(await readFile(join(cache, 'shipped.json'), 'utf8'));
  const escape = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const table = `<!doctype html><meta charset="utf-8"><table>${records.map((r) => `<tr><td>${escape(r.Name)}<td>${escape(r.Organisation)}<td>${r.Year || ''}<td>${escape(r.Summary)}<td><a href="${escape(r.Refs[0].URL)}">source</a>`).join('\n')}</table>`;
  const plainSite = await serve(cache, { pages: { '/table': table } });
  try {
    const plain = await withPage(browser, {}, async (page) => {
      await page.goto(`${plainSite.origin}/table`, { waitUntil: 'load' });
      const { times, nodes } = await page.evaluate(scrolls, steps);
      return { ...figures(times), nodes };
    });
    return { ours, plain };
  } finally {
    plainSite.stop();
  }
}

/** memory is what the tab holds, in MB, after a first part and after all of so many random interactions, and what it keeps when the browser has collected its garbage. */
export function memory(browser, site, interactions) {
  return withPage(browser, {}, async (page) => {
    await page.goto(site.origin, { waitUntil: 'load' });
    await ready(page);
    const session = await browser.newBrowserCDPSession();
    const megabytes = async () => { // of the tab's process alone, the program's memory included, as Linux counts it
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const own = await Promise.all(processInfo.filter((p) => p.type === 'renderer').map(async ({ id }) => {
        const said = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
        return Number(/^Private_Dirty:\s+(\d+) kB/m.exec(said)[1]) / 1000;
      }));
      return Math.max(...own);
    };
    const act = (part) => page.evaluate(async ({ count, from }) => {
      let state = 1 + from;
      const random = (n) => { state = Math.imul(state, 48271) >>> 0; return state % n; };
      const pick = (selector) => { const all = document.querySelectorAll(selector); return all[random(all.length || 1)]; };
      for (let i = 0; i < count; i++) {
        const kind = random(10);
        const input = kind < 6 && pick('.slider input[type=range]');
        if (input) {
          input.value = random(60);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        } else if (kind < 8) {
          const select = pick('select[data-do]');
          if (select) { select.selectedIndex = random(select.options.length); select.dispatchEvent(new Event('change', { bubbles: true })); }
        } else {
          const link = [...document.querySelectorAll('a[href]')].filter((a) => a.origin === location.origin && !a.hasAttribute('download') && !a.target && !/\/(data|assets)\//.test(a.pathname) && !/licences|sbom|\.(md|txt|json)$/.test(a.pathname));
          link[random(link.length)]?.click();
        }
        await new Promise((resolve) => setTimeout(resolve, i % 10 ? 20 : 150));
      }
    }, { count: part, from: interactions + part });
    await act(interactions / 5);
    const early = await megabytes();
    await act(interactions - interactions / 5);
    const late = await megabytes();
    await page.requestGC();
    await page.waitForTimeout(1000);
    return { early, late, kept: await megabytes() };
  });
}
