/* SPDX-License-Identifier: MIT */
#include "redact/sensitive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/attribute.h"

struct header_case {
    const char *name, *value, *shown;
};

static void headers_with_credentials_are_masked(void **state)
{
    (void)state;
    static const struct header_case cases[] = {
        { "Authorization", "Bearer abc.def", "Bearer ***" },
        { "authorization", "abc", "***" },
        { "Proxy-Authorization", "Basic YTpi", "Basic ***" },
        { "Cookie", "session=1; theme=dark; odd", "session=***; theme=***;***" },
        { "Set-Cookie", "session=1; Path=/; HttpOnly", "session=***; Path=/; HttpOnly" },
        { "X-Api-Key", "k 1", "***" },
        { "X-CSRF-Token", "abc", "***" },
        { "Content-Type", "application/json", "application/json" },
        { "Cookie", "", "***" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        CLEANUP(buffer_release) struct buffer out;
        buffer_init(&out, 1 << 16);
        sensitive_print_header(&out, text_of(cases[i].name), text_of(cases[i].value));
        assert_string_equal(out.at ? out.at : "", cases[i].shown);
    }
}

static void sensitive_keys_are_found_inside_longer_names(void **state)
{
    (void)state;
    static const char *const yes[] = { "password",     "newPassword",  "API_KEY",
                                       "csrf_token",   "access-token", "clientSecret",
                                       "PHPSESSIONID", "pwd" };
    static const char *const no[] = { "name",    "tokens", "token_type", "pass", "key",
                                      "secrecy", "" };
    for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
        assert_true(sensitive_key(text_of(yes[i])));
    for (size_t i = 0; i < ARRAY_SIZE(no); i++)
        assert_false(sensitive_key(text_of(no[i])));
    char longer[200];
    memset(longer, 'x', sizeof longer);
    memcpy(longer + 192, "password", 8);
    assert_true(sensitive_key(text_make(longer, sizeof longer)));
}

struct shown_case {
    const char *original, *shown;
};

static void bodies_lose_the_values_of_sensitive_keys(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        { "{\"name\": \"a\", \"password\" : \"b\\\"c\", \"n\": {\"token\":12.5e3}}",
          "{\"name\": \"a\", \"password\" : \"***\", \"n\": {\"token\":\"***\"}}" },
        { "[{\"password\":null},{\"secret\":[1]}]", "[{\"password\":null},{\"secret\":[1]}]" },
        { "{\"token\": \"cut of", "{\"token\": \"***\"" },
        { "{\"token\":", "{\"token\":" },
        { "{\"token", "{\"token" },
        { "{\"a\\", "{\"a\\" },
        { "user=alice&password=x%20y&ok=1", "user=alice&password=***&ok=1" },
        { "password=", "password=" },
        { "plain text", "plain text" },
        { "<a token=\"x\">", "<a token=\"x\">" },
        { "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nx\r\n--b\r\n"
          "Content-Disposition: form-data; name=\"a\"\r\n\r\ny\r\n--b--\r\n",
          "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n***\r\n--b\r\n"
          "Content-Disposition: form-data; name=\"a\"\r\n\r\ny\r\n--b--\r\n" },
        { "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n",
          "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n" },
        { "", "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        CLEANUP(buffer_release) struct buffer out;
        buffer_init(&out, 1 << 16);
        sensitive_print_body(&out, text_of(cases[i].original));
        assert_string_equal(out.at ? out.at : "", cases[i].shown);
    }
}

static void urls_lose_passwords_and_tokens(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        { "https://example.org/a?b=1", "https://example.org/a?b=1" },
        { "https://al:pw@example.org/a", "https://al:***@example.org/a" },
        { "https://al@example.org:80/a", "https://al@example.org:80/a" },
        { "https://al:p@w@example.org:80?token=a&x=b#f",
          "https://al:***@example.org:80?token=***&x=b#f" },
        { "/path?api_key=1", "/path?api_key=***" },
        { "https://example.org/@x:y@z", "https://example.org/@x:y@z" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        CLEANUP(buffer_release) struct buffer out;
        buffer_init(&out, 1 << 16);
        sensitive_print_url(&out, text_of(cases[i].original));
        assert_string_equal(out.at ? out.at : "", cases[i].shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_with_credentials_are_masked),
        cmocka_unit_test(sensitive_keys_are_found_inside_longer_names),
        cmocka_unit_test(bodies_lose_the_values_of_sensitive_keys),
        cmocka_unit_test(urls_lose_passwords_and_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
