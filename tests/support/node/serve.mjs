// SPDX-License-Identifier: MIT
// What the servers have in common: a free loopback port, told in a file; bodies and cookies read.
import { createServer } from 'node:http';
import { renameSync, writeFileSync } from 'node:fs';

export function listen(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1', () => {
    const file = process.argv[2];
    writeFileSync(`${file}.new`, String(server.address().port));
    renameSync(`${file}.new`, file);
  });
  return server;
}

export async function readBody(request) {
  let body = '';
  for await (const part of request) body += part;
  return body;
}

export function cookiesOf(request) {
  const pairs = (request.headers.cookie ?? '').split('; ').filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => [
    pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1)),
  ]));
}

export function answer(response, status, value, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}
