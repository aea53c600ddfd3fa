/* SPDX-License-Identifier: MIT */
#include "exchange/curl_command.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

static bool is_bare(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        char byte = word.at[i];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
              (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("%+,-./:=@_", byte)))) {
            return false;
        }
    }
    return word.size > 0;
}

static bool is_shown_as_it_is(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        unsigned char byte = (unsigned char)word.at[i];
        if ((byte < 0x20 && byte != '\n') || byte == 0x7F) {
            return false;
        }
    }
    return utf8_is_valid(word);
}

/* $'…' of bash, ksh, zsh: every byte that is not printable ASCII as \xNN. */
static void quote_bytes(struct buffer *out, struct text word)
{
    buffer_add_string(out, "$'");
    for (size_t i = 0; i < word.size; i++) {
        unsigned char byte = (unsigned char)word.at[i];
        if (byte == '\\' || byte == '\'') {
            buffer_add_format(out, "\\%c", byte);
        } else if (byte >= 0x20 && byte < 0x7F) {
            buffer_add_byte(out, (char)byte);
        } else {
            /* Three octal digits: \xNN would swallow a hex digit that follows. */
            buffer_add_format(out, "\\%03o", byte);
        }
    }
    buffer_add_byte(out, '\'');
}

void curl_command_quote(struct buffer *out, struct text word)
{
    if (is_bare(word)) {
        buffer_add(out, word);
        return;
    }
    if (!is_shown_as_it_is(word)) {
        quote_bytes(out, word);
        return;
    }
    escape_shell_word(out, word);
}

static void add_method(struct buffer *out, const struct sent_request *request)
{
    const char *default_method = request->has_body ? "POST" : "GET";
    if (text_is(request->method, "HEAD")) {
        buffer_add_string(out, " -I");
    } else if (!text_is(request->method, default_method)) {
        buffer_add_string(out, " -X ");
        curl_command_quote(out, request->method);
    }
}

static void add_header(struct buffer *out, const struct header *header, bool *is_compressed)
{
    if (text_equal_ignoring_case(header->name, TEXT("Accept-Encoding"))) {
        *is_compressed = true;
        return;
    }
    buffer_add_string(out, " -H ");
    char separator =
        header->value.size > 0 ? ':' : ';'; /* curl: "name;" sends an empty value */
    CLEANUP(buffer_release) struct buffer line;
    buffer_init(&line, BUFFER_NO_LIMIT); /* a header that was sent */
    buffer_add(&line, header->name);
    buffer_add_byte(&line, separator);
    buffer_add_string(&line, header->value.size > 0 ? " " : "");
    buffer_add(&line, header->value);
    curl_command_quote(out, buffer_text(&line));
}

void curl_command_print(struct buffer *out, const struct sent_request *request)
{
    bool is_compressed = false;
    buffer_add_string(out, "curl");
    add_method(out, request);
    for (size_t i = 0; i < request->headers.count; i++) {
        add_header(out, &request->headers.list[i], &is_compressed);
    }
    buffer_add_string(out, is_compressed ? " --compressed" : "");
    if (request->has_body) {
        struct text body = text_slice(request->body, 0, CURL_COMMAND_BODY_LIMIT);
        buffer_add_string(out, " --data-binary ");
        /* A leading @ would name a file, even quoted. */
        bool is_at = text_starts_with(body, TEXT("@"));
        buffer_truncate(out, out->size - (is_at ? sizeof "binary " - 1 : 0));
        buffer_add_string(out, is_at ? "raw " : "");
        curl_command_quote(out, body);
    }
    buffer_add_byte(out, ' ');
    curl_command_quote(out, request->url);
    if (request->has_body && request->body.size > CURL_COMMAND_BODY_LIMIT) {
        buffer_add_format(out, " # the first %d of %zu bytes of the body",
                          (int)CURL_COMMAND_BODY_LIMIT, request->body.size);
    }
}
