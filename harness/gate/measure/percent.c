/* SPDX-License-Identifier: MIT */
#include "gate/measure/percent.h"

__extension__ typedef unsigned __int128 wide;

static const uint64_t whole = 100000000; /* 100 % in millionths */

bool ratio_reaches(struct ratio ratio, uint64_t millionths)
{
    return ratio.total > 0 && (wide)ratio.covered * whole >= (wide)ratio.total * millionths;
}

struct text ratio_text(struct arena *arena, struct ratio ratio)
{
    if (ratio.total == 0) {
        return TEXT("nothing to measure");
    }
    uint64_t hundredths = (uint64_t)((wide)ratio.covered * 10000 / ratio.total);
    return arena_format(arena, "%llu.%02llu %% (%llu of %llu)",
                        (unsigned long long)(hundredths / 100),
                        (unsigned long long)(hundredths % 100),
                        (unsigned long long)ratio.covered, (unsigned long long)ratio.total);
}

uint64_t ratio_missing(struct ratio ratio, uint64_t millionths)
{
    uint64_t needed = (uint64_t)(((wide)ratio.total * millionths + whole - 1) / whole);
    return needed > ratio.covered ? needed - ratio.covered : 0;
}

static uint64_t add(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

void ratio_add(struct ratio *ratio, struct ratio more)
{
    ratio->covered = add(ratio->covered, more.covered);
    ratio->total = add(ratio->total, more.total);
}
