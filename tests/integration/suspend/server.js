// SPDX-License-Identifier: MIT
// A realtime server as small as can be that uses the Node.js example of docs/suspend.md. argv: the
// example, the file that gets the port.
'use strict';
const fs = require('fs');
const http = require('http');

const [, , example, portFile] = process.argv;
const suspension = require(example)(process.env.SUSPENDED_GAMES);
const openHands = { omaha: 2, holdem: 0 };

const server = http.createServer((request, response) => {
    const [, , game, what] = request.url.split('/');
    if (what === 'idle') {
        suspension.answerIdle(openHands[game], response);
        return;
    }
    if (what === 'join' && suspension.refuse(game, response)) {
        return;
    }
    if (what === 'finish') {
        openHands[game] = 0;
    }
    response.end('ok');
});
server.listen(0, '127.0.0.1', () => {
    fs.writeFileSync(`${portFile}.new`, String(server.address().port));
    fs.renameSync(`${portFile}.new`, portFile);
});
