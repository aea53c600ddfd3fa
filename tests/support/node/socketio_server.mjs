// SPDX-License-Identifier: MIT
// Socket.IO 4 from npm: namespaces, acknowledgements both ways, bytes, heartbeats that are short.
import { Server } from 'socket.io';
import { answer, listen, readBody } from './serve.mjs';

let io;
const server = listen(async (request, response) => {
  if (request.url.startsWith('/socket.io/')) return;
  const body = JSON.parse((await readBody(request)) || '{}');
  if (request.url === '/announce') {
    io.of(body.namespace ?? '/').emit('announcement', body.text, { at: 1 });
  } else if (request.url === '/restart') {
    io.disconnectSockets(true);
  }
  answer(response, 200, { clients: io.engine.clientsCount });
});

io = new Server(server, { pingInterval: 300, pingTimeout: 200, maxHttpBufferSize: 10000,
  serveClient: false });

io.on('connection', (socket) => {
  socket.emit('hello', { transport: socket.conn.transport.name, auth: socket.handshake.auth });
  socket.on('bet', (bet, done) => done({ chips: 100 - bet.chips }, 'accepted'));
  socket.on('silent', (done) => done());
  socket.on('picture', (name, bytes, done) => {
    const is = Buffer.isBuffer(bytes);
    socket.emit('pictured', name, { size: is ? bytes.length : -1, parts: [bytes, Buffer.from('end')] });
    if (done) done({ copy: bytes });
  });
  socket.on('ask me', async () => {
    const reply = await socket.timeout(2000).emitWithAck('your turn', { seconds: 2 });
    socket.emit('you said', reply);
  });
  socket.on('join room', (room, done) => { socket.join(room); done(socket.rooms.size); });
  socket.on('say', (room, text) => io.to(room).emit('said', text));
  socket.on('kick me', () => socket.disconnect());
  socket.on('echo', (...values) => socket.emit('echoed', ...values));
});

io.of('/omaha').on('connection', (socket) => {
  socket.emit('dealt', ['As', 'Kd']);
  socket.on('fold', (done) => done('folded'));
  socket.on('leave', () => socket.disconnect());
});

io.of('/staff').use((socket, next) => {
  if (socket.handshake.auth.token === 'letmein') return next();
  const refusal = new Error('staff only');
  refusal.data = { code: 4403 };
  return next(refusal);
});
