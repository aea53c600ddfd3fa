/* SPDX-License-Identifier: MIT */
#include <microhttpd.h>
#include <stdarg.h>

#include "json_text.h"
#include "visit.h"

void visit_answer(struct visit *visit, unsigned status, const char *content_type)
{
    visit->status = status;
    buffer_clear(&visit->answer);
    if (content_type) {
        visit_header(visit, "Content-Type", "%s", content_type);
    }
}

void visit_header(struct visit *visit, const char *name, const char *format, ...)
{
    if (visit->header_count == VISIT_HEADERS) {
        BUG("too many headers");
    }
    va_list arguments;
    va_start(arguments, format);
    struct text value = arena_format_list(&visit->arena, format, arguments);
    va_end(arguments);
    visit->headers[visit->header_count++] = (struct visit_header){ name, value.at };
}

void visit_json(struct visit *visit, unsigned status, const char *format, ...)
{
    visit_answer(visit, status, "application/json");
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&visit->answer, format, arguments);
    va_end(arguments);
    buffer_add_byte(&visit->answer, '\n');
}

void visit_text(struct visit *visit, unsigned status, const char *format, ...)
{
    visit_answer(visit, status, "text/plain; charset=utf-8");
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&visit->answer, format, arguments);
    va_end(arguments);
}

void visit_redirect(struct visit *visit, unsigned status, const char *format, ...)
{
    visit_answer(visit, status, "text/html; charset=utf-8");
    va_list arguments;
    va_start(arguments, format);
    struct text location = arena_format_list(&visit->arena, format, arguments);
    va_end(arguments);
    visit_header(visit, "Location", "%s", location.at);
    buffer_add_format(&visit->answer, "<p>Redirecting to %s</p>\n",
                      visit_in_html(visit, location));
}

void visit_refuse(struct visit *visit, unsigned status, const char *message)
{
    const char *shown = message ? message : MHD_get_reason_phrase_for(status);
    visit_json(visit, status, "{\"message\": %s}", visit_in_json(visit, text_of(shown)));
}

const char *visit_in_json(struct visit *visit, struct text text)
{
    struct buffer CLEANUP(buffer_release) out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* the request's body has one */
    json_add_string(&out, text);
    return arena_string(&visit->arena, buffer_text(&out));
}

const char *visit_in_html(struct visit *visit, struct text text)
{
    struct buffer CLEANUP(buffer_release) out;
    buffer_init(&out, BUFFER_NO_LIMIT); /* the request's body has one */
    for (size_t i = 0; i < text.size; i++) {
        switch (text.at[i]) {
        case '<':
            buffer_add_string(&out, "&lt;");
            break;
        case '&':
            buffer_add_string(&out, "&amp;");
            break;
        case '"':
            buffer_add_string(&out, "&quot;");
            break;
        default:
            buffer_add_byte(&out, text.at[i]);
        }
    }
    return arena_string(&visit->arena, buffer_text(&out));
}

const char *visit_origin(struct visit *visit)
{
    struct text scheme = visit_request_header(visit, "X-Forwarded-Proto");
    struct text host = visit_request_header(visit, "Host");
    struct text origin =
        arena_format(&visit->arena, "%.*s://%.*s", TEXT_ARG(scheme.at ? scheme : TEXT("http")),
                     TEXT_ARG(host.at ? host : TEXT("localhost")));
    return origin.at;
}
