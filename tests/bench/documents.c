/* SPDX-License-Identifier: MIT */
/*
 * documents KIND SIZE A B: writes a pair of JSON documents, the same on every machine. Kinds:
 * changed (1 % of the objects), inserted (one at the head), shuffled: SIZE objects of 37 values;
 * and the pathological ones, SIZE items: strings (equal ones, one more on the right), near
 * (near-duplicates without an identity), all (every item changed), numbers (shuffled numbers),
 * deep (SIZE levels), keys (an object with SIZE keys, half of them repeated).
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t random_state;

static uint64_t next_random(void) /* splitmix64 */
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static void write_object(FILE *out, unsigned id, bool is_changed)
{
    random_state = id * UINT64_C(7919);
    unsigned a = (unsigned)(next_random() % 10000);
    unsigned b = (unsigned)(next_random() % 1000);
    fprintf(out,
            "{\"id\":%u,\"name\":\"Player %u\",\"mail\":\"p%u@a.au\",\"score\":%u.%02u,"
            "\"on\":%s,\"rank\":%u,\"team\":null,\"land\":\"AU\",\"level\":%u,",
            id, id, id, is_changed ? a + 1 : a, b % 100, a % 2 ? "true" : "false", b, a % 60);
    fprintf(out,
            "\"seat\":{\"at\":%u,\"row\":%u,\"open\":false,\"has\":%u,\"cards\":[\"Ah\","
            "\"Kd\","
            "\"%uc\"]},\"tags\":[\"low\",\"fast\",\"t%u\"],",
            b, b % 9, a * 25, a % 8 + 2, b % 50);
    fprintf(out,
            "\"stats\":{\"all\":%u,\"won\":%u,\"best\":%u.5,\"last\":[%u,%u,%u,%u]},"
            "\"flags\":{\"vip\":true,\"new\":false},\"note\":\"%s\",\"ok\":1}",
            a, b, a, a, b, a % 7, b % 7, is_changed ? "no" : "so");
}

static void write_objects(FILE *out, const unsigned *order, size_t count,
                          unsigned changed_every)
{
    fputs("{\"items\":[", out);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n" : "\n", out);
        write_object(out, order[i], changed_every && order[i] % changed_every == 7);
    }
    fputs("\n]}\n", out);
}

static void shuffle(unsigned *order, size_t count)
{
    random_state = 42;
    for (size_t i = count; i > 1; i--) {
        size_t k = next_random() % i;
        unsigned other = order[i - 1];
        order[i - 1] = order[k];
        order[k] = other;
    }
}

static void write_pair_of_objects(const char *kind, size_t count, FILE *a, FILE *b)
{
    unsigned *order = calloc(count + 1, sizeof *order);
    for (unsigned i = 0; order && i <= count; i++) {
        order[i] = i;
    }
    write_objects(a, order + 1, count, 0);
    if (strcmp(kind, "shuffled") == 0) {
        shuffle(order + 1, count);
    }
    bool is_inserted = strcmp(kind, "inserted") == 0;
    write_objects(b, is_inserted ? order : order + 1, count + is_inserted,
                  strcmp(kind, "changed") == 0 ? 100 : 0);
    free(order);
}

static void write_item(FILE *out, const char *kind, unsigned i, bool is_right)
{
    if (strcmp(kind, "strings") == 0) {
        fputs("\"the same\"", out);
    } else if (strcmp(kind, "near") == 0) {
        fprintf(out, "{\"kind\":\"card\",\"suit\":%u,\"value\":%u,\"seen\":%s}", i % 4, i % 13,
                (i + is_right) % 5 ? "true" : "false");
    } else if (strcmp(kind, "all") == 0) {
        fprintf(out, "{\"at\":%u,\"side\":\"%s\"}", i % 97, is_right ? "right" : "left");
    } else {
        random_state = i + (is_right ? 1000003U : 0U);
        fprintf(out, "%u", (unsigned)(next_random() % 1000));
    }
}

static void write_items(FILE *out, const char *kind, size_t count, bool is_right)
{
    fputs("[", out);
    for (unsigned i = 0; i < count; i++) {
        fputs(i ? "," : "", out);
        write_item(out, kind, i, is_right);
    }
    fputs("]\n", out);
}

static void write_deep(FILE *out, size_t depth, bool is_right)
{
    for (size_t i = 0; i < depth; i++) {
        fputs(i % 2 ? "{\"pad\":[1,2,3],\"x\":" : "[", out);
    }
    fputs(is_right ? "1" : "2", out);
    for (size_t i = depth; i-- > 0;) {
        fputs(i % 2 ? "}" : "]", out);
    }
}

static void write_keys(FILE *out, size_t count, bool is_right)
{
    fputs("{", out);
    for (size_t i = 0; i < count; i++) {
        size_t key = is_right ? count - 1 - i : i;
        fprintf(out, "%s\"key%zu\":%zu", i ? "," : "", key / 2, key);
    }
    fputs("}\n", out);
}

static void write_one(const char *kind, size_t count, FILE *out, bool is_right)
{
    if (strcmp(kind, "deep") == 0) {
        write_deep(out, count, is_right);
    } else if (strcmp(kind, "keys") == 0) {
        write_keys(out, count, is_right);
    } else {
        write_items(out, kind, count + (is_right && strcmp(kind, "strings") == 0), is_right);
    }
}

int main(int count, char **arguments)
{
    FILE *a = count == 5 ? fopen(arguments[3], "w") : NULL;
    FILE *b = count == 5 ? fopen(arguments[4], "w") : NULL;
    if (!a || !b) {
        fprintf(stderr, "usage: documents KIND SIZE A B\n");
        return 2;
    }
    const char *kind = arguments[1];
    size_t size = strtoull(arguments[2], NULL, 10);
    if (strcmp(kind, "changed") == 0 || strcmp(kind, "inserted") == 0 ||
        strcmp(kind, "shuffled") == 0) {
        write_pair_of_objects(kind, size, a, b);
    } else {
        write_one(kind, size, a, false);
        write_one(kind, size, b, true);
    }
    return fclose(a) || fclose(b);
}
