// The three browser engines behind one small page, so that a test file runs in each of them.
//
//   const browser = await launch({ width, height, dark, profile, javaScript });
//   await browser.page.goto(url); await browser.page.evaluate(fn, arg); // fn may also be the text of an expression
//   ... await browser.close();
//
// ENGINE in the environment names the engine: chromium (the default), firefox or webkit.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export const engine = process.env.ENGINE || 'chromium';

/** tooNarrow says why a test of this width is skipped, or false. */
export const tooNarrow = (width) => engine === 'webkit' && width < 447 && 'a window of WebKit is not narrower than about 447 pixels';

/** newProfile makes an empty profile folder: pass it to launch twice to start the same browser again. */
export const newProfile = () => mkdtemp(join(tmpdir(), 'aicities-profile-'));

/**
 * launch opens a page. Options: width and height in CSS pixels, dark (colour scheme), javaScript (false switches it off,
 * Chromium only), profile (a folder that the caller keeps: the page gets a browser of its own that keeps all there).
 * Without a profile the pages of one test file share a browser, which takes seconds to start, but nothing that a page
 * can keep: each has storage of its own.
 * page.problems collects console errors, uncaught exceptions and requests to other origins, as far as the engine tells them.
 */
export async function launch({ width = 1440, height = 900, dark = false, profile, javaScript = true } = {}) {
  const browser = profile ? await engines[engine]({ dark, folder: profile }) : await shared(dark);
  const { page, newPage, close } = await browser.open({ width, height, dark, javaScript, fresh: !profile });
  return {
    page,
    newPage,
    close: async () => {
      await close();
      if (profile) await browser.close();
    },
  };
}

/** withPage opens a page for one test and closes it whatever happens; the page must not have complained. */
export async function withPage(options, body) {
  const browser = await launch(options);
  try {
    await body(browser.page);
    assert.deepEqual(browser.page.problems, []);
  } finally {
    await browser.close();
  }
}

// The browsers that pages share, by colour scheme, which Firefox and WebKit take from their surroundings.
const browsers = new Map();

async function shared(dark) {
  const key = engine === 'chromium' ? false : dark;
  if (!browsers.has(key)) {
    const folder = await newProfile();
    browsers.set(key, { folder, browser: await engines[engine]({ dark, folder }) });
  }
  return browsers.get(key).browser;
}

/** closeBrowsers ends what pages shared; test files do it by themselves. */
export async function closeBrowsers() {
  for (const { folder, browser } of browsers.values()) {
    await browser.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  browsers.clear();
}

if (process.argv[1].endsWith('.test.mjs')) after(closeBrowsers);

// What every engine's page can do on top of evaluate.
const common = {
  /** until evaluates fn(arg) in the page until it is truthy and returns that; an element, which cannot leave the page, becomes true. */
  async until(what, fn, arg, seconds = 90) {
    const source = `Promise.resolve((${fn})(${JSON.stringify(arg)})).then((v) => (v instanceof Node ? true : v))`;
    const end = Date.now() + seconds * 1000;
    let last;
    while (Date.now() < end) {
      try {
        const value = await this.evaluate(source);
        if (value) return value;
      } catch (error) {
        last = error; // the page is being replaced
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not within ${seconds} s: ${what}${last ? ` (${last.message})` : ''}`);
  },
  /** ready gives the page a sign of its visitor and waits until the program has taken it over. */
  ready() {
    return this.until('the program has taken over', () => {
      dispatchEvent(new Event('pointermove'));
      return document.documentElement.classList.contains('wasm-ready');
    });
  },
  /** text is the text of the first element that the selector finds, or null. */
  text(selector) {
    return this.evaluate((s) => document.querySelector(s)?.textContent.trim() ?? null, selector);
  },
};

// Each engine is started by a function that gives open (a page, in a context of its own if fresh) and close.
const engines = { chromium, firefox, webkit };

// ---- Chromium, by Playwright ---------------------------------------------------------------------------------------

async function chromium({ folder }) {
  const { chromium } = await import('playwright-core');
  const how = {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  };
  let browser;
  return {
    async open({ width, height, dark, javaScript, fresh }) {
      const settings = { viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: javaScript };
      if (fresh) browser ||= await chromium.launch(how);
      const context = fresh ? await browser.newContext(settings) : await chromium.launchPersistentContext(folder, { ...how, ...settings });
      const newPage = async () => chromiumPage(await context.newPage());
      return { page: context.pages()[0] ? chromiumPage(context.pages()[0]) : await newPage(), newPage, close: () => context.close() };
    },
    close: async () => { await browser?.close(); },
  };
}

const chromiumPage = (page) => ({ ...watched(page), before: (fn) => page.addInitScript(fn), visible: (selector) => page.isVisible(selector), ...common });

// ---- Firefox, by Puppeteer over WebDriver BiDi ---------------------------------------------------------------------

async function firefox({ dark, folder }) {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr', headless: true, userDataDir: folder, defaultViewport: null,
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'datareporting.policy.dataSubmissionEnabled': false, 'app.normandy.enabled': false, 'toolkit.telemetry.enabled': false,
      'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
    },
  });
  return {
    async open({ width, height, javaScript, fresh }) {
      if (!javaScript) throw new Error('Firefox cannot be driven with JavaScript switched off');
      const context = fresh ? await browser.createBrowserContext() : browser.defaultBrowserContext();
      const newPage = async (page) => {
        page ||= await context.newPage();
        await page.setViewport({ width, height });
        return firefoxPage(page);
      };
      return { page: await newPage((await context.pages())[0]), newPage: () => newPage(), close: async () => { if (fresh) await context.close(); } };
    },
    close: () => browser.close(),
  };
}

const firefoxPage = (page) => ({ ...watched(page), before: (fn) => page.evaluateOnNewDocument(fn), ...common });

/** watched is what Playwright and Puppeteer name alike, with a list of what the page complained of. */
function watched(page) {
  const problems = [];
  page.on('console', (m) => { if (m.type() === 'error') problems.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => problems.push(`exception: ${e.message}`));
  page.on('request', (r) => noteForeign(problems, page.url(), r.url()));
  return {
    problems,
    goto: (url) => page.goto(url, { waitUntil: 'load' }),
    reload: () => page.reload({ waitUntil: 'load' }),
    back: () => page.goBack(),
    evaluate: (fn, arg) => page.evaluate(fn, arg),
    click: (selector) => page.click(selector),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    screenshot: (path) => page.screenshot({ path }),
  };
}

function noteForeign(problems, pageURL, url) {
  if (!/^https?:/.test(url) || !/^https?:/.test(pageURL)) return;
  if (new URL(url).origin !== new URL(pageURL).origin) problems.push(`request leaves the origin: ${url}`);
}

// ---- WebKit, by its own WebDriver and MiniBrowser on a virtual screen ----------------------------------------------

async function webkit({ dark, folder }) {
  let driver = await webkitDriver({ dark, folder });
  let busy = false; // a driver has one session at a time
  return {
    // A session starts a browser that has kept nothing.
    async open(options) {
      const { width, height, javaScript } = options;
      if (!javaScript) throw new Error('WebKit cannot be driven with JavaScript switched off');
      if (busy) {
        const second = await webkit({ dark, folder: join(folder, 'second') });
        const tab = await second.open(options);
        return { page: tab.page, close: async () => { await tab.close(); await second.close(); } };
      }
      busy = true;
      let session;
      for (let tries = 1; !session; tries++) {
        try {
          session = await driver.newSession();
        } catch (error) {
          // Now and then MiniBrowser does not report to its driver, which then waits for ever: another pair does.
          driver.stop();
          if (tries === 3) throw new Error(`WebKit did not start, three times: ${error.message}`);
          driver = await webkitDriver({ dark, folder });
        }
      }
      const { call } = driver;
      const base = `/session/${session.sessionId}`;
      await call('POST', `${base}/timeouts`, { script: 60000, pageLoad: 60000 });
      await call('POST', `${base}/window/rect`, { x: 0, y: 0, width, height });
      return {
        page: webkitPage(call, base),
        close: async () => {
          await call('DELETE', base).catch(() => {});
          busy = false;
        },
      };
    },
    close: async () => driver.stop(),
  };
}

/** webkitDriver starts a WebKitWebDriver that answers. */
async function webkitDriver({ dark, folder }) {
  const port = await freePort();
  const driver = spawn('xvfb-run', ['-a', '-s', '-screen 0 2600x1600x24', 'WebKitWebDriver', `--port=${port}`], {
    stdio: 'ignore', detached: true,
    env: {
      ...process.env, XDG_DATA_HOME: join(folder, 'data'), XDG_CACHE_HOME: join(folder, 'cache'), XDG_CONFIG_HOME: join(folder, 'config'),
      WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1',
      GTK_THEME: dark ? 'Adwaita:dark' : 'Adwaita',
    },
  });
  const stop = () => { try { process.kill(-driver.pid, 'SIGTERM'); } catch { /* it has ended */ } };
  const call = async (method, path, body, seconds = 150) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method, body: method === 'POST' ? JSON.stringify(body || {}) : undefined, signal: AbortSignal.timeout(seconds * 1000),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const newSession = () => call('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        'webkitgtk:browserOptions': { binary: process.env.MINIBROWSER || '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', args: ['--automation'] },
      },
    },
  }, 45);
  for (let tries = 0; ; tries++) {
    try {
      await call('GET', '/status', null, 10);
      return { call, newSession, stop };
    } catch (error) {
      if (tries > 100) {
        stop();
        throw new Error(`WebKitWebDriver does not answer: ${error.message}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function webkitPage(call, base) {
  const element = async (selector) => Object.values(await call('POST', `${base}/element`, { using: 'css selector', value: selector }))[0];
  return {
    problems: [],
    goto: (url) => call('POST', `${base}/url`, { url }),
    reload: () => call('POST', `${base}/refresh`),
    back: () => call('POST', `${base}/back`),
    evaluate: (fn, arg) => call('POST', `${base}/execute/async`, {
      script: `const done = arguments[1]; Promise.resolve(${typeof fn === 'string' ? fn : `(${fn})(arguments[0])`}).then((v) => done({ v: v === undefined ? null : v }), (e) => done({ e: String(e && e.message || e) }))`,
      args: [arg ?? null],
    }).then(({ v, e }) => { if (e) throw new Error(e); return v; }),
    // The driver takes what lies below the window for something that cannot be clicked.
    async click(selector) {
      await this.evaluate((s) => document.querySelector(s)?.scrollIntoView({ block: 'center', behavior: 'instant' }), selector);
      return call('POST', `${base}/element/${await element(selector)}/click`);
    },
    press: (key) => keys(call, base, [webdriverKeys[key] || key]),
    type: (text) => keys(call, base, [...text]),
    screenshot: async (path) => writeFile(path, Buffer.from(await call('GET', `${base}/screenshot`), 'base64')),
    ...common,
  };
}

const webdriverKeys = { ArrowRight: '\uE014', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowDown: '\uE015', Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Home: '\uE011', End: '\uE010' };

function keys(call, base, values) {
  const actions = values.flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
  return call('POST', `${base}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
