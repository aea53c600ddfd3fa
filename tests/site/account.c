/* SPDX-License-Identifier: MIT */
#include "account.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/alloc.h"
#include "visit.h"

static void uuid_print(char ret_uuid[37], const unsigned char bytes[16])
{
    size_t at = 0;
    for (size_t i = 0; i < 16; i++) {
        at += (size_t)snprintf(ret_uuid + at, 37 - at, "%s%02x",
                               i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", bytes[i]);
    }
}

static void random_bytes(unsigned char *bytes, size_t size)
{
    if (getrandom(bytes, size, 0) != (ssize_t)size) {
        BUG("no random bytes");
    }
}

void uuid_random(char ret_uuid[37])
{
    unsigned char bytes[16];
    random_bytes(bytes, sizeof bytes);
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    uuid_print(ret_uuid, bytes);
}

/* The same name has the same id in every run. */
static void uuid_of_name(char ret_uuid[37], struct text name)
{
    uint64_t hash[2] = { text_hash(name), text_hash(text_from(name, name.size / 2)) };
    unsigned char bytes[16];
    memcpy(bytes, hash, sizeof bytes);
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x50);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    uuid_print(ret_uuid, bytes);
}

static bool is_account_name(struct text name)
{
    if (name.size == 0 || name.size >= ACCOUNT_NAME_SIZE || text_is(name, "nobody")) {
        return false;
    }
    for (size_t i = 0; i < name.size; i++) {
        if (!isalnum((unsigned char)name.at[i]) && name.at[i] != '-') {
            return false;
        }
    }
    return true;
}

struct account *accounts_by_name(struct accounts *accounts, struct text name)
{
    if (!is_account_name(name)) {
        return NULL;
    }
    for (struct account *account = accounts->first; account; account = account->next) {
        if (text_is(name, account->name)) {
            return account;
        }
    }
    struct account *account = alloc_or_die(1, sizeof *account);
    account->next = accounts->first;
    accounts->first = account;
    uuid_of_name(account->id, name);
    memcpy(account->name, name.at, name.size);
    memcpy(account->nick, name.at, name.size);
    account->chips = 1000;
    account->version = 1;
    account->updated_s = (int64_t)time(NULL);
    return account;
}

struct account *accounts_by_email(struct accounts *accounts, struct text email)
{
    size_t at = text_find_byte(email, '@', 0);
    if (!text_equal(text_from(email, at), TEXT("@arena.test"))) {
        return NULL;
    }
    return accounts_by_name(accounts, text_slice(email, 0, at));
}

/* Letters that must be encoded in a cookie come in, as they do in Laravel's tokens. */
static void random_text(char *ret_text, const char *alphabet)
{
    unsigned char bytes[SESSION_SECRET_SIZE];
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < SESSION_SECRET_SIZE; i++) {
        ret_text[i] = alphabet[bytes[i] % 64];
    }
    ret_text[SESSION_SECRET_SIZE] = '\0';
}

struct session *session_start(struct accounts *accounts, struct account *account)
{
    struct session *session = alloc_or_die(1, sizeof *session);
    GROW(accounts->sessions, accounts->session_count, accounts->session_capacity);
    session->index = accounts->session_count;
    accounts->sessions[accounts->session_count++] = session;
    session->account = account;
    random_text(session->secret,
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    random_text(session->token,
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/");
    session->token[SESSION_SECRET_SIZE - 1] = '=';
    return session;
}

/* The cookie is "index.secret". */
struct session *session_find(struct accounts *accounts, struct text cookie)
{
    uint64_t index = 0;
    size_t dot = text_find_byte(cookie, '.', 0);
    if (!text_to_uint64(text_slice(cookie, 0, dot), &index) ||
        index >= accounts->session_count) {
        return NULL;
    }
    struct session *session = accounts->sessions[index];
    bool is_secret = session->secret[0] && text_is(text_from(cookie, dot + 1), session->secret);
    return is_secret ? session : NULL;
}

void session_end(struct session *session)
{
    session->secret[0] = '\0';
    session->account = NULL;
}

static void add_url_encoded(struct buffer *out, const char *plain)
{
    for (const char *at = plain; *at; at++) {
        if (isalnum((unsigned char)*at)) {
            buffer_add_byte(out, *at);
        } else {
            buffer_add_format(out, "%%%02X", (unsigned char)*at);
        }
    }
}

void session_set_cookies(struct visit *visit, const struct session *session)
{
    struct buffer CLEANUP(buffer_release) token;
    buffer_init(&token, 4096);
    add_url_encoded(&token, session->token);
    visit_header(visit, "Set-Cookie", "XSRF-TOKEN=%s; Max-Age=7200; Path=/; SameSite=Lax",
                 token.at);
    visit_header(visit, "Set-Cookie",
                 "arena_session=%zu.%s; Max-Age=7200; Path=/; HttpOnly; SameSite=Lax",
                 session->index, session->secret);
}

void session_expire_cookies(struct visit *visit)
{
    visit_header(visit, "Set-Cookie", "XSRF-TOKEN=; Max-Age=0; Path=/; SameSite=Lax");
    visit_header(visit, "Set-Cookie",
                 "arena_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
}

void accounts_release(struct accounts *accounts)
{
    while (accounts->first) {
        struct account *next = accounts->first->next;
        free((void *)(uintptr_t)accounts->first->avatar.at);
        free(accounts->first);
        accounts->first = next;
    }
    for (size_t i = 0; i < accounts->session_count; i++) {
        free(accounts->sessions[i]);
    }
    free(accounts->sessions);
}
