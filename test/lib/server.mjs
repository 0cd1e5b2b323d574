// The real server on a free port, and a front before it that can fail in every way a network or a host can.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../', import.meta.url));

/** startServer starts bin/aicities and returns its origin and a way to stop it. */
export function startServer() {
  const child = spawn(`${top}bin/aicities`, ['-addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        said += data;
        const address = /https?:\/\/[^/\s]+/.exec(said);
        if (address) resolve({ origin: address[0], stop: () => new Promise((done) => { child.once('exit', done); child.kill('SIGTERM'); }) });
      });
    }
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    child.once('error', reject);
  });
}

/**
 * Front passes requests on to the server. Tests change what it answers:
 *   edit(path, fn)   fn({ status, headers, body }) returns the changed answer, or null to break the connection
 *   hold(path)       answers to this path wait until release() is called
 *   down(), up()     the whole site is away, and back at the same address
 * prefix serves the site below a path, as static hosts do.
 */
export class Front {
  #edits = new Map();
  #held = new Map();
  #sockets = new Set();
  #server = null;
  #port = 0;
  requests = []; // paths asked for, in order

  constructor(upstream, prefix = '') {
    this.upstream = upstream;
    this.prefix = prefix;
  }

  async up() {
    this.#server = createServer((q, a) => this.#answer(q, a).catch(() => a.destroy()));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve, reject) => this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#port = this.#server.address().port;
    this.origin = `http://127.0.0.1:${this.#port}`;
    this.root = `${this.origin}${this.prefix}/`;
    return this;
  }

  async down() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  edit(path, fn) { this.#edits.set(path, fn); }
  restore() { this.#edits.clear(); }

  hold(path) {
    let release;
    this.#held.set(path, new Promise((resolve) => { release = resolve; }));
    return () => { this.#held.delete(path); release(); };
  }

  async #answer(q, a) {
    const [path] = q.url.split('?');
    this.requests.push(q.url);
    if (!q.url.startsWith(`${this.prefix}/`)) {
      a.writeHead(404).end('outside the site');
      return;
    }
    const inner = path.slice(this.prefix.length);
    await this.#held.get(inner);
    const edit = this.#edits.get(inner);
    const headers = { ...q.headers };
    if (edit) {
      delete headers['accept-encoding']; // the test sees and changes plain text
      delete headers['if-none-match'];
    }
    const answer = await fetchWhole(this.upstream + q.url.slice(this.prefix.length), q.method, headers);
    const changed = edit ? edit(answer) : answer;
    if (!changed) {
      a.destroy();
      return;
    }
    delete changed.headers['transfer-encoding'];
    if (edit) {
      changed.headers['content-length'] = String(changed.length ?? Buffer.byteLength(changed.body));
      delete changed.headers.etag;
    }
    a.writeHead(changed.status, changed.headers);
    if (changed.length) { // half a file: less than was promised, then the line breaks
      a.write(changed.body, () => a.destroy());
    } else {
      a.end(q.method === 'HEAD' ? undefined : changed.body);
    }
  }
}

function fetchWhole(url, method, headers) {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (r) => {
      const parts = [];
      r.on('data', (part) => parts.push(part)).on('error', reject)
        .on('end', () => resolve({ status: r.statusCode, headers: r.headers, body: Buffer.concat(parts) }));
    }).on('error', reject).end();
  });
}

/** hashOf is the hash that the worker's list holds for a content. */
export const hashOf = (body) => createHash('sha256').update(body).digest().subarray(0, 12).toString('base64url');

/** workerList reads the list out of a worker script. */
export const workerList = (script) => JSON.parse(/^const build = (.*);$/m.exec(String(script))[1]);

/** deployNext makes a front serve the next build: the page 'index.html' says so, and the worker lists its new hash. */
export async function deployNext(front, mark) {
  const home = await fetchWhole(`${front.upstream}/`, 'GET', {});
  const next = Buffer.from(String(home.body).replace('<html ', `<html data-edition="${mark}" `));
  front.edit('/', (answer) => ({ ...answer, body: next }));
  front.edit('/worker.js', (answer) => {
    const list = workerList(answer.body);
    list.id = mark;
    list.core['index.html'] = hashOf(next);
    return { ...answer, body: String(answer.body).replace(/^const build = .*;$/m, () => `const build = ${JSON.stringify(list)};`) };
  });
}
