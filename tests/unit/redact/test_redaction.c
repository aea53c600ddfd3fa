/* SPDX-License-Identifier: MIT */
#include "redact/redaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "redact/secrets.h"

#define KEY TEXT("0123456789abcdef0123456789abcdef")

struct fixture {
    struct arena arena;
    struct redaction_key key;
    struct redaction_rules rules;
    struct secrets secrets;
    struct redaction *redaction;
};

static void fixture_init(struct fixture *fixture, const struct redaction_rules *rules)
{
    arena_init(&fixture->arena);
    secrets_init(&fixture->secrets);
    redaction_key_make(&fixture->key, KEY, &fixture->arena);
    fixture->rules = rules ? *rules : (struct redaction_rules){ 0 };
    fixture->redaction = redaction_new(&fixture->key, &fixture->rules, &fixture->secrets);
}

static void fixture_release(struct fixture *fixture)
{
    redaction_free(fixture->redaction);
    secrets_release(&fixture->secrets);
    arena_release(&fixture->arena);
}

/* Tokens as <kind>: their digests are another test's. */
static const char *readable(struct arena *arena, struct text text)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    struct redaction_token token;
    for (size_t at = 0; at < text.size;) {
        if (redaction_token_at(text, at, &token)) {
            buffer_add_format(&out, "<%.*s>", TEXT_ARG(token.kind));
            at += token.size;
        } else {
            buffer_add_byte(&out, text.at[at++]);
        }
    }
    return arena_string(arena, buffer_text(&out));
}

struct redact_case {
    const char *what; /* a header's name, a content type */
    const char *value;
    const char *redacted;
};

typedef struct text redact_function(struct redaction *redaction, struct arena *arena,
                                    struct text what, struct text value);

static void assert_cases_with(struct fixture *fixture, redact_function *redact,
                              const struct redact_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text what = text_of(cases[i].what);
        struct text once =
            redact(fixture->redaction, &fixture->arena, what, text_of(cases[i].value));
        assert_string_equal(readable(&fixture->arena, once), cases[i].redacted);
        struct text twice = redact(fixture->redaction, &fixture->arena, what, once);
        assert_true(text_equal(once, twice)); /* a token is not redacted again */
    }
}

static void assert_cases(redact_function *redact, const struct redact_case *cases, size_t count)
{
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, NULL);
    assert_cases_with(&fixture, redact, cases, count);
}

static struct text redact_message(struct redaction *redaction, struct arena *arena,
                                  struct text what, struct text value)
{
    return redaction_message(redaction, arena, text_is(what, "binary"), value);
}

static struct text redact_url(struct redaction *redaction, struct arena *arena,
                              struct text what, struct text value)
{
    (void)what;
    return redaction_url(redaction, arena, value);
}

#define JWT "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

static void headers_keep_what_is_contract(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "Authorization", "Bearer abc", "Bearer <bearer>" },
        { "authorization", "Basic YTpi", "Basic <basic>" },
        { "Proxy-Authorization", "Digest username=\"a\"", "Digest <digest>" },
        { "Authorization", "Negotiate YII", "Negotiate <negotiate>" },
        { "Authorization", "odd", "<authorization>" },
        { "Authorization", "", "" },
        { "Authorization", "Bearer ***", "Bearer ***" },
        { "Cookie",
          "a=1; theme=dark; odd; empty=", "a=<cookie>; theme=<cookie>; <cookie>; empty=" },
        { "Set-Cookie", "sid=1; Path=/; HttpOnly; SameSite=Lax",
          "sid=<cookie>; Path=/; HttpOnly; SameSite=Lax" },
        { "X-Api-Key", "k1", "<key>" },
        { "X-Auth-Token", "abc", "<token>" },
        { "X-CSRF-Token", "abc", "<csrf>" },
        { "X-XSRF-TOKEN", "abc", "<csrf>" },
        { "X-Amz-Security-Token", "abc", "<token>" },
        { "Stripe-Signature", "t=1,v1=2", "<signature>" },
        { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "<nonce>" },
        { "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "<nonce>" },
        { "Sec-WebSocket-Protocol", "graphql-ws, chat", "graphql-ws, chat" },
        { "Sec-WebSocket-Protocol", "access, a0123456789b0123456789", "access, <token>" },
        { "Location", "https://u:p@h/a?token=1#access_token=2",
          "https://<password>@h/a?token=<token>#access_token=<token>" },
        { "Content-Type", "application/json", "application/json" },
        { "X-Trace", "Bearer " JWT, "Bearer <bearer>" },
        { "Link", "<https://h/?api_key=1>; rel=next", "<https://h/?api_key=1>; rel=next" },
    };
    assert_cases(redaction_header, cases, ARRAY_SIZE(cases));
}

static void urls_lose_their_secrets_and_nothing_else(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "", "", "" },
        { "", "/a/b?x=1&y=2", "/a/b?x=1&y=2" },
        { "", "https://h:81/a?q=a+b", "https://h:81/a?q=a+b" },
        { "", "https://user@h/", "https://<password>@h/" },
        { "", "https://u:p@h", "https://<password>@h" },
        { "", "wss://h/?ticket=1&token=abc&api_key=d",
          "wss://h/?ticket=1&token=<token>&api_key=<key>" },
        { "", "/cb?code=4%2F0AX4XfWh&state=open", "/cb?code=<token>&state=open" },
        { "", "/x?X-Amz-Signature=ab&key=&%E2", "/x?X-Amz-Signature=<signature>&key=&%E2" },
        { "", "/x?" JWT, "/x?<jwt>" },
        { "", "/x?user=%7B%22pin%22%3A1234%7D",
          "/x?user=%7B%22pin%22%3A%22<pin-number>%22%7D" },
        { "", "/password-reset/a0123456789b0123456789/x", "/password-reset/<password>/x" },
        { "", "/j/" JWT "/x", "/j/<jwt>/x" },
        { "", "/a#b", "/a#b" },
    };
    assert_cases(redact_url, cases, ARRAY_SIZE(cases));
}

static void json_is_redacted_by_key_and_by_value(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "application/json", "", "" },
        { "application/json", "{\"a\": 1, \"state\": \"open\"}",
          "{\"a\": 1, \"state\": \"open\"}" },
        { "application/json", "{ \"password\" : \"x\", \"b\":[1 ,2] }",
          "{ \"password\" : \"<password>\", \"b\":[1 ,2] }" },
        { "application/json", "{\"pin\":1234,\"token\":true,\"jwt\":null,\"sid\":\"\"}",
          "{\"pin\":\"<pin-number>\",\"token\":true,\"jwt\":null,\"sid\":\"\"}" },
        { "application/json", "{\"accessToken\":{\"value\":\"a\",\"n\":[1,\"b\"]}}",
          "{\"accessToken\":{\"value\":\"<token>\",\"n\":[\"<token-number>\",\"<token>\"]}}" },
        { "application/json", "[\"" JWT "\", \"Bearer a1b2c3d4e5\", \"bearer of news\"]",
          "[\"<jwt>\", \"Bearer <bearer>\", \"bearer of news\"]" },
        { "application/json", "{\"a\":\"x Basic dXNlcjpwYXNz y\",\"b\":\"basic income\"}",
          "{\"a\":\"x Basic <basic> y\",\"b\":\"basic income\"}" },
        { "application/json", "{\"key\":\"seat.taken\",\"auth\":\"required\"}",
          "{\"key\":\"seat.taken\",\"auth\":\"required\"}" },
        { "application/json", "{\"key\":\"k3y-abcdef\",\"session\":{\"id\":\"q\"}}",
          "{\"key\":\"<key>\",\"session\":{\"id\":\"<session>\"}}" },
        { "application/json", "{\"card\":{\"number\":\"1\"},\"code\":\"a1b2c3d4\"}",
          "{\"card\":{\"number\":\"<card>\"},\"code\":\"a1b2c3d4\"}" },
        { "application/json", "{\"json\":\"{\\\"token\\\":\\\"a\\\"}\"}",
          "{\"json\":\"{\\\"token\\\":\\\"<token>\\\"}\"}" },
        { "application/json", "{\"u\":\"https://h/?sig=1\",\"v\":\"see https://h/?sig=1\"}",
          "{\"u\":\"https://h/?sig=<signature>\",\"v\":\"see https://h/?sig=1\"}" },
        { "application/json", "{\"" JWT "\" :1}", "{\"<jwt>\" :1}" },
        { "application/json", "{\"token\":\"a", "{\"token\":\"<token>" },
        { "application/json", "{\"x\":1,}\n{\"pin\": 12 }",
          "{\"x\":1,}\n{\"pin\": \"<pin-number>\" }" },
        { "application/x-ndjson", "{\"pin\":\"1\"}\n{\"pin\":\"2\"}\n",
          "{\"pin\":\"<pin>\"}\n{\"pin\":\"<pin>\"}\n" },
        { "application/json", "{\"a\":\"***\",\"token\":\"***\"}",
          "{\"a\":\"***\",\"token\":\"***\"}" },
        { "application/json",
          "{\"laravel_session\":\"a\",\"_token\":\"b\",\"x-client-data\":\"c\"}",
          "{\"laravel_session\":\"<session>\",\"_token\":\"<token>\",\"x-client-data\":\"<"
          "token>\"}" },
        { "application/json", "{\"passphrase\":\"a\",\"clientSecret\":\"b\"}",
          "{\"passphrase\":\"<password>\",\"clientSecret\":\"<secret>\"}" },
    };
    assert_cases(redaction_body, cases, ARRAY_SIZE(cases));
}

static void values_that_look_like_secrets_are_found_anywhere(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "text/plain", "x AKIAIOSFODNN7EXAMPLE y", "x <aws-key> y" },
        { "text/plain", "xAKIAIOSFODNN7EXAMPLE", "xAKIAIOSFODNN7EXAMPLE" },
        { "text/plain", "AKIA123", "AKIA123" },
        { "text/plain", "ghp_0123456789abcdefghij", "<github-token>" },
        { "text/plain", "sk_live_0123456789", "<stripe-key>" },
        { "text/plain", "(xoxb-123456789-abc)", "(<slack-token>)" },
        { "text/plain", "glpat-0123456789abcdefghij.", "<gitlab-token>." },
        { "text/plain", "npm_0123456789012345678901234567890123456789", "<npm-token>" },
        { "text/plain", "whsec_0123456789abcdefghij rebase notes",
          "<stripe-key> rebase notes" },
        { "text/plain",
          "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nx",
          "<private-key>\nx" },
        { "text/plain", "-----BEGIN PRIVATE KEY-----\nMIIE", "<private-key>" },
        { "text/plain", "-----BEGIN CERTIFICATE-----\nMIIE",
          "-----BEGIN CERTIFICATE-----\nMIIE" },
        { "text/plain", "4111111111111111", "<card>" },
        { "text/plain", "4111111111111112 4111111111111111a 0.4111111111111111",
          "4111111111111112 4111111111111111a 0.4111111111111111" },
        { "text/plain", "card 5500-0000-0000-0004!", "card <card>!" },
        { "text/plain", "3782 822463 10005", "<card>" },
        { "text/plain", "30569309025904 4222222222222 2223003122003222 6011000000000000007",
          "<card> <card> <card> 6011000000000000007" },
        { "text/plain", "1795417748953 2026-11-23 10:15:00",
          "1795417748953 2026-11-23 10:15:00" },
        { "text/plain", "eyes only. ey.x.y eyJhbGciOiJIUzI1NiJ9. eyJhbGciOiJIUzI1NiJ9.abc",
          "eyes only. ey.x.y eyJhbGciOiJIUzI1NiJ9. eyJhbGciOiJIUzI1NiJ9.abc" },
        { "text/plain", "a@b.test", "a@b.test" },
        { "text/plain", "plain text: nothing", "plain text: nothing" },
        { "text/plain", "password: \"x\" user='y'", "password: \"<password>\" user='y'" },
    };
    assert_cases(redaction_body, cases, ARRAY_SIZE(cases));
}

static void forms_of_every_kind_are_redacted_by_field(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "application/x-www-form-urlencoded",
          "user=a&password=b%20c&remember=", "user=a&password=<password>&remember=" },
        { "", "a=b&pin=1", "a=b&pin=<pin>" },
        { "multipart/form-data; boundary=B",
          "--B\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nx\r\n--B\r\n"
          "Content-Disposition: form-data; name=\"a\"\r\n\r\ny\r\n--B--\r\n",
          "--B\r\nContent-Disposition: form-data; "
          "name=\"password\"\r\n\r\n<password>\r\n--B\r\n"
          "Content-Disposition: form-data; name=\"a\"\r\n\r\ny\r\n--B--\r\n" },
        { "multipart/form-data", "--B\r\nX: 1\r\n\r\nAKIAIOSFODNN7EXAMPLE",
          "--B\r\nX: 1\r\n\r\n<aws-key>" },
        { "multipart/form-data", "broken", "broken" },
        { "text/event-stream", "event: a\ndata: {\"pin\":\"1\"}\n\n:x\ndata\n",
          "event: a\ndata: {\"pin\":\"<pin>\"}\n\n:x\ndata\n" },
    };
    assert_cases(redaction_body, cases, ARRAY_SIZE(cases));
}

static void markup_is_redacted_by_its_tags(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "text/html", "<input type=\"hidden\" name=\"_token\" value=\"abc\">",
          "<input type=\"hidden\" name=\"_token\" value=\"<token>\">" },
        { "text/html", "<meta name=csrf-token content='abc' /><p class=x>a</p>",
          "<meta name=csrf-token content='<csrf>' /><p class=x>a</p>" },
        { "text/html", "<div data-api-key=\"abc\" id=password></div>",
          "<div data-api-key=\"<key>\" id=password></div>" },
        { "text/html", "<a href=\"https://h/?sig=1\">x</a>",
          "<a href=\"https://h/?sig=<signature>\">x</a>" },
        { "text/html", "<script>window.t = {csrfToken: 'abc', n: 1};</script>",
          "<script>window.t = {csrfToken: '<csrf>', n: 1};</script>" },
        { "text/html", "<script>{\"pin\":1}</script>",
          "<script>{\"pin\":\"<pin-number>\"}</script>" },
        { "application/xml", "<a><Password>x</Password><b> </b></a>",
          "<a><Password><password></Password><b> </b></a>" },
        { "text/html", "<p>" JWT "</p><input name=password",
          "<p><jwt></p><input name=password" },
        { "text/html", "<input value=\"unclosed", "<input value=\"unclosed" },
        { "text/html", "<p =x>", "<p =x>" },
    };
    assert_cases(redaction_body, cases, ARRAY_SIZE(cases));
}

static void packets_of_sockets_are_read_whatever_their_head(void **state)
{
    (void)state;
    static const struct redact_case cases[] = {
        { "text", "42[\"login\",{\"password\":\"x\"}]",
          "42[\"login\",{\"password\":\"<password>\"}]" },
        { "text", "42/chat,7[\"a\",{\"b\":1}]", "42/chat,7[\"a\",{\"b\":1}]" },
        { "text",
          "0{\"sid\":\"abc\",\"pingInterval\":1}\x1e"
          "40",
          "0{\"sid\":\"<session>\",\"pingInterval\":1}\x1e"
          "40" },
        { "text", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"key:0123abcdef0123\"}}",
          "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"key:0123abcdef0123\"}}" },
        { "text", "{\"event\":\"x\",\"data\":\"{\\\"token\\\":\\\"a\\\"}\"}",
          "{\"event\":\"x\",\"data\":\"{\\\"token\\\":\\\"<token>\\\"}\"}" },
        { "text", "2probe", "2probe" },
        { "text", "hello there", "hello there" },
        { "text", "token=abc&x=1", "token=<token>&x=1" },
        { "binary", "{\"token\":\"abc\"}", "{\"token\":\"<token>\"}" },
        { "text", "a\nb {\"pin\":1\nc", "a\nb {\"pin\":\"<pin-number>\"\nc" },
    };
    assert_cases(redact_message, cases, ARRAY_SIZE(cases));
}

struct binary_case {
    struct text frame;
    size_t start, end; /* of what is replaced; equal: nothing */
};

static void binary_frames_keep_their_length(void **state)
{
    (void)state;
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, NULL);
    static const struct binary_case cases[] = {
        { TEXT_STATIC("\x82\xa5token\xa8"
                      "abcd1234\xa1n\x01"),
          8, 16 },
        { TEXT_STATIC("\x00\xff"
                      "sessionToken\x00"
                      "0123456789abcdef\x00"),
          15, 31 },
        { TEXT_STATIC("\xff"
                      "epasswordhhunter22"),
          10, 19 },
        { TEXT_STATIC("\xff"
                      "AKIAIOSFODNN7EXAMPLE\x00"),
          1, 21 },
        { TEXT_STATIC("\xff"
                      "0123456789abcdef0123456789abcdef\xff"),
          1, 33 },
        { TEXT_STATIC("\xff"
                      "01234567-89ab-cdef-0123-456789abcdef\xff"),
          1, 1 },
        { TEXT_STATIC("\xff"
                      "table\xff"
                      "name\xff"),
          1, 1 },
        { TEXT_STATIC("\x00\x01\x02\xfa"), 0, 0 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct text frame = cases[i].frame;
        struct text once = redaction_message(fixture.redaction, &fixture.arena, true, frame);
        assert_int_equal(once.size, frame.size);
        for (size_t at = 0; at < frame.size; at++)
            if (at < cases[i].start || at >= cases[i].end)
                assert_int_equal(once.at[at], frame.at[at]);
        if (cases[i].start < cases[i].end) {
            assert_memory_not_equal(once.at + cases[i].start, frame.at + cases[i].start,
                                    cases[i].end - cases[i].start);
        } else {
            assert_ptr_equal(once.at, frame.at);
        }
        struct text twice = redaction_message(fixture.redaction, &fixture.arena, true, once);
        assert_true(text_equal(once, twice));
    }
}

static void pictures_and_bodies_without_secrets_are_not_copied(void **state)
{
    (void)state;
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, NULL);
    struct text picture = TEXT("\x89PNG token=AKIAIOSFODNN7EXAMPLE");
    struct text json = TEXT("{\"a\": [1, 2, {\"b\": \"c\"}]}");
    assert_ptr_equal(
        redaction_body(fixture.redaction, &fixture.arena, TEXT("image/png"), picture).at,
        picture.at);
    assert_ptr_equal(
        redaction_body(fixture.redaction, &fixture.arena, TEXT("application/json"), json).at,
        json.at);
    struct text drawing = redaction_body(fixture.redaction, &fixture.arena,
                                         TEXT("image/svg+xml"), TEXT("<a token=\"x\"/>"));
    assert_string_equal(readable(&fixture.arena, drawing), "<a token=\"<token>\"/>");
    struct text octets =
        redaction_body(fixture.redaction, &fixture.arena, TEXT("application/octet-stream"),
                       TEXT("\xff\x01token\x01"
                            "abcdefgh"));
    assert_int_equal(octets.at[8], '*');
}

static void equal_secrets_have_equal_tokens_whatever_their_encoding(void **state)
{
    (void)state;
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, NULL);
    struct redaction *redaction = fixture.redaction;
    struct arena *arena = &fixture.arena;
    struct text cookie = redaction_header(redaction, arena, TEXT("Cookie"), TEXT("X=a%3Db"));
    struct text header = redaction_header(redaction, arena, TEXT("X-XSRF-TOKEN"), TEXT("a=b"));
    struct text other = redaction_header(redaction, arena, TEXT("X-XSRF-TOKEN"), TEXT("a=c"));
    struct redaction_token of_cookie;
    struct redaction_token of_header;
    struct redaction_token of_other;
    assert_true(redaction_token_at(cookie, 2, &of_cookie));
    assert_true(redaction_token_parse(header, &of_header));
    assert_true(redaction_token_parse(other, &of_other));
    assert_true(text_equal(of_cookie.digest, of_header.digest));
    assert_false(text_equal(of_other.digest, of_header.digest));
    assert_true(text_is(of_cookie.key_id, fixture.key.id));
}

static void known_secrets_and_the_users_keys_are_redacted(void **state)
{
    (void)state;
    static const struct text keys[] = { TEXT_STATIC("email"), TEXT_STATIC("chat.text"),
                                        TEXT_STATIC("Nick-Name"), TEXT_STATIC("a.b.c") };
    const struct redaction_rules rules = { .keys = keys, .key_count = ARRAY_SIZE(keys) };
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, &rules);
    assert_true(secrets_add(&fixture.secrets, TEXT("hunter2")));
    static const struct redact_case bodies[] = {
        { "", "say hunter2, then hunter2", "say <known>, then <known>" },
        { "", "{\"email\":\"x\",\"text\":\"y\"}", "{\"email\":\"<personal>\",\"text\":\"y\"}" },
        { "", "{\"nickName\":[\"x\",1]}",
          "{\"nickName\":[\"<personal>\",\"<personal-number>\"]}" },
        { "", "{\"chat\":{\"text\":\"y\"}}", "{\"chat\":{\"text\":\"<personal>\"}}" },
        { "", "{\"event\":\"chat\",\"data\":{\"text\":\"y\"}}",
          "{\"event\":\"chat\",\"data\":{\"text\":\"<personal>\"}}" },
        { "", "{\"type\":\"talk\",\"data\":{\"text\":\"y\"}}",
          "{\"type\":\"talk\",\"data\":{\"text\":\"y\"}}" },
        { "", "[\"chat\",{\"text\":\"y\"},[\"z\"]]",
          "[\"chat\",{\"text\":\"<personal>\"},[\"z\"]]" },
        { "", "{\"a\":{\"x\":{\"b\":{\"c\":1}}},\"b\":{\"c\":1}}",
          "{\"a\":{\"x\":{\"b\":{\"c\":\"<personal-number>\"}}},\"b\":{\"c\":1}}" },
        { "", "mail alice@arena.test. or bob@x", "mail <email>. or bob@x" },
        { "", "@a.test a@b", "@a.test a@b" },
    };
    assert_cases_with(&fixture, redaction_body, bodies, ARRAY_SIZE(bodies));
    struct text value =
        redaction_value(fixture.redaction, &fixture.arena, TEXT("nick_name"), TEXT("x"));
    assert_string_equal(readable(&fixture.arena, value), "<personal>");
}

static void an_import_keeps_only_what_is_allowed(void **state)
{
    (void)state;
    static const struct text allowed[] = { TEXT_STATIC("name"), TEXT_STATIC("table.id") };
    const struct redaction_rules rules = { .is_allow_list = true,
                                           .allowed = allowed,
                                           .allowed_count = ARRAY_SIZE(allowed) };
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, &rules);
    static const struct redact_case bodies[] = {
        { "", "{\"name\":\"x\",\"id\":1,\"table\":{\"id\":7},\"ok\":true,\"tags\":[\"y\"]}",
          "{\"name\":\"x\",\"id\":\"<import-number>\",\"table\":{\"id\":7},\"ok\":true,"
          "\"tags\":[\"<import>\"]}" },
        { "", "{\"name\":\"Bearer a1b2c3d4\",\"password\":\"p\"}",
          "{\"name\":\"Bearer <bearer>\",\"password\":\"<password>\"}" },
        { "", "free text", "<import>" },
        { "text/html", "<p class=\"x\"><b id=y>text</b></p>",
          "<p class=\"x\"><b id=y><import></b></p>" },
        { "", "42[\"chat\",{\"text\":\"y\"}]", "42[\"chat\",{\"text\":\"<import>\"}]" },
        { "", "a=1&name=2", "a=<import>&name=2" },
    };
    assert_cases_with(&fixture, redaction_body, bodies, ARRAY_SIZE(bodies));
    static const struct redact_case headers[] = {
        { "Content-Type", "text/html", "text/html" },
        { "Vary", "Accept", "Vary" },
        { "X-Powered-By", "PHP", "<import>" },
    };
    assert_cases_with(&fixture, redaction_header, headers, 1);
    assert_cases_with(&fixture, redaction_header, headers + 2, 1);
}

struct found {
    size_t count;
    char kinds[400];
};

static void note(void *context, const struct redaction_finding *finding)
{
    struct found *found = context;
    found->count++;
    size_t size = strlen(found->kinds);
    snprintf(found->kinds + size, sizeof found->kinds - size, "%s in %.*s\n", finding->kind,
             TEXT_ARG(finding->where));
}

static void exchange_of(struct arena *arena, struct exchange *exchange)
{
    *exchange = (struct exchange){ .is_finished = true };
    exchange->request.url = TEXT("https://h/a?token=1");
    headers_add(&exchange->request.headers, arena, TEXT("Accept"), TEXT("*/*"));
    headers_add(&exchange->request.headers, arena, TEXT("Cookie"), TEXT("s=1"));
    exchange->request.body = TEXT("{\"password\":\"x\"}");
    exchange->response.url = TEXT("https://h/a");
    headers_add(&exchange->response.headers, arena, TEXT("Content-Type"), TEXT("text/plain"));
    exchange->response.body = TEXT("AKIAIOSFODNN7EXAMPLE");
}

static void an_exchange_is_redacted_in_all_its_parts_and_stays_as_it_is(void **state)
{
    (void)state;
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, NULL);
    struct exchange exchange;
    exchange_of(&fixture.arena, &exchange);
    struct found found = { 0 };
    redaction_observe(fixture.redaction, note, &found);
    const struct exchange *redacted =
        redaction_exchange(fixture.redaction, &fixture.arena, &exchange);
    assert_string_equal(found.kinds, "token in request URL at 'token'\n"
                                     "cookie in request header 'Cookie' at 's'\n"
                                     "password in request body at 'password'\n"
                                     "aws-key in response body\n");
    assert_string_equal(readable(&fixture.arena, redacted->request.url),
                        "https://h/a?token=<token>");
    assert_true(text_is(redacted->request.headers.list[0].value, "*/*"));
    assert_string_equal(readable(&fixture.arena, redacted->response.body), "<aws-key>");
    assert_true(text_is(exchange.request.headers.list[1].value, "s=1"));
    struct redaction_finding finding;
    assert_false(
        redaction_find_secret(fixture.redaction, redacted, NULL, &fixture.arena, &finding));
    assert_true(
        redaction_find_secret(fixture.redaction, &exchange, NULL, &fixture.arena, &finding));
    assert_string_equal(finding.kind, "token");
    assert_int_equal(found.count, 4);
}

static void a_conversation_is_redacted_with_its_handshake(void **state)
{
    (void)state;
    CLEANUP(fixture_release) struct fixture fixture;
    fixture_init(&fixture, NULL);
    struct exchange handshake;
    exchange_of(&fixture.arena, &handshake);
    struct conversation_message messages[] = {
        { .kind = CONVERSATION_TEXT, .data = TEXT("hello") },
        { .kind = CONVERSATION_TEXT, .data = TEXT("42[\"a\",{\"pin\":\"1\"}]") },
        { .kind = CONVERSATION_BINARY,
          .data = TEXT("\xff\x01token\x01"
                       "abcdefgh") },
    };
    const struct conversation conversation = {
        .handshake = &handshake, .list = messages, .count = 3, .close.reason = TEXT("bye " JWT)
    };
    const struct conversation *redacted =
        redaction_conversation(fixture.redaction, &fixture.arena, &conversation);
    assert_ptr_equal(redacted->list[0].data.at, messages[0].data.at);
    assert_string_equal(readable(&fixture.arena, redacted->list[1].data),
                        "42[\"a\",{\"pin\":\"<pin>\"}]");
    assert_int_equal(redacted->list[2].data.at[8], '*');
    assert_string_equal(readable(&fixture.arena, redacted->close.reason), "bye <jwt>");
    assert_ptr_not_equal(redacted->handshake, &handshake);
    struct redaction_finding finding;
    assert_false(
        redaction_find_secret(fixture.redaction, NULL, redacted, &fixture.arena, &finding));
    struct conversation bare = conversation;
    bare.handshake = NULL;
    assert_true(
        redaction_find_secret(fixture.redaction, NULL, &bare, &fixture.arena, &finding));
    assert_true(text_is(finding.where, "message 2 at 'pin'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_keep_what_is_contract),
        cmocka_unit_test(urls_lose_their_secrets_and_nothing_else),
        cmocka_unit_test(json_is_redacted_by_key_and_by_value),
        cmocka_unit_test(values_that_look_like_secrets_are_found_anywhere),
        cmocka_unit_test(forms_of_every_kind_are_redacted_by_field),
        cmocka_unit_test(markup_is_redacted_by_its_tags),
        cmocka_unit_test(packets_of_sockets_are_read_whatever_their_head),
        cmocka_unit_test(binary_frames_keep_their_length),
        cmocka_unit_test(pictures_and_bodies_without_secrets_are_not_copied),
        cmocka_unit_test(equal_secrets_have_equal_tokens_whatever_their_encoding),
        cmocka_unit_test(known_secrets_and_the_users_keys_are_redacted),
        cmocka_unit_test(an_import_keeps_only_what_is_allowed),
        cmocka_unit_test(an_exchange_is_redacted_in_all_its_parts_and_stays_as_it_is),
        cmocka_unit_test(a_conversation_is_redacted_with_its_handshake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
