/* SPDX-License-Identifier: MIT */
#include "deploy/plan/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* 2026-01-05T09:07:00Z */
enum { AT_S = 1767604020 };

static void assert_printed(enum schedule_form form, const char *folder, const char *expected)
{
    const struct schedule schedule = { .at_s = AT_S,
                                       .commit = TEXT("abc123"),
                                       .folder = text_of(folder) };
    struct buffer out;
    buffer_init(&out, 1 << 16);
    schedule_print(&out, form, &schedule);
    buffer_add_byte(&out, '\0');
    assert_string_equal((const char *)out.at, expected);
    buffer_release(&out);
}

static void a_timer_of_systemd_rings_once(void **state)
{
    (void)state;
    assert_printed(SCHEDULE_SYSTEMD, "/srv/100%",
                   "# /etc/systemd/system/bddrun-promote.timer\n"
                   "[Unit]\n"
                   "Description=The window for abc123 opens\n\n"
                   "[Timer]\n"
                   "OnCalendar=2026-01-05 09:07:00 UTC\n"
                   "AccuracySec=1s\n\n"
                   "[Install]\n"
                   "WantedBy=timers.target\n\n"
                   "# /etc/systemd/system/bddrun-promote.service\n"
                   "[Unit]\n"
                   "Description=Promote abc123\n\n"
                   "[Service]\n"
                   "Type=oneshot\n"
                   "WorkingDirectory=/srv/100%%\n"
                   "ExecStart=/usr/bin/env bddrun promote --commit abc123\n\n"
                   "# then: systemctl daemon-reload && systemctl enable --now "
                   "bddrun-promote.timer\n");
}

static void a_line_of_cron_asks_for_the_year_and_quotes_the_folder(void **state)
{
    (void)state;
    assert_printed(SCHEDULE_CRON, "/srv/it's 100%",
                   "# times are UTC; a cron that does not know CRON_TZ takes its own\n"
                   "CRON_TZ=UTC\n"
                   "7 9 5 1 * [ \"$(date -u +\\%Y)\" = 2026 ] && cd '/srv/it'\\''s 100\\%' && "
                   "bddrun promote --commit abc123\n");
}

static void gitlab_gets_a_scheduled_pipeline(void **state)
{
    (void)state;
    assert_printed(
        SCHEDULE_GITLAB, "/srv",
        "# the schedule, once:\n"
        "#   curl --fail --header \"PRIVATE-TOKEN: $TOKEN\" --form ref=main \\\n"
        "#     --form description=promote --form cron_timezone=UTC --form cron='7 9 5 1 *' \\\n"
        "#     \"$CI_API_V4_URL/projects/$CI_PROJECT_ID/pipeline_schedules\"\n"
        "# .gitlab-ci.yml:\n"
        "promote:\n"
        "  rules:\n"
        "    - if: $CI_PIPELINE_SOURCE == \"schedule\"\n"
        "  script:\n"
        "    - '[ \"$(date -u +%Y)\" != 2026 ] || bddrun promote --commit abc123'\n");
}

static void github_gets_a_workflow(void **state)
{
    (void)state;
    assert_printed(SCHEDULE_GITHUB, "/srv",
                   "# .github/workflows/promote.yml, on the default branch\n"
                   "on:\n"
                   "  schedule:\n"
                   "    - cron: '7 9 5 1 *'\n"
                   "jobs:\n"
                   "  promote:\n"
                   "    runs-on: self-hosted\n"
                   "    steps:\n"
                   "      - uses: actions/checkout@v4\n"
                   "        with: {ref: abc123, fetch-depth: 0}\n"
                   "      - run: '[ \"$(date -u +%Y)\" != 2026 ] || bddrun promote --commit "
                   "abc123'\n");
}

static void no_form_is_nothing(void **state)
{
    (void)state;
    assert_printed(SCHEDULE_NOTHING, "/srv", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timer_of_systemd_rings_once),
        cmocka_unit_test(a_line_of_cron_asks_for_the_year_and_quotes_the_folder),
        cmocka_unit_test(gitlab_gets_a_scheduled_pipeline),
        cmocka_unit_test(github_gets_a_workflow),
        cmocka_unit_test(no_form_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
