/* SPDX-License-Identifier: MIT */
#include "coverage/sites.h"

#include <stdlib.h>

#include "base/alloc.h"

void sites_add(struct sites *sites, struct site site)
{
    GROW(sites->list, sites->count, sites->capacity);
    site.order = (uint32_t)sites->count;
    sites->list[sites->count++] = site;
}

static int order(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_places(const struct site *a, const struct site *b)
{
    int files = text_compare(a->file, b->file);
    files = files ? files : order(a->line, b->line);
    files = files ? files : order(a->column, b->column);
    return files ? files : order(a->shape, b->shape);
}

static int compare_sites(const void *a, const void *b)
{
    const struct site *x = a;
    const struct site *y = b;
    int places = compare_places(x, y);
    return places ? places : order(x->order, y->order);
}

void sites_sort(struct sites *sites)
{
    if (sites->count) {
        qsort(sites->list, sites->count, sizeof *sites->list, compare_sites);
    }
}

void sites_release(struct sites *sites)
{
    free(sites->list);
    *sites = (struct sites){ 0 };
}

bool site_is_same(const struct site *a, const struct site *b)
{
    return compare_places(a, b) == 0;
}
