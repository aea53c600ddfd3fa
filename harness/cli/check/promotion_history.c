/* SPDX-License-Identifier: MIT */
#include "cli/check/promotion_history.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "deploy/journal.h"
#include "deploy/operation.h"
#include "deploy/settings.h"
#include "format/date.h"

static bool has_stayed(const struct operation *operation)
{
    return operation->outcome == OPERATION_PROMOTED ||
           operation->outcome == OPERATION_ROLLED_BACK;
}

static size_t add_dates(const struct operation *operation, struct arena *arena,
                        struct promotion_date *ret_list)
{
    uint64_t at_ns = 0;
    if (!has_stayed(operation) || !date_parse(operation->ended, &at_ns)) {
        return 0;
    }
    for (size_t i = 0; i < operation->component_count; i++) {
        ret_list[i] =
            (struct promotion_date){ arena_text(arena, operation->components[i]), at_ns };
    }
    if (operation->component_count == 0) {
        ret_list[0] = (struct promotion_date){ TEXT_EMPTY, at_ns };
    }
    return operation->component_count > 0 ? operation->component_count : 1;
}

static void take(const struct journal *journal, struct arena *arena,
                 struct promotion_dates *ret_dates)
{
    struct operations operations = operations_read(journal, arena);
    size_t room = 0;
    for (size_t i = 0; i < operations.count; i++) {
        room += operations.list[i].component_count + 1;
    }
    struct promotion_date *list = ARENA_ARRAY(arena, room + 1, struct promotion_date);
    for (size_t i = 0; i < operations.count; i++) {
        ret_dates->count += add_dates(&operations.list[i], arena, list + ret_dates->count);
    }
    ret_dates->list = list;
}

bool promotion_history_read(const struct config *config, struct arena *arena,
                            struct promotion_dates *ret_dates, struct problems *problems)
{
    const struct deploy_settings *settings = deploy_settings(config);
    struct promotion_dates dates = { .list = NULL };
    dates.components = config_components(config, &dates.component_count);
    struct text folder = settings ? deploy_journal_folder(settings, config, arena) : TEXT_EMPTY;
    struct text path = path_join(arena, folder, TEXT("journal.jsonl"));
    if (settings && access(arena_string(arena, path), R_OK) == 0) {
        struct journal journal;
        if (journal_open(&journal, folder, false, clock_real(), NULL, problems) !=
            JOURNAL_OPEN) {
            return false;
        }
        take(&journal, arena, &dates);
        journal_release(&journal);
    }
    *ret_dates = dates;
    return true;
}
