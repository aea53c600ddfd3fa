// SPDX-License-Identifier: MIT
// The server's side of Pusher's protocol 7 on npm's ws, from its documentation ("Pusher Channels
// WebSockets protocol", "Server API", "Generating authentication signatures"), and an application
// that signs subscriptions as Laravel does: session, CSRF token, X-Socket-ID.
import { createHmac, randomInt } from 'node:crypto';
import { WebSocketServer } from 'ws';
import { answer, cookiesOf, listen, readBody } from './serve.mjs';

const KEY = 'arena-key';
const SECRET = 'arena-secret';
const IDLE_SECONDS = 1;
const sockets = new Set();

const sign = (text) => `${KEY}:${createHmac('sha256', SECRET).update(text).digest('hex')}`;
const write = (socket, event, data, channel) => socket.send(JSON.stringify({
  event, ...(channel && { channel }), data: JSON.stringify(data) }));

function inChannel(channel) {
  return [...sockets].filter((socket) => socket.channels.has(channel));
}

function membersOf(channel) {
  const hash = {};
  for (const socket of inChannel(channel)) {
    const member = socket.channels.get(channel);
    hash[member.user_id] = member.user_info;
  }
  return { presence: { count: Object.keys(hash).length, ids: Object.keys(hash), hash } };
}

function fail(socket, code, message) {
  socket.send(JSON.stringify({ event: 'pusher:error', data: { code, message } }));
}

function subscribe(socket, { channel, auth, channel_data: data }) {
  const isPresence = channel.startsWith('presence-');
  if (isPresence || channel.startsWith('private-')) {
    if (auth !== sign([socket.id, channel, ...(data ? [data] : [])].join(':'))) {
      fail(socket, 4009, 'The connection is unauthorized.');
      return;
    }
  }
  const member = isPresence ? JSON.parse(data) : {};
  const others = inChannel(channel);
  socket.channels.set(channel, member);
  write(socket, 'pusher_internal:subscription_succeeded', isPresence ? membersOf(channel) : {}, channel);
  if (isPresence) others.forEach((other) => write(other, 'pusher_internal:member_added', member, channel));
}

function unsubscribe(socket, channel) {
  const member = socket.channels.get(channel);
  socket.channels.delete(channel);
  if (channel.startsWith('presence-') && member) {
    inChannel(channel).forEach((other) => write(other, 'pusher_internal:member_removed',
      { user_id: member.user_id }, channel));
  }
}

function hear(socket, message) {
  socket.heard += 1;
  if (message.event === 'pusher:ping') {
    socket.pings += 1;
    write(socket, 'pusher:pong', {});
  } else if (message.event === 'pusher:subscribe') {
    subscribe(socket, message.data);
  } else if (message.event === 'pusher:unsubscribe') {
    unsubscribe(socket, message.data.channel);
  } else if (message.event.startsWith('client-')) {
    if (!socket.channels.has(message.channel) || !/^(private|presence)-/.test(message.channel)) {
      fail(socket, 4301, 'Client events are for private channels.');
      return;
    }
    inChannel(message.channel).filter((other) => other !== socket).forEach((other) =>
      other.send(JSON.stringify({ event: message.event, channel: message.channel, data: message.data })));
  }
}

// 422 where the broadcast has no such socket; 419 is Laravel's word for a missing CSRF token.
async function authorise(request, response) {
  const cookies = cookiesOf(request);
  const form = new URLSearchParams(await readBody(request));
  const channel = form.get('channel_name');
  if (request.headers['x-xsrf-token'] !== cookies['XSRF-TOKEN']) {
    answer(response, 419, { message: 'CSRF token mismatch.' });
  } else if (!cookies.player || channel === 'private-staff') {
    answer(response, 403, { message: 'This action is unauthorized.' });
  } else if (channel.startsWith('presence-')) {
    const data = JSON.stringify({ user_id: cookies.player, user_info: { name: cookies.player } });
    answer(response, 200, { auth: sign(`${form.get('socket_id')}:${channel}:${data}`), channel_data: data });
  } else {
    answer(response, 200, { auth: sign(`${form.get('socket_id')}:${channel}`) });
  }
}

const server = listen(async (request, response) => {
  if (request.url === '/broadcasting/auth') {
    await authorise(request, response);
  } else if (request.url.startsWith('/login/')) {
    answer(response, 200, {}, { 'Set-Cookie': [`player=${request.url.slice(7)}; Path=/`,
      'XSRF-TOKEN=to%2Fken%3D; Path=/'] });
  } else if (request.url === '/trigger') {
    const { channel, event, data } = JSON.parse(await readBody(request));
    const except = request.headers['x-socket-id'];
    inChannel(channel).filter((socket) => socket.id !== except)
      .forEach((socket) => write(socket, event, data, channel));
    answer(response, 200, { except: except ?? null });
  } else if (request.url === '/pings') {
    answer(response, 200, [...sockets].map((socket) => socket.pings));
  } else if (request.url === '/restart') {
    for (const socket of sockets) {
      fail(socket, 4200, 'The server restarts.');
      socket.close(4200, 'restart');
    }
    answer(response, 200, {});
  } else {
    answer(response, 404, {});
  }
});

new WebSocketServer({ server }).on('connection', (socket, request) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname !== `/app/${KEY}` || url.searchParams.get('protocol') !== '7') {
    fail(socket, 4001, 'App key not in this cluster.');
    socket.close(4001);
    return;
  }
  Object.assign(socket, { id: `${randomInt(1e9)}.${randomInt(1e9)}`, channels: new Map(), pings: 0, heard: 0 });
  sockets.add(socket);
  socket.on('message', (data) => hear(socket, JSON.parse(data)));
  socket.on('close', () => {
    [...socket.channels.keys()].forEach((channel) => unsubscribe(socket, channel));
    sockets.delete(socket);
  });
  write(socket, 'pusher:connection_established', { socket_id: socket.id, activity_timeout: IDLE_SECONDS });
  // A client that was asked and says nothing is dropped, as servers do.
  setTimeout(() => {
    const before = socket.heard;
    write(socket, 'pusher:ping', {});
    setTimeout(() => { if (socket.heard === before) socket.terminate(); }, 300);
  }, 200);
});
