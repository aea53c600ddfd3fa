// SPDX-License-Identifier: MIT
// node socket_client.cjs MODULES PORT COUNT: echo round trips by npm's ws, nanoseconds each.
const [modules, port, count] = process.argv.slice(2);
const WebSocket = require(`${modules}/ws`);
const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
const warmUp = 2000;
let left = Number(count) + warmUp;
let started;
socket.on('open', () => socket.send('hello'));
socket.on('message', (message) => {
    left -= 1;
    if (left === Number(count)) started = process.hrtime.bigint();
    if (left > 0) return socket.send(message.toString());
    console.log(String((process.hrtime.bigint() - started) / BigInt(count)));
    socket.terminate();
});
