// SPDX-License-Identifier: MIT
// One game of a Node.js server is closed while its code is switched. A suspended game is a file
// that says when the suspension ends by itself, so it is seen by every process of the host and
// survives their restart.
//
//   node suspension.js suspend omaha --minutes 30      node suspension.js resume omaha
//
// In the server:
//   const suspension = require('./suspension')(process.env.SUSPENDED_GAMES);
//   if (suspension.refuse(game, response)) return;      // on what begins something
//   suspension.answerIdle(openHands(game), response);   // GET /games/:game/idle
'use strict';
const fs = require('fs');
const path = require('path');

function suspension(folder) {
    const file = (game) => {
        if (!/^[a-z0-9-]+$/.test(game)) {
            throw new Error(`no name of a game: ${game}`);
        }
        return path.join(folder, game);
    };
    const send = (response, status, headers, body) => {
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
    };
    return {
        suspend(game, minutes) {
            fs.mkdirSync(folder, { recursive: true });
            const whole = file(game);
            fs.writeFileSync(`${whole}.new`, String(Date.now() + minutes * 60000));
            fs.renameSync(`${whole}.new`, whole);
        },
        resume(game) {
            fs.rmSync(file(game), { force: true });
        },
        isSuspended(game) {
            try {
                return Date.now() < Number(fs.readFileSync(file(game), 'utf8'));
            } catch (error) {
                if (error.code === 'ENOENT') {
                    return false;
                }
                throw error;
            }
        },
        // Answers 503 and returns true while the game is suspended.
        refuse(game, response) {
            const is = this.isSuspended(game);
            if (is) {
                send(response, 503, { 'Retry-After': '60' }, { error: 'suspended', game });
            }
            return is;
        },
        answerIdle(active, response) {
            send(response, 200, {}, { idle: active === 0, active });
        },
    };
}

module.exports = suspension;

if (require.main === module) {
    const [verb, game, , minutes] = process.argv.slice(2);
    const games = suspension(process.env.SUSPENDED_GAMES || 'suspended-games');
    if (verb === 'suspend' && game) {
        games.suspend(game, Number(minutes || 30));
    } else if (verb === 'resume' && game) {
        games.resume(game);
    } else {
        console.error('usage: node suspension.js suspend GAME [--minutes N] | resume GAME');
        process.exit(2);
    }
    console.log(`${verb === 'suspend' ? 'suspended' : 'resumed'}: ${game}`);
}
