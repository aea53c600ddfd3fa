// SPDX-License-Identifier: MIT
// Gives tokens as the authorization servers of registries do (Docker Registry v2 token
// authentication, JWT by ES256). argv: key, certificate, the file that gets the port. Only ann with
// the password "open:sesame" gets one.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');

const [, , keyFile, certificateFile, portFile] = process.argv;
const key = crypto.createPrivateKey(fs.readFileSync(keyFile));
const certificate = new crypto.X509Certificate(fs.readFileSync(certificateFile));
const expected = `Basic ${Buffer.from('ann:open:sesame').toString('base64')}`;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(service, scope) {
    const now = Math.floor(Date.now() / 1000);
    const [type, name, actions] = scope.split(':');
    const head = { typ: 'JWT', alg: 'ES256', x5c: [certificate.raw.toString('base64')] };
    const claims = {
        iss: 'bddrun-test', sub: 'ann', aud: service, exp: now + 3600, nbf: now - 60, iat: now, jti: String(now),
        access: [{ type, name, actions: actions.split(',') }],
    };
    const signed = `${encode(head)}.${encode(claims)}`;
    const signature = crypto.sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
}

const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (request.headers.authorization !== expected) {
        response.writeHead(401).end();
        return;
    }
    response.end(JSON.stringify({ token: token(url.searchParams.get('service'), url.searchParams.get('scope')) }));
});
server.listen(0, '127.0.0.1', () => {
    fs.writeFileSync(`${portFile}.new`, String(server.address().port));
    fs.renameSync(`${portFile}.new`, portFile);
});
