/* SPDX-License-Identifier: MIT */
/* The cases h.* and x.*; the last has no play. */
#ifndef BDDRUN_TESTS_SUPPORT_WEBSOCKET_OWN_CASES_H
#define BDDRUN_TESTS_SUPPORT_WEBSOCKET_OWN_CASES_H

#include "support/websocket_cases.h"

extern const struct websocket_case websocket_own_cases[];

#endif
