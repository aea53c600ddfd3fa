/* SPDX-License-Identifier: MIT */
/*
 * Players and their sessions. Every address NAME@arena.test with a name of letters, digits and
 * hyphens has an account, made when first used, with the password ACCOUNT_PASSWORD; "nobody" has
 * none. Sessions carry one token that state-changing requests must bring back (as in Laravel).
 */
#ifndef BDDRUN_SITE_ACCOUNT_H
#define BDDRUN_SITE_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

#define ACCOUNT_PASSWORD "four-of-a-kind"

enum { ACCOUNT_NAME_SIZE = 40, ACCOUNT_NICK_SIZE = 64, SESSION_SECRET_SIZE = 40 };

struct account {
    struct account *next;
    char id[37]; /* a UUID made from the name */
    char name[ACCOUNT_NAME_SIZE];
    char nick[ACCOUNT_NICK_SIZE];
    int64_t chips;
    uint64_t version; /* the ETag */
    int64_t updated_s;
    struct text avatar; /* heap */
    char avatar_type[ACCOUNT_NICK_SIZE];
};

struct session {
    size_t index;
    char secret[SESSION_SECRET_SIZE + 1];
    char token[SESSION_SECRET_SIZE + 1];
    struct account *account; /* NULL: a guest */
    char flash[128];         /* shown once on the next page */
};

struct accounts {
    struct account *first;
    struct session **sessions;
    size_t session_count;
    size_t session_capacity;
};

void accounts_release(struct accounts *accounts);

/* NULL: no such account. */
struct account *accounts_by_name(struct accounts *accounts, struct text name);
struct account *accounts_by_email(struct accounts *accounts, struct text email);

struct session *session_start(struct accounts *accounts, struct account *account);
struct session *session_find(struct accounts *accounts, struct text cookie);
void session_end(struct session *session);

/* A random UUID (version 4), terminated. */
void uuid_random(char ret_uuid[37]);

struct visit;
void session_set_cookies(struct visit *visit, const struct session *session);
void session_expire_cookies(struct visit *visit);

#endif
