// SPDX-License-Identifier: MIT
// node socket_client.cjs MODULES PORT COUNT: echo round trips by npm's ws, nanoseconds each, of wall and of CPU.
const [modules, port, count] = process.argv.slice(2);
const WebSocket = require(`${modules}/ws`);
const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
const warmUp = 2000;
let left = Number(count) + warmUp;
let started, used;
socket.on('open', () => socket.send('hello'));
socket.on('message', (message) => {
    left -= 1;
    if (left === Number(count)) [started, used] = [process.hrtime.bigint(), process.cpuUsage()];
    if (left > 0) return socket.send(message.toString());
    console.log(String((process.hrtime.bigint() - started) / BigInt(count)));
    const cpu = process.cpuUsage(used);
    console.log(String(Math.round(((cpu.user + cpu.system) * 1000) / count)));
    socket.terminate();
});
