import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { attachChat } from './server.mjs';

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves a built page and the chat on one loopback port; port 0 takes a free one.
 *
 * @param {string} dist
 * @param {number} [port]
 */
export async function openSite(dist, port = 0) {
  const http = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = normalize(pathname === '/' ? '/index.html' : pathname);
    try {
      const content = await readFile(join(dist, file));
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  const io = attachChat(http);
  await new Promise((listening) => http.listen(port, '127.0.0.1', () => listening(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (http.address());
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, close: () => io.close() };
}
