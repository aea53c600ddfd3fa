/* SPDX-License-Identifier: MIT */
/*
 * Socket.IO 5 on Engine.IO 4. An event `move` with [1, 2] has two arguments; an array as the one
 * argument is written [[1, 2]]. Calls are numbered through all namespaces. A server's ping is
 * answered; its absence breaks the connection. What a namespace that was left still says is kept.
 */
#ifndef BDDRUN_PROTOCOL_SOCKETIO_SOCKETIO_H
#define BDDRUN_PROTOCOL_SOCKETIO_SOCKETIO_H

#include "protocol/protocol.h"

extern const struct protocol socketio_protocol;

#endif
