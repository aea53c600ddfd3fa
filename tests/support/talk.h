/* SPDX-License-Identifier: MIT */
/*
 * A raw server that talks: WebSocket, Socket.IO, Pusher and an event stream, each connection for
 * itself, doing what the client's messages say. On /talk and /echo everything comes back, but
 *
 *   !say TEXT            comes back without "!say "
 *   !in 50 TEXT          50 ms later
 *   !close 1012 REASON   a close frame
 *   !reset               the end without one
 *   !break               a frame with a reserved opcode
 *   !flood 100         so many messages "x"
 *   !stuck             nothing is read any more
 *   !deaf                no pings are answered from now on
 */
#ifndef BDDRUN_TESTS_SUPPORT_TALK_H
#define BDDRUN_TESTS_SUPPORT_TALK_H

#include "support/raw_server.h"

/*
 * /talk, /echo     as above
 * /greet           says {"type":"hello"}, then three {"type":"tick","n":1}
 * /refuse          403 with a body; so everything with a header X-Refused
 * /hang            no answer
 * /wrong           an upgrade with a wrong Sec-WebSocket-Accept
 * /patient         accepts the first connection, gives no answer to later ones
 * /first           accepts the first connection only
 * /app/KEY         Pusher: joins every channel, but "private-…" only with the auth "key:sig",
 *                  not "silence"; "gone" ends the connection; KEY "none" is an error
 * /broadcasting/auth  that auth; 403 for "private-staff"
 * /socket.io/      Socket.IO: every event comes back, a call is acknowledged with its data, "ask"
 *                  makes the server call; "gone", "garbage" and "goodbye" end it; with "quick" in
 *                  its query a heartbeat would be due every 50 ms, and none comes
 * /stream, /api/scores/stream  an event stream: "score", "score", a message; it stays open
 * /stream-ends     the same, ended
 * everything else  200 with the request as its body
 */
bool talk_answer(struct raw_connection *connection, const char *path);

#endif
