// SPDX-License-Identifier: MIT
// Plain WebSocket as npm's ws speaks it, messages compressed where a client offers it; HTTP that
// causes messages; an event stream.
import { WebSocketServer } from 'ws';
import { answer, cookiesOf, listen, readBody } from './serve.mjs';

const lobby = new Set();
const streams = new Set();

function tellAll(value) {
  for (const socket of lobby) socket.send(JSON.stringify(value));
  for (const stream of streams) {
    stream.write(`event: ${value.type}\r\nid: ${value.n}\r\ndata: ${JSON.stringify(value)}\r\n\r\n`);
  }
}

let number = 0;
const server = listen(async (request, response) => {
  if (request.method === 'POST' && request.url === '/login') {
    answer(response, 200, { ok: true }, { 'Set-Cookie': 'seat=7; Path=/; HttpOnly' });
  } else if (request.method === 'POST' && request.url === '/announce') {
    number += 1;
    tellAll({ type: 'announcement', n: number, text: JSON.parse(await readBody(request)).text });
    answer(response, 202, { told: lobby.size });
  } else if (request.url === '/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no' });
    response.write(': welcome\n\ndata: hello\ndata: again\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  } else {
    answer(response, 404, { error: 'nothing here' });
  }
});

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true,
  handleProtocols: (offered) => (offered.has('arena.v2') ? 'arena.v2' : false) });

function speak(socket, path) {
  if (path === '/echo') {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  } else if (path === '/lobby') {
    lobby.add(socket);
    socket.on('close', () => lobby.delete(socket));
    socket.send(JSON.stringify({ type: 'welcome', here: lobby.size }));
  } else if (path === '/restart') {
    socket.send(JSON.stringify({ type: 'restarting' }));
    socket.close(1012, 'a new version');
  } else if (path === '/broken') {
    socket._socket.write(Buffer.from([0x83, 0x00])); // opcode 3 is reserved
  } else if (path === '/heartless' || path === '/garbled') { // Socket.IO that goes wrong
    socket.send('0{"sid":"s","upgrades":[],"pingInterval":200,"pingTimeout":100,"maxPayload":1000}');
    socket.on('message', () => {
      socket.send('40{"sid":"n"}');
      if (path === '/garbled') socket.send('42{"no":"array \u001b[31m"}');
    });
  } else if (path === '/impatient') {
    const timer = setInterval(() => {
      if (socket.isDead) socket.terminate();
      socket.isDead = true;
      socket.ping();
    }, 100);
    socket.on('pong', () => { socket.isDead = false; });
    socket.on('close', () => clearInterval(timer));
    setTimeout(() => socket.send(JSON.stringify({ type: 'alive' })), 700);
  }
}

server.on('upgrade', (request, stream, head) => {
  if (request.url.startsWith('/private') && cookiesOf(request).seat !== '7') {
    const body = JSON.stringify({ error: 'log in first' });
    stream.end('HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${body.length}\r\n\r\n${body}`);
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => {
    if (request.url.startsWith('/private')) {
      socket.send(JSON.stringify({ type: 'seated', seat: Number(cookiesOf(request).seat),
        protocol: socket.protocol, origin: request.headers.origin }));
    }
    speak(socket, request.url.split('?')[0]);
  });
});
