/* SPDX-License-Identifier: MIT */
#include "exchange/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void faults_have_the_words_of_the_vocabulary(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        enum exchange_failure failure;
    } cases[] = {
        { "a timeout", EXCHANGE_TIMEOUT },
        { "a refused connection", EXCHANGE_REFUSED },
        { "an unknown host", EXCHANGE_UNKNOWN_HOST },
        { "a TLS error", EXCHANGE_TLS },
        { "a reset connection", EXCHANGE_RESET },
        { "an unreadable response", EXCHANGE_UNREADABLE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum exchange_failure failure = EXCHANGE_OTHER;
        assert_true(exchange_failure_of_fault(text_of(cases[i].fault), &failure));
        assert_int_equal(failure, cases[i].failure);
        assert_string_equal(exchange_failure_fault(failure), cases[i].fault);
    }
    enum exchange_failure failure = EXCHANGE_OTHER;
    assert_false(exchange_failure_of_fault(TEXT("a fire"), &failure));
    assert_false(exchange_failure_of_fault(TEXT(""), &failure));
    assert_int_equal(failure, EXCHANGE_OTHER);
    assert_string_equal(exchange_failure_fault(EXCHANGE_BODY_LIMIT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_have_the_words_of_the_vocabulary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
