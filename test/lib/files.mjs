// What a page hands over as a file, and what is in a picture.
import assert from 'node:assert/strict';

/** taken clicks through the menu of a table or chart and returns the file that the page hands to the browser: its name, type and bytes. */
export async function taken(page, kind, name) {
  await page.evaluate(() => {
    globalThis.taken = null;
    const blobs = new Map();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { const url = make.call(URL, blob); blobs.set(url, blob); return url; };
    HTMLAnchorElement.prototype.click = function () { globalThis.taken = { name: this.download, blob: blobs.get(this.href) }; };
  });
  // By the elements' own clicks: WebKitWebDriver does not click what lies in a <details>.
  const press = (selector) => page.evaluate((s) => document.querySelector(s).click(), selector);
  await press(`#take-${name} summary`);
  await press(`#take-${kind}-${name}`);
  await page.until('a file is handed over', () => globalThis.taken);
  const file = await page.evaluate(async () => ({
    name: globalThis.taken.name, type: globalThis.taken.blob.type, bytes: Array.from(new Uint8Array(await globalThis.taken.blob.arrayBuffer())),
  }));
  await press(`#take-${name} summary`);
  return { ...file, bytes: Buffer.from(file.bytes) };
}

/** pngSize reads width and height of a PNG file. */
export function pngSize(bytes) {
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** painted is the share of a PNG file's pixels that are dark; its first pixel must have the page's light ground. */
export async function painted(page, bytes) {
  const seen = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i] < 120) dark++;
    return { corner: Array.from(pixels.slice(0, 4)), dark: dark / (pixels.length / 4) };
  }, bytes.toString('base64'));
  assert.deepEqual(seen.corner, [252, 252, 250, 255], 'the ground is the page\'s');
  return seen.dark;
}
