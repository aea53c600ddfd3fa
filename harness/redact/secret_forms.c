/* SPDX-License-Identifier: MIT */
#include "redact/secret_forms.h"

#include <string.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/utf8.h"

enum { FORM_LIMIT_BYTES = 1 << 20 };

/* How one way of writing treats bytes that it does not keep. */
struct percent_style {
    const char *kept;   /* besides letters and digits */
    const char *digits; /* of hexadecimal numbers */
    bool is_form;       /* a space is a plus */
};

static const struct percent_style percent_styles[] = {
    { "-._~", "0123456789ABCDEF", false },
    { "-._~", "0123456789abcdef", false },
    { "-._~!'()*", "0123456789ABCDEF", false },           /* encodeURIComponent */
    { "-._~!$&'()*+,;=:@/?", "0123456789ABCDEF", false }, /* what a query may hold as it is */
    { "-._*", "0123456789ABCDEF", true },
    { "-._~", "0123456789ABCDEF", true },
};

/* Replacements of single bytes, as pairs: byte, what stands for it. */
struct replacement {
    char byte;
    const char *written;
};

#define JSON_CONTROLS                                                                          \
    { '\n', "\\n" }, { '\r', "\\r" }, { '\t', "\\t" }, { '\b', "\\b" },                        \
    {                                                                                          \
        '\f', "\\f"                                                                            \
    }

static const struct replacement json_plain[] = {
    { '"', "\\\"" }, { '\\', "\\\\" }, JSON_CONTROLS, { 0, NULL }
};
static const struct replacement json_slashes[] = {
    { '"', "\\\"" }, { '\\', "\\\\" }, { '/', "\\/" }, JSON_CONTROLS, { 0, NULL }
};
static const struct replacement json_html_safe[] = { { '"', "\\u0022" },  { '\\', "\\\\" },
                                                     { '/', "\\/" },      { '<', "\\u003C" },
                                                     { '>', "\\u003E" },  { '&', "\\u0026" },
                                                     { '\'', "\\u0027" }, JSON_CONTROLS,
                                                     { 0, NULL } };
static const struct replacement html_decimal[] = { { '&', "&amp;" },  { '<', "&lt;" },
                                                   { '>', "&gt;" },   { '"', "&quot;" },
                                                   { '\'', "&#39;" }, { 0, NULL } };
static const struct replacement html_padded[] = { { '&', "&amp;" },   { '<', "&lt;" },
                                                  { '>', "&gt;" },    { '"', "&quot;" },
                                                  { '\'', "&#039;" }, { 0, NULL } };
static const struct replacement html_hexadecimal[] = { { '&', "&amp;" },   { '<', "&lt;" },
                                                       { '>', "&gt;" },    { '"', "&#34;" },
                                                       { '\'', "&#x27;" }, { 0, NULL } };
static const struct replacement xml[] = { { '&', "&amp;" },   { '<', "&lt;" },
                                          { '>', "&gt;" },    { '"', "&quot;" },
                                          { '\'', "&apos;" }, { 0, NULL } };
static const struct replacement html_text[] = {
    { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { 0, NULL }
};
static const struct replacement form_read[] = { { '+', " " }, { 0, NULL } }; /* not encoded */
static const struct replacement shell_quoted[] = { { '\'', "'\\''" }, { 0, NULL } };
static const struct replacement shell_dollar_quoted[] = {
    { '\'', "\\'" }, { '\\', "\\\\" }, JSON_CONTROLS, { 0, NULL }
};

static const struct replacement *const replacement_styles[] = {
    json_plain,       json_slashes, json_html_safe, html_decimal, html_padded,
    html_hexadecimal, xml,          html_text,      shell_quoted, shell_dollar_quoted,
    form_read,
};

static bool is_letter_or_digit(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

static void write_percent(struct buffer *out, struct text value,
                          const struct percent_style *style)
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.at[i];
        if (is_letter_or_digit(value.at[i]) || (byte != 0 && strchr(style->kept, byte))) {
            buffer_add_byte(out, value.at[i]);
        } else if (byte == ' ' && style->is_form) {
            buffer_add_byte(out, '+');
        } else {
            buffer_add_byte(out, '%');
            buffer_add_byte(out, style->digits[byte >> 4]);
            buffer_add_byte(out, style->digits[byte & 15]);
        }
    }
}

static void write_replaced(struct buffer *out, struct text value,
                           const struct replacement *replacements)
{
    for (size_t i = 0; i < value.size; i++) {
        const struct replacement *found = replacements;
        while (found->written && found->byte != value.at[i])
            found++;
        if (found->written)
            buffer_add_string(out, found->written);
        else
            buffer_add_byte(out, value.at[i]);
    }
}

static void write_escape(struct buffer *out, unsigned unit, bool is_upper)
{
    if (is_upper)
        buffer_add_format(out, "\\u%04X", unit);
    else
        buffer_add_format(out, "\\u%04x", unit);
}

/* JSON in ASCII, as json_encode() and json.dumps() write it: everything else as UTF-16 units. */
static void write_json_ascii(struct buffer *out, struct text value, bool is_upper)
{
    while (value.size > 0) {
        uint32_t point = 0;
        size_t size = utf8_decode(value, &point);
        if (size <= 1) {
            write_replaced(out, text_slice(value, 0, 1), is_upper ? json_slashes : json_plain);
            value = text_from(value, 1);
            continue;
        }
        if (point > 0xffff) {
            write_escape(out, 0xd800 + ((point - 0x10000) >> 10), is_upper);
            point = 0xdc00 + ((point - 0x10000) & 0x3ff);
        }
        write_escape(out, point, is_upper);
        value = text_from(value, size);
    }
}

static const char base64_standard[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64_url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The digits that `value` alone decides when `before` bytes (0 to 2) stand before it in its group
 * of three; with_tail adds the last digit too, that ends a text of which value is the end. */
static void write_base64(struct buffer *out, struct text value, size_t before,
                         const char *digits, bool with_tail)
{
    uint32_t bits = 0;
    unsigned held = 0;
    if (before > 0) /* the digit that holds bits of both is left out */
        held = before == 1 ? 2 : 4;
    unsigned unknown = held;
    for (size_t i = 0; i < value.size; i++) {
        bits = (bits << 8) | (unsigned char)value.at[i];
        held += 8;
        while (held >= 6) {
            held -= 6;
            if (unknown == 0)
                buffer_add_byte(out, digits[(bits >> held) & 63]);
            unknown = 0;
        }
    }
    if (with_tail && held > 0)
        buffer_add_byte(out, digits[(bits << (6 - held)) & 63]);
}

static void each_base64(struct text value, struct buffer *form, secret_form_function *take,
                        void *context)
{
    for (size_t variant = 0; variant < 12; variant++) {
        buffer_clear(form);
        write_base64(form, value, variant % 3, variant / 3 % 2 ? base64_url : base64_standard,
                     variant >= 6);
        take(context, buffer_text(form));
    }
}

void secret_forms_each(struct text value, secret_form_function *take, void *context)
{
    CLEANUP(buffer_release) struct buffer form;
    buffer_init(&form, FORM_LIMIT_BYTES);
    take(context, value);
    for (size_t i = 0; i < ARRAY_SIZE(percent_styles); i++) {
        buffer_clear(&form);
        write_percent(&form, value, &percent_styles[i]);
        take(context, buffer_text(&form));
    }
    for (size_t i = 0; i < ARRAY_SIZE(replacement_styles); i++) {
        buffer_clear(&form);
        write_replaced(&form, value, replacement_styles[i]);
        take(context, buffer_text(&form));
    }
    for (int is_upper = 0; is_upper < 2; is_upper++) {
        buffer_clear(&form);
        write_json_ascii(&form, value, is_upper);
        take(context, buffer_text(&form));
    }
    each_base64(value, &form, take, context);
}
