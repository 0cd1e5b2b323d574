// Takes the pictures of the README from the built site: make screenshots.
import { mkdir } from 'node:fs/promises';
import { closeBrowsers, launch } from './lib/engines.mjs';
import { startServer, top } from './lib/server.mjs';

const pictures = [
  ['ranking', '/', {}],
  ['ranking-phone', '/', { width: 390, height: 844, dark: true }],
  ['city', '/city/singapore', {}],
  ['compare', '/compare?c=seoul,tokyo,singapore', {}],
  ['initiatives', '/initiatives', {}],
  ['regions', '/regions', {}],
  ['method', '/method', { dark: true }],
];

const folder = `${top}docs/pictures/`;
await mkdir(folder, { recursive: true });
const server = await startServer();
try {
  for (const [name, path, options] of pictures) {
    const browser = await launch(options);
    try {
      await browser.page.goto(server.origin + path);
      await browser.page.ready();
      await new Promise((resolve) => setTimeout(resolve, 3000)); // the rank intervals
      await browser.page.screenshot(`${folder}${name}.png`);
      console.log(`docs/pictures/${name}.png`);
    } finally {
      await browser.close();
    }
  }
} finally {
  await closeBrowsers();
  await server.stop();
}
