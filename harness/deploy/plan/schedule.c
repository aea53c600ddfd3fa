/* SPDX-License-Identifier: MIT */
#include "deploy/plan/schedule.h"

#include "base/clock.h"
#include "format/date.h"

const char *const schedule_words[] = { "nothing", "systemd", "cron", "gitlab", "github", NULL };

/* Of the date, as text. */
struct moment {
    struct text day; /* "2026-11-24" */
    struct text time;
    struct text year;
    struct text fields[4]; /* of cron: minute, hour, day, month */
};

static struct text number_at(struct text date, size_t at)
{
    return text_slice(date, date.at[at] == '0' ? at + 1 : at, at + 2);
}

static struct moment moment_of(struct arena *arena, int64_t at_s)
{
    struct text date = date_print(arena, (uint64_t)at_s * NANOSECONDS_PER_SECOND);
    return (struct moment){ .day = text_slice(date, 0, 10),
                            .time = text_slice(date, 11, 19),
                            .year = text_slice(date, 0, 4),
                            .fields = { number_at(date, 14), number_at(date, 11),
                                        number_at(date, 8), number_at(date, 5) } };
}

static void add_fields(struct buffer *out, const struct moment *moment)
{
    for (size_t i = 0; i < ARRAY_SIZE(moment->fields); i++) {
        buffer_add(out, moment->fields[i]);
        buffer_add_byte(out, ' ');
    }
    buffer_add_byte(out, '*');
}

/* With what its reader would take for something else. */
static void add_escaped(struct buffer *out, struct text text, char special,
                        const char *replacement)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] == special) {
            buffer_add_string(out, replacement);
        } else {
            buffer_add_byte(out, text.at[i]);
        }
    }
}

static void print_systemd(struct buffer *out, const struct schedule *schedule,
                          const struct moment *moment)
{
    buffer_add_format(out,
                      "# /etc/systemd/system/bddrun-promote.timer\n"
                      "[Unit]\n"
                      "Description=The window for %.*s opens\n\n"
                      "[Timer]\n"
                      "OnCalendar=%.*s %.*s UTC\n"
                      "AccuracySec=1s\n\n"
                      "[Install]\n"
                      "WantedBy=timers.target\n\n",
                      TEXT_ARG(schedule->commit), TEXT_ARG(moment->day),
                      TEXT_ARG(moment->time));
    buffer_add_format(out,
                      "# /etc/systemd/system/bddrun-promote.service\n"
                      "[Unit]\n"
                      "Description=Promote %.*s\n\n"
                      "[Service]\n"
                      "Type=oneshot\n"
                      "WorkingDirectory=",
                      TEXT_ARG(schedule->commit));
    add_escaped(out, schedule->folder, '%', "%%");
    buffer_add_format(out,
                      "\nExecStart=/usr/bin/env bddrun promote --commit %.*s\n\n"
                      "# then: systemctl daemon-reload && systemctl enable --now "
                      "bddrun-promote.timer\n",
                      TEXT_ARG(schedule->commit));
}

/* The folder stands in single quotes of a shell, and % would be the end of cron's line. */
static void print_cron(struct buffer *out, const struct schedule *schedule,
                       const struct moment *moment)
{
    CLEANUP(buffer_release) struct buffer quoted;
    buffer_init(&quoted, out->limit_bytes);
    add_escaped(&quoted, schedule->folder, '\'', "'\\''");
    buffer_add_string(out, "# times are UTC; a cron that does not know CRON_TZ takes its own\n"
                           "CRON_TZ=UTC\n");
    add_fields(out, moment);
    buffer_add_format(out, " [ \"$(date -u +\\%%Y)\" = %.*s ] && cd '", TEXT_ARG(moment->year));
    add_escaped(out, buffer_text(&quoted), '%', "\\%");
    buffer_add_format(out, "' && bddrun promote --commit %.*s\n", TEXT_ARG(schedule->commit));
}

static void print_gitlab(struct buffer *out, const struct schedule *schedule,
                         const struct moment *moment)
{
    buffer_add_string(
        out, "# the schedule, once:\n"
             "#   curl --fail --header \"PRIVATE-TOKEN: $TOKEN\" --form ref=main \\\n"
             "#     --form description=promote --form cron_timezone=UTC --form cron='");
    add_fields(out, moment);
    buffer_add_format(out,
                      "' \\\n"
                      "#     \"$CI_API_V4_URL/projects/$CI_PROJECT_ID/pipeline_schedules\"\n"
                      "# .gitlab-ci.yml:\n"
                      "promote:\n"
                      "  rules:\n"
                      "    - if: $CI_PIPELINE_SOURCE == \"schedule\"\n"
                      "  script:\n"
                      "    - '[ \"$(date -u +%%Y)\" != %.*s ] || bddrun promote --commit "
                      "%.*s'\n",
                      TEXT_ARG(moment->year), TEXT_ARG(schedule->commit));
}

static void print_github(struct buffer *out, const struct schedule *schedule,
                         const struct moment *moment)
{
    buffer_add_string(out, "# .github/workflows/promote.yml, on the default branch\n"
                           "on:\n"
                           "  schedule:\n"
                           "    - cron: '");
    add_fields(out, moment);
    buffer_add_format(out,
                      "'\n"
                      "jobs:\n"
                      "  promote:\n"
                      "    runs-on: self-hosted\n"
                      "    steps:\n"
                      "      - uses: actions/checkout@v4\n"
                      "        with: {ref: %.*s, fetch-depth: 0}\n"
                      "      - run: '[ \"$(date -u +%%Y)\" != %.*s ] || bddrun promote "
                      "--commit %.*s'\n",
                      TEXT_ARG(schedule->commit), TEXT_ARG(moment->year),
                      TEXT_ARG(schedule->commit));
}

void schedule_print(struct buffer *out, enum schedule_form form,
                    const struct schedule *schedule)
{
    static void (*const print[])(struct buffer *, const struct schedule *,
                                 const struct moment *) = {
        [SCHEDULE_SYSTEMD] = print_systemd,
        [SCHEDULE_CRON] = print_cron,
        [SCHEDULE_GITLAB] = print_gitlab,
        [SCHEDULE_GITHUB] = print_github,
    };
    struct arena arena;
    arena_init(&arena);
    struct moment moment = moment_of(&arena, schedule->at_s);
    if (form != SCHEDULE_NOTHING) {
        print[form](out, schedule, &moment);
    }
    arena_release(&arena);
}
