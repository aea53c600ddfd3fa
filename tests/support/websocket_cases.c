/* SPDX-License-Identifier: MIT */
#include "support/websocket_cases.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/websocket_own_cases.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal) literal, sizeof(literal) - 1
#define CASE(...) add((struct websocket_case){ __VA_ARGS__ })

static struct websocket_case cases[WEBSOCKET_CASES_LIMIT];
static size_t case_count;

static struct websocket_case *add(struct websocket_case added)
{
    if (case_count == WEBSOCKET_CASES_LIMIT) {
        abort();
    }
    cases[case_count] = added;
    return &cases[case_count++];
}

static struct websocket_case *numbered(struct websocket_case *added, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static struct websocket_case *numbered(struct websocket_case *added, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(added->id, sizeof added->id, format, arguments);
    va_end(arguments);
    return added;
}

static char *filled(char byte, size_t size)
{
    char *bytes = malloc(size + 1);
    memset(bytes, byte, size);
    return bytes;
}

static const char hello[] = "Hello, world!";
static const unsigned text_whole = WIRE_FINAL | WIRE_TEXT;
static const unsigned ping_whole = WIRE_FINAL | WIRE_PING;

/* 1.*, 9.1, 9.2, 9.5, 9.6: a message comes back. */
static void play_echo(struct websocket_game *game, const struct websocket_case *played)
{
    char *message = filled(played->opcode == WIRE_TEXT ? '*' : '\xFE', played->size);
    game_send(game, WIRE_FINAL | played->opcode, message, played->size);
    game_expect(game, played->opcode, message, played->size);
    game_close(game);
    free(message);
}

static void add_section_1(void)
{
    static const size_t sizes[] = { 0, 125, 126, 127, 128, 65535, 65536, 65536 };
    for (unsigned opcode = WIRE_TEXT; opcode <= WIRE_BINARY; opcode++) {
        for (unsigned i = 0; i < COUNT(sizes); i++) {
            numbered(CASE(.play = play_echo, .opcode = opcode, .size = sizes[i],
                          .chop = i == 7 ? 997 : 0, .code = 1000),
                     "1.%u.%u", opcode, i + 1);
        }
    }
}

/* 2.*: pings and pongs. */
static void play_ping(struct websocket_game *game, const struct websocket_case *played)
{
    game_send(game, ping_whole, played->bytes, played->size);
    if (played->failure) {
        game_expect_failure(game, 1002);
        return;
    }
    game_expect(game, WIRE_PONG, played->bytes, played->size);
    game_close(game);
}

static void play_pong(struct websocket_game *game, const struct websocket_case *played)
{
    game_send(game, WIRE_FINAL | WIRE_PONG, played->bytes, played->size);
    game_expect_silence(game, 10);
    game_close(game);
}

static void play_pong_then_ping(struct websocket_game *game,
                                const struct websocket_case *played)
{
    (void)played;
    game_hold(game, WIRE_FINAL | WIRE_PONG, BYTES("unsolicited pong payload"));
    game_send(game, ping_whole, BYTES("ping payload"));
    game_expect(game, WIRE_PONG, BYTES("ping payload"));
    game_close(game);
}

static void play_ten_pings(struct websocket_game *game, const struct websocket_case *played)
{
    (void)played;
    char payload[32];
    for (unsigned i = 0; i < 10; i++) {
        game_hold(game, ping_whole, payload,
                  (size_t)snprintf(payload, sizeof payload, "payload-%u", i));
    }
    game_flush(game);
    for (unsigned i = 0; i < 10; i++) {
        game_expect(game, WIRE_PONG, payload,
                    (size_t)snprintf(payload, sizeof payload, "payload-%u", i));
    }
    game_close(game);
}

static void add_section_2(void)
{
    const char *full = filled('\xFE', 126);
    CASE("2.1", play_ping, .bytes = "", .code = 1000);
    CASE("2.2", play_ping, .bytes = hello, .size = sizeof hello - 1, .code = 1000);
    CASE("2.3", play_ping, .bytes = "\x00\xFF\xFE\xFD\xFC\xFB\x00\xFF", .size = 8,
         .code = 1000);
    CASE("2.4", play_ping, .bytes = full, .size = 125, .code = 1000);
    CASE("2.5", play_ping, .bytes = full, .size = 126, .code = 1006,
         .failure = "a control frame has at most 125 bytes of payload (section 5.5); it sent "
                    "89 7e 00 7e");
    CASE("2.6", play_ping, .bytes = full, .size = 125, .chop = 1, .code = 1000);
    CASE("2.7", play_pong, .bytes = "", .code = 1000);
    CASE("2.8", play_pong, .bytes = "unsolicited pong payload", .size = 24, .code = 1000);
    CASE("2.9", play_pong_then_ping, .code = 1000);
    CASE("2.10", play_ten_pings, .code = 1000);
    CASE("2.11", play_ten_pings, .chop = 1, .code = 1000);
}

/* 3.*, 4.*: a broken frame, at once or between a message and a ping. opcode is its first byte. */
static void play_broken(struct websocket_game *game, const struct websocket_case *played)
{
    game_send(game, played->opcode, played->bytes, played->size);
    game_expect_failure(game, 1002);
}

static void play_broken_between(struct websocket_game *game,
                                const struct websocket_case *played)
{
    bool is_at_once = played->piece == 0;
    game_hold(game, text_whole, hello, sizeof hello - 1);
    if (!is_at_once) {
        game_flush(game);
    }
    game_hold(game, played->opcode, played->bytes, played->size);
    if (!is_at_once) {
        game_flush(game);
    }
    game_send(game, ping_whole, "", 0);
    game_expect(game, WIRE_TEXT, hello, sizeof hello - 1);
    game_expect_failure(game, 1002);
}

#define RESERVED_BITS "reserved bits are 0 without an extension (section 5.2); it sent "
#define RESERVED_OPCODE "opcodes 3 to 7 and 11 to 15 are reserved (section 5.2); it sent "
#define BROKEN .bytes = hello, .size = sizeof hello - 1, .code = 1006

static void add_section_3(void)
{
    CASE("3.1", play_broken, WIRE_FINAL | 1 << 4 | WIRE_TEXT, BROKEN,
         .failure = RESERVED_BITS "91 0d");
    CASE("3.2", play_broken_between, WIRE_FINAL | 2 << 4 | WIRE_TEXT, BROKEN,
         .failure = RESERVED_BITS "a1 0d");
    CASE("3.3", play_broken_between, WIRE_FINAL | 3 << 4 | WIRE_TEXT, BROKEN, .piece = 1,
         .failure = RESERVED_BITS "b1 0d");
    CASE("3.4", play_broken_between, WIRE_FINAL | 4 << 4 | WIRE_TEXT, BROKEN, .chop = 1,
         .failure = RESERVED_BITS "c1 0d");
    CASE("3.5", play_broken, WIRE_FINAL | 5 << 4 | WIRE_BINARY, .bytes = "\x00\xFF\xFE\xFD",
         .size = 4, .code = 1006, .failure = RESERVED_BITS "d2 04");
    CASE("3.6", play_broken, WIRE_FINAL | 6 << 4 | WIRE_PING, BROKEN,
         .failure = RESERVED_BITS "e9 0d");
    CASE("3.7", play_broken, WIRE_FINAL | 7 << 4 | WIRE_CLOSE, .bytes = "\x03\xE8", .size = 2,
         .code = 1006, .failure = RESERVED_BITS "f8 02");
}

static void add_section_4(void)
{
    for (unsigned i = 0; i < 10; i++) {
        unsigned place = i % 5;
        unsigned opcode = (i < 5 ? 3 : 11) + place;
        bool has_payload = place == 1 || place >= 3;
        numbered(CASE(.play = place < 2 ? play_broken : play_broken_between,
                      .opcode = WIRE_FINAL | opcode, .bytes = has_payload ? hello : "",
                      .size = has_payload ? sizeof hello - 1 : 0, .chop = place == 4,
                      .code = 1006, .failure = RESERVED_OPCODE),
                 "4.%u.%u", i / 5 + 1, place + 1);
    }
}

/* 5.*: fragments. chop 1: byte by byte; piece 1: frame by frame. */
static void next(struct websocket_game *game, const struct websocket_case *played,
                 unsigned first_byte, const char *payload)
{
    game_hold(game, first_byte, payload, strlen(payload));
    if (played->piece) {
        game_flush(game);
        raw_pause_ms(1);
    }
}

static void play_fragmented_control(struct websocket_game *game,
                                    const struct websocket_case *played)
{
    game_hold(game, played->opcode, "fragment1", 9);
    game_send(game, WIRE_FINAL | WIRE_CONTINUATION, "fragment2", 9);
    game_expect_failure(game, 1002);
}

static void play_fragmented(struct websocket_game *game, const struct websocket_case *played)
{
    next(game, played, WIRE_TEXT, "fragment1");
    if (played->opcode == WIRE_PING) {
        next(game, played, ping_whole, "ping payload");
    }
    next(game, played, WIRE_FINAL | WIRE_CONTINUATION, "fragment2");
    if (played->opcode == WIRE_PING) {
        game_expect(game, WIRE_PONG, BYTES("ping payload"));
    }
    game_expect(game, WIRE_TEXT, BYTES("fragment1fragment2"));
    game_close(game);
}

/* A continuation of nothing, final or not, before a good message. */
static void play_lost_continuation(struct websocket_game *game,
                                   const struct websocket_case *played)
{
    next(game, played, played->opcode, "non-continuation payload");
    next(game, played, text_whole, hello);
    game_expect_failure(game, 1002);
}

static void play_continuation_after_message(struct websocket_game *game,
                                            const struct websocket_case *played)
{
    next(game, played, WIRE_TEXT, "fragment1");
    next(game, played, WIRE_FINAL | WIRE_CONTINUATION, "fragment2");
    next(game, played, WIRE_CONTINUATION, "fragment3");
    next(game, played, text_whole, "fragment4");
    game_expect(game, WIRE_TEXT, BYTES("fragment1fragment2"));
    game_expect_failure(game, 1002);
}

static void play_continuation_before_fragments(struct websocket_game *game,
                                               const struct websocket_case *played)
{
    for (unsigned i = 0; i < 2; i++) {
        next(game, played, played->opcode, "fragment1");
        next(game, played, WIRE_TEXT, "fragment2");
        next(game, played, WIRE_FINAL | WIRE_CONTINUATION, "fragment3");
    }
    game_expect_failure(game, 1002);
}

static void play_interrupted_message(struct websocket_game *game,
                                     const struct websocket_case *played)
{
    next(game, played, WIRE_TEXT, "fragment1");
    next(game, played, text_whole, "fragment2");
    game_expect_failure(game, 1002);
}

static void play_pings_between_fragments(struct websocket_game *game,
                                         const struct websocket_case *played)
{
    next(game, played, WIRE_TEXT, "fragment1");
    next(game, played, WIRE_CONTINUATION, "fragment2");
    next(game, played, ping_whole, "pongme 1!");
    game_expect(game, WIRE_PONG, BYTES("pongme 1!"));
    next(game, played, WIRE_CONTINUATION, "fragment3");
    next(game, played, WIRE_CONTINUATION, "fragment4");
    next(game, played, ping_whole, "pongme 2!");
    game_expect(game, WIRE_PONG, BYTES("pongme 2!"));
    next(game, played, WIRE_FINAL | WIRE_CONTINUATION, "fragment5");
    game_expect(game, WIRE_TEXT, BYTES("fragment1fragment2fragment3fragment4fragment5"));
    game_close(game);
}

#define LOST "a continuation frame follows a frame that is not final (section 5.4); it sent "

static void add_section_5(void)
{
    CASE("5.1", play_fragmented_control, WIRE_PING, .code = 1006,
         .failure = "a control frame is not fragmented (section 5.5); it sent 09 09");
    CASE("5.2", play_fragmented_control, WIRE_PONG, .code = 1006,
         .failure = "a control frame is not fragmented (section 5.5); it sent 0a 09");
    for (unsigned i = 0; i < 6; i++) {
        numbered(CASE(.play = play_fragmented, .opcode = i < 3 ? WIRE_TEXT : WIRE_PING,
                      .piece = i % 3 == 1, .chop = i % 3 == 2, .code = 1000),
                 "5.%u", i + 3);
    }
    for (unsigned i = 0; i < 6; i++) {
        numbered(CASE(.play = play_lost_continuation,
                      .opcode = (i < 3 ? WIRE_FINAL : 0) | WIRE_CONTINUATION,
                      .piece = i % 3 == 1, .chop = i % 3 == 2, .code = 1006, .failure = LOST),
                 "5.%u", i + 9);
    }
    CASE("5.15", play_continuation_after_message, .code = 1006, .failure = LOST "00 09");
    CASE("5.16", play_continuation_before_fragments, WIRE_CONTINUATION, .code = 1006,
         .failure = LOST "00 09");
    CASE("5.17", play_continuation_before_fragments, WIRE_FINAL | WIRE_CONTINUATION,
         .code = 1006, .failure = LOST "80 09");
    CASE("5.18", play_interrupted_message, .code = 1006,
         .failure = "a message's fragments are not interrupted by another message (section "
                    "5.4); it sent 81 09");
    CASE("5.19", play_pings_between_fragments, .code = 1000);
    CASE("5.20", play_pings_between_fragments, .piece = 1, .code = 1000);
}

/* 6.1: empty fragments. */
static void play_empty_fragments(struct websocket_game *game,
                                 const struct websocket_case *played)
{
    next(game, played, WIRE_TEXT, "");
    next(game, played, WIRE_CONTINUATION, played->bytes);
    next(game, played, WIRE_FINAL | WIRE_CONTINUATION, "");
    game_expect(game, WIRE_TEXT, played->bytes, played->size);
    game_close(game);
}

/* 6.2 to 6.23: a text, in fragments of so many bytes (0: one frame). */
static void send_fragments(struct websocket_game *game, unsigned opcode, const char *bytes,
                           size_t size, size_t piece)
{
    size_t step = piece ? piece : size;
    if (size == 0) {
        game_send(game, WIRE_FINAL | opcode, "", 0);
    }
    for (size_t at = 0; at < size; at += step) {
        size_t left = size - at;
        unsigned first_byte =
            (left <= step ? WIRE_FINAL : 0U) | (at == 0 ? opcode : (unsigned)WIRE_CONTINUATION);
        game_hold(game, first_byte, bytes + at, left < step ? left : step);
    }
    game_flush(game);
}

static void play_text(struct websocket_game *game, const struct websocket_case *played)
{
    send_fragments(game, WIRE_TEXT, played->bytes, played->size, played->piece);
    if (played->failure) {
        game_expect_failure(game, 1007);
        return;
    }
    game_expect(game, WIRE_TEXT, played->bytes, played->size);
    game_close(game);
}

/* 6.4: good up to `size`, bad up to `piece`; the rest never comes: it must fail before. As
 * fragments, or within one frame. */
static void play_fail_fast_fragments(struct websocket_game *game,
                                     const struct websocket_case *played)
{
    game_send(game, WIRE_TEXT, played->bytes, played->size);
    game_expect_silence(game, 20);
    game_send(game, WIRE_CONTINUATION, played->bytes + played->size,
              played->piece - played->size);
    game_expect_failure(game, 1007);
}

static void play_fail_fast_frame(struct websocket_game *game,
                                 const struct websocket_case *played)
{
    unsigned char frame[128];
    size_t whole = wire_frame(frame, text_whole, played->bytes, strlen(played->bytes));
    size_t header = whole - strlen(played->bytes);
    game_hold_bytes(game, frame, header + played->size);
    game_expect_silence(game, 20);
    game_hold_bytes(game, frame + header + played->size, played->piece - played->size);
    game_expect_failure(game, 1007);
}

#define KOSME "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5"
#define SURROGATE                                                                              \
    KOSME "\xED\xA0\x80"                                                                       \
          "edited"
#define TOO_HIGH                                                                               \
    KOSME "\xF4\x90\x80\x80"                                                                   \
          "edited"
#define UMLAUTS "Hello-\xC2\xB5@\xC3\x9F\xC3\xB6\xC3\xA4\xC3\xBC\xC3\xA0\xC3\xA1-UTF-8!!"
#define NOT_UTF8 "a text message is valid UTF-8 (section 8.1); it sent \""

static void add_section_6_1_to_6_4(void)
{
    CASE("6.1.1", play_text, .bytes = "", .code = 1000);
    CASE("6.1.2", play_empty_fragments, .bytes = "", .code = 1000);
    CASE("6.1.3", play_empty_fragments, .bytes = "middle frame payload", .size = 20,
         .code = 1000);
    CASE("6.2.1", play_text, 0, BYTES(UMLAUTS), .code = 1000);
    CASE("6.2.2", play_text, 0, BYTES(UMLAUTS), .piece = 15, .code = 1000);
    CASE("6.2.3", play_text, 0, BYTES(UMLAUTS), .piece = 1, .code = 1000);
    CASE("6.2.4", play_text, 0, BYTES(KOSME), .piece = 1, .code = 1000);
    CASE("6.3.1", play_text, 0, BYTES(SURROGATE), .code = 1006,
         .failure = NOT_UTF8 KOSME "\\xed\\xa0\"");
    CASE("6.3.2", play_text, 0, BYTES(SURROGATE), .piece = 1, .code = 1006,
         .failure = NOT_UTF8 KOSME "\\xed\\xa0\"");
    CASE("6.4.1", play_fail_fast_fragments, .bytes = TOO_HIGH, .size = 11, .piece = 15,
         .code = 1006, .failure = NOT_UTF8 KOSME "\\xf4\\x90\"");
    CASE("6.4.2", play_fail_fast_fragments, .bytes = TOO_HIGH, .size = 12, .piece = 13,
         .code = 1006, .failure = NOT_UTF8);
    CASE("6.4.3", play_fail_fast_frame, .bytes = TOO_HIGH, .size = 11, .piece = 15,
         .code = 1006, .failure = NOT_UTF8);
    CASE("6.4.4", play_fail_fast_frame, .bytes = TOO_HIGH, .size = 12, .piece = 13,
         .code = 1006, .failure = NOT_UTF8);
}

static void add_text(unsigned section, unsigned number, bool is_valid, const char *bytes,
                     size_t size)
{
    numbered(CASE(.play = play_text, .bytes = bytes, .size = size,
                  .code = is_valid ? 1000 : 1006, .failure = is_valid ? NULL : NOT_UTF8),
             "6.%u.%u", section, number);
}

static void add_texts(unsigned section, bool is_valid, const char *const *texts)
{
    for (unsigned i = 0; texts[i]; i++) {
        add_text(section, i + 1, is_valid, texts[i], strlen(texts[i]));
    }
}

static void add_prefixes(void)
{
    static const bool is_whole[] = {
        [2] = true, [5] = true, [7] = true, [9] = true, [11] = true
    };
    for (unsigned size = 1; size <= 11; size++) {
        add_text(6, size, is_whole[size], KOSME, size);
    }
}

/* Every continuation byte but the last; lonely first bytes, each with a space. */
static void add_runs(void)
{
    static const char *const some[] = { "\x80",
                                        "\xBF",
                                        "\x80\xBF",
                                        "\x80\xBF\x80",
                                        "\x80\xBF\x80\xBF",
                                        "\x80\xBF\x80\xBF\x80",
                                        "\x80\xBF\x80\xBF\x80\xBF",
                                        NULL };
    static const unsigned ranges[][2] = {
        { 0xC0, 0xDF }, { 0xE0, 0xEF }, { 0xF0, 0xF7 }, { 0xF8, 0xFB }, { 0xFC, 0xFD }
    };
    static char all[63];
    static char lonely[5][64];
    add_texts(12, false, some);
    for (unsigned i = 0; i < sizeof all; i++) {
        all[i] = (char)(0x80 + i);
    }
    add_text(12, 8, false, all, sizeof all);
    for (unsigned i = 0; i < COUNT(ranges); i++) {
        size_t size = 0;
        for (unsigned byte = ranges[i][0]; byte < ranges[i][1]; byte++) {
            lonely[i][size++] = (char)byte;
            lonely[i][size++] = ' ';
        }
        add_text(13, i + 1, false, lonely[i], size);
    }
}

static void add_cut(void)
{
    static const char *const cut[] = {
        "\xC0", "\xE0\x80", "\xF0\x80\x80", "\xF8\x80\x80\x80", "\xFC\x80\x80\x80\x80",
        "\xDF", "\xEF\xBF", "\xF7\xBF\xBF", "\xFB\xBF\xBF\xBF", "\xFD\xBF\xBF\xBF\xBF",
        NULL
    };
    static char joined[64];
    add_texts(14, false, cut);
    for (unsigned i = 0; cut[i]; i++) {
        size_t size = strlen(joined);
        snprintf(joined + size, sizeof joined - size, "%s", cut[i]);
    }
    add_text(15, 1, false, joined, strlen(joined));
}

static void add_noncharacters(void)
{
    static char texts[34][5] = { "\xEF\xBF\xBE", "\xEF\xBF\xBF" };
    unsigned count = 2;
    for (unsigned first = 0xF0; first <= 0xF4; first++) {
        for (unsigned second = 0x8F; second <= 0xBF; second += 0x10) {
            bool is_overlong = first == 0xF0 && second == 0x8F;
            bool is_too_high = first == 0xF4 && second > 0x8F;
            for (unsigned last = 0xBE; last <= 0xBF && !is_overlong && !is_too_high; last++) {
                snprintf(texts[count++], sizeof texts[0], "%c%c\xBF%c", (int)first, (int)second,
                         (int)last);
            }
        }
    }
    for (unsigned i = 0; i < count; i++) {
        add_text(22, i + 1, true, texts[i], strlen(texts[i]));
    }
}

static void add_section_6_5_to_6_23(void)
{
    static const char *const some[] = { "hello\x24world",
                                        "hello\xC2\xA2world",
                                        "hello\xE2\x82\xACworld",
                                        "hello\xF0\xA4\xAD\xA2world",
                                        KOSME,
                                        NULL };
    static const char *const first_5_6[] = { "\xF8\x88\x80\x80\x80", "\xFC\x84\x80\x80\x80\x80",
                                             NULL };
    static const char *const last[] = { "\x7F", "\xDF\xBF", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF",
                                        NULL };
    static const char *const last_4_5_6[] = { "\xF7\xBF\xBF\xBF", "\xFB\xBF\xBF\xBF\xBF",
                                              "\xFD\xBF\xBF\xBF\xBF\xBF", NULL };
    static const char *const edges[] = { "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBD",
                                         "\xF4\x8F\xBF\xBF", NULL };
    static const char *const impossible[] = { "\xFE", "\xFF", "\xFE\xFE\xFF\xFF", NULL };
    static const char *const overlong[] = { "\xC0\xAF",
                                            "\xE0\x80\xAF",
                                            "\xF0\x80\x80\xAF",
                                            "\xF8\x80\x80\x80\xAF",
                                            "\xFC\x80\x80\x80\x80\xAF",
                                            NULL };
    static const char *const most_overlong[] = { "\xC1\xBF",
                                                 "\xE0\x9F\xBF",
                                                 "\xF0\x8F\xBF\xBF",
                                                 "\xF8\x87\xBF\xBF\xBF",
                                                 "\xFC\x83\xBF\xBF\xBF\xBF",
                                                 NULL };
    static const char *const overlong_nul[] = { "\xC0\x80",
                                                "\xE0\x80\x80",
                                                "\xF0\x80\x80\x80",
                                                "\xF8\x80\x80\x80\x80",
                                                "\xFC\x80\x80\x80\x80\x80",
                                                NULL };
    static const char *const surrogates[] = { "\xED\xA0\x80", "\xED\xAD\xBF",
                                              "\xED\xAE\x80", "\xED\xAF\xBF",
                                              "\xED\xB0\x80", "\xED\xBE\x80",
                                              "\xED\xBF\xBF", NULL };
    static const char *const pairs[] = {
        "\xED\xA0\x80\xED\xB0\x80", "\xED\xA0\x80\xED\xBF\xBF", "\xED\xAD\xBF\xED\xB0\x80",
        "\xED\xAD\xBF\xED\xBF\xBF", "\xED\xAE\x80\xED\xB0\x80", "\xED\xAE\x80\xED\xBF\xBF",
        "\xED\xAF\xBF\xED\xB0\x80", "\xED\xAF\xBF\xED\xBF\xBF", NULL
    };
    static const char *const specials[] = { "\xEF\xBF\xB9", "\xEF\xBF\xBA",
                                            "\xEF\xBF\xBB", "\xEF\xBF\xBC",
                                            "\xEF\xBF\xBD", "\xEF\xBF\xBE",
                                            "\xEF\xBF\xBF", NULL };
    add_texts(5, true, some);
    add_prefixes();
    add_text(7, 1, true, "", 1); /* NUL */
    add_text(7, 2, true, BYTES("\xC2\x80"));
    add_text(7, 3, true, BYTES("\xE0\xA0\x80"));
    add_text(7, 4, true, BYTES("\xF0\x90\x80\x80"));
    add_texts(8, false, first_5_6);
    add_texts(9, true, last);
    add_texts(10, false, last_4_5_6);
    add_texts(11, true, edges);
    add_text(11, 5, false, BYTES("\xF4\x90\x80\x80"));
    add_runs();
    add_cut();
    add_texts(16, false, impossible);
    add_texts(17, false, overlong);
    add_texts(18, false, most_overlong);
    add_texts(19, false, overlong_nul);
    add_texts(20, false, surrogates);
    add_texts(21, false, pairs);
    add_noncharacters();
    add_texts(23, true, specials);
}

/* 7.1: what comes after a close frame. */
static void play_message_then_close(struct websocket_game *game,
                                    const struct websocket_case *played)
{
    char *message = filled('*', played->size);
    game_hold(game, text_whole, message, played->size);
    game_hold(game, WIRE_FINAL | WIRE_CLOSE, "\x03\xE8", 2);
    if (played->opcode) {
        game_hold(game, played->opcode, "", 0);
    }
    game_expect(game, WIRE_TEXT, message, played->size);
    game_expect_close(game, 1000);
    free(message);
}

static void play_after_close(struct websocket_game *game, const struct websocket_case *played)
{
    game_hold(game, WIRE_FINAL | WIRE_CLOSE, "\x03\xE8", 2);
    game_hold(game, played->opcode, played->bytes, played->size);
    game_expect_close(game, 1000);
}

static void play_close_within_message(struct websocket_game *game,
                                      const struct websocket_case *played)
{
    (void)played;
    game_hold(game, WIRE_TEXT, "fragment1", 9);
    game_hold(game, WIRE_FINAL | WIRE_CLOSE, "\x03\xE8", 2);
    game_hold(game, WIRE_FINAL | WIRE_CONTINUATION, "fragment2", 9);
    game_expect_close(game, 1000);
}

/* 7.3 to 7.13: close frames of all kinds; opcode is the code the client answers with. */
static void play_close(struct websocket_game *game, const struct websocket_case *played)
{
    game_send(game, WIRE_FINAL | WIRE_CLOSE, played->bytes, played->size);
    if (played->failure) {
        game_expect_failure(game, played->opcode);
    } else {
        game_expect_close(game, played->opcode);
    }
}

static const char *close_payload(unsigned code, const char *reason)
{
    char *payload = malloc(strlen(reason) + 3);
    payload[0] = (char)(code >> 8);
    payload[1] = (char)(code & 0xFF);
    memcpy(payload + 2, reason, strlen(reason) + 1);
    return payload;
}

static void add_section_7_1_and_7_3(void)
{
    char *long_reason = filled('*', 124);
    long_reason[124] = '\0';
    const char *too_long = close_payload(1000, long_reason);
    free(long_reason);
    CASE("7.1.1", play_message_then_close, .size = 13, .code = 1000);
    CASE("7.1.2", play_after_close, WIRE_FINAL | WIRE_CLOSE, BYTES("\x03\xE8"), .code = 1000);
    CASE("7.1.3", play_after_close, WIRE_FINAL | WIRE_PING, BYTES("pongme"), .code = 1000);
    CASE("7.1.4", play_after_close, WIRE_FINAL | WIRE_TEXT, BYTES("late"), .code = 1000);
    CASE("7.1.5", play_close_within_message, .code = 1000);
    CASE("7.1.6", play_message_then_close, WIRE_FINAL | WIRE_PING, .size = 256 << 10,
         .code = 1000);
    CASE("7.3.1", play_close, 0, "", .code = 1005);
    CASE("7.3.2", play_close, 1002, "a", 1, .code = 1006,
         .failure = "a close frame has no payload or at least the 2 bytes of a code (section "
                    "5.5.1); it sent 61");
    CASE("7.3.3", play_close, 1000, BYTES("\x03\xE8"), .code = 1000);
    CASE("7.3.4", play_close, 1000, BYTES("\x03\xE8Hello World!"), .code = 1000);
    CASE("7.3.5", play_close, 1000, too_long, 125, .code = 1000);
    CASE("7.3.6", play_close, 1002, too_long, 126, .code = 1006,
         .failure = "a control frame has at most 125 bytes of payload (section 5.5); it sent "
                    "88 7e 00 7e");
}

static void add_section_7_codes(void)
{
    static const unsigned good[] = { 1000, 1001, 1002, 1003, 1007, 1008, 1009,
                                     1010, 1011, 3000, 3999, 4000, 4999 };
    static const unsigned bad[] = { 0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999 };
    static const unsigned undefined[] = { 5000, 65535 };
    CASE("7.5.1", play_close, 1007, BYTES("\x03\xE8" SURROGATE), .code = 1006,
         .failure = "a close frame's reason is valid UTF-8 (section 5.5.1)");
    for (unsigned i = 0; i < COUNT(good); i++) {
        numbered(CASE(.play = play_close, .opcode = good[i],
                      .bytes = close_payload(good[i], ""), .size = 2, .code = good[i]),
                 "7.7.%u", i + 1);
    }
    for (unsigned i = 0; i < COUNT(bad); i++) {
        numbered(CASE(.play = play_close, .opcode = 1002, .bytes = close_payload(bad[i], ""),
                      .size = 2, .code = 1006,
                      .failure =
                          "a close frame's code is 1000 to 1003, 1007 to 1014 or 3000 to "
                          "4999 (section 7.4); it sent "),
                 "7.9.%u", i + 1);
    }
    for (unsigned i = 0; i < COUNT(undefined); i++) {
        numbered(CASE(.play = play_close, .opcode = 1002,
                      .bytes = close_payload(undefined[i], ""), .size = 2, .code = 1006,
                      .failure = "(section 7.4); it sent "),
                 "7.13.%u", i + 1);
    }
}

/* 9.3, 9.4, 10.1: a large message in fragments. */
static void play_large_fragments(struct websocket_game *game,
                                 const struct websocket_case *played)
{
    char *message = filled(played->opcode == WIRE_TEXT ? '*' : '\xFE', played->size);
    send_fragments(game, played->opcode, message, played->size, played->piece);
    game_expect(game, played->opcode, message, played->size);
    game_close(game);
    free(message);
}

/* 9.7, 9.8: one after the other. */
static void play_thousand(struct websocket_game *game, const struct websocket_case *played)
{
    char *message = filled(played->opcode == WIRE_TEXT ? '*' : '\xFE', played->size);
    for (unsigned i = 0; i < 1000 && game_goes_on(game); i++) {
        game_send(game, WIRE_FINAL | played->opcode, message, played->size);
        game_expect(game, played->opcode, message, played->size);
    }
    game_close(game);
    free(message);
}

enum { MEBIBYTE = 1 << 20 };

static void add_section_9(void)
{
    static const size_t sizes[] = { 64 << 10,     256 << 10,    MEBIBYTE,
                                    4 * MEBIBYTE, 8 * MEBIBYTE, 16 * MEBIBYTE };
    static const size_t small[] = { 0, 16, 64, 256, 1024, 4096 };
    for (unsigned opcode = WIRE_TEXT; opcode <= WIRE_BINARY; opcode++) {
        for (unsigned i = 0; i < COUNT(sizes); i++) {
            numbered(CASE(.play = play_echo, .opcode = opcode, .size = sizes[i], .code = 1000),
                     "9.%u.%u", opcode, i + 1);
        }
    }
    for (unsigned opcode = WIRE_TEXT; opcode <= WIRE_BINARY; opcode++) {
        for (unsigned i = 0; i < 9; i++) {
            numbered(CASE(.play = play_large_fragments, .opcode = opcode, .size = 4 * MEBIBYTE,
                          .piece = (size_t)64 << (2 * i), .code = 1000),
                     "9.%u.%u", opcode + 2, i + 1);
        }
    }
    for (unsigned opcode = WIRE_TEXT; opcode <= WIRE_BINARY; opcode++) {
        for (unsigned i = 0; i < 6; i++) {
            numbered(CASE(.play = play_echo, .opcode = opcode, .size = MEBIBYTE,
                          .chop = (size_t)64 << i, .code = 1000),
                     "9.%u.%u", opcode + 4, i + 1);
        }
    }
    for (unsigned opcode = WIRE_TEXT; opcode <= WIRE_BINARY; opcode++) {
        for (unsigned i = 0; i < COUNT(small); i++) {
            numbered(
                CASE(.play = play_thousand, .opcode = opcode, .size = small[i], .code = 1000),
                "9.%u.%u", opcode + 6, i + 1);
        }
    }
}

const struct websocket_case *websocket_cases(size_t *ret_count)
{
    if (case_count == 0) {
        add_section_1();
        add_section_2();
        add_section_3();
        add_section_4();
        add_section_5();
        add_section_6_1_to_6_4();
        add_section_6_5_to_6_23();
        add_section_7_1_and_7_3();
        add_section_7_codes();
        add_section_9();
        CASE("10.1.1", play_large_fragments, WIRE_TEXT, .size = 65536, .piece = 1300,
             .code = 1000);
        for (const struct websocket_case *own = websocket_own_cases; own->play; own++) {
            add(*own);
        }
    }
    *ret_count = case_count;
    return cases;
}
