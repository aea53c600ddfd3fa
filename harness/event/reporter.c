/* SPDX-License-Identifier: MIT */
#include "event/reporter.h"

const struct reporter_type *reporter_find(struct text name)
{
    for (size_t i = 0; i < reporter_count; i++)
        if (text_is(name, reporters[i]->name))
            return reporters[i];
    return NULL;
}
