/* SPDX-License-Identifier: MIT */
#include "run/crew/slot.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

static uint64_t claim_of(uint32_t generation, uint32_t number)
{
    return (uint64_t)generation << 32 | number;
}

struct slot *slots_new(size_t count, struct problems *problems)
{
    struct slot *slots = mmap(NULL, count * sizeof(*slots), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (slots == MAP_FAILED) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), "use fewer jobs",
                     "cannot share memory with %zu workers: %s", count, strerror(errno));
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        slot_reset(&slots[i]);
    }
    return slots;
}

void slots_free(struct slot *slots, size_t count)
{
    if (slots) {
        (void)munmap(slots, count * sizeof(*slots));
    }
}

void slot_reset(struct slot *slot)
{
    atomic_store(&slot->claim, 0);
    atomic_store(&slot->running, 0);
    atomic_store(&slot->attempt, 0);
    atomic_store(&slot->step, 0);
    atomic_store(&slot->started_ns, 0);
    atomic_store(&slot->kill_at_ns, SLOT_NEVER);
    atomic_store(&slot->batch_sent, 0);
    atomic_store(&slot->batch_end, 0);
}

bool slot_claim(struct slot *slot, uint32_t generation, uint32_t number)
{
    uint64_t expected = claim_of(generation, number);
    return atomic_compare_exchange_strong(&slot->claim, &expected,
                                          claim_of(generation, number + 1));
}

uint32_t slot_revoke(struct slot *slot, uint32_t generation)
{
    /* Whatever the worker claims from now on is of a generation that has passed. */
    uint64_t claim = atomic_exchange(&slot->claim, claim_of(generation + 1, 0));
    return (uint32_t)claim;
}

uint32_t slot_claimed(const struct slot *slot)
{
    return (uint32_t)atomic_load(&slot->claim);
}

bool slot_batch_add(struct slot *slot, struct text bytes)
{
    uint32_t end = atomic_load_explicit(&slot->batch_end, memory_order_relaxed);
    if (bytes.size > SLOT_BATCH_BYTES - end) {
        return false;
    }
    memcpy(slot->batch + end, bytes.at, bytes.size);
    atomic_store_explicit(&slot->batch_end, end + (uint32_t)bytes.size, memory_order_release);
    return true;
}

struct text slot_batch(const struct slot *slot)
{
    uint32_t end = atomic_load_explicit(&slot->batch_end, memory_order_acquire);
    uint32_t sent = atomic_load(&slot->batch_sent);
    /* A broken worker may have written anything here. */
    if (end > SLOT_BATCH_BYTES || sent > end) {
        return TEXT_EMPTY;
    }
    return text_make(slot->batch + sent, end - sent);
}

void slot_batch_mark_sent(struct slot *slot, size_t size_bytes)
{
    uint32_t sent = atomic_load(&slot->batch_sent) + (uint32_t)size_bytes;
    if (sent == atomic_load(&slot->batch_end)) {
        /* The end first: between the two the batch looks broken, that is: empty. */
        atomic_store(&slot->batch_end, 0);
        atomic_store(&slot->batch_sent, 0);
    } else {
        atomic_store(&slot->batch_sent, sent);
    }
}
