/* SPDX-License-Identifier: MIT */
/*
 * bench-coverage lcov|cobertura FILES SEED: a report of so many source files on the standard output.
 * Of lcov each has 1000 lines, 500 branches and 40 functions (4000 files: 95 MB); of Cobertura each
 * has 1000 lines, every fourth with conditions (800 files: 53 MB).
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LINES = 1000, FUNCTIONS = 40 };

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void write_lcov(uint32_t file, uint32_t *seed)
{
    printf("TN:\nSF:/srv/build/project/module%03u/source%05u.c\n", file / 40, file);
    for (uint32_t i = 0; i < FUNCTIONS; i++) {
        printf("FN:%u,function_%u_of_%u\n", i * 25 + 1, i, file);
    }
    for (uint32_t i = 0; i < FUNCTIONS; i++) {
        printf("FNDA:%u,function_%u_of_%u\n", next(seed) % 100, i, file);
    }
    for (uint32_t i = 4; i <= LINES; i += 4) {
        printf("BRDA:%u,0,0,%u\nBRDA:%u,0,1,%s\n", i, next(seed) % 1000, i,
               next(seed) % 3 ? "0" : "-");
    }
    for (uint32_t i = 1; i <= LINES; i++) {
        printf("DA:%u,%u\n", i, next(seed) % 4 ? 1000000 + next(seed) % 9000000 : 0);
    }
    printf("end_of_record\n");
}

static void write_cobertura(uint32_t file, uint32_t *seed)
{
    printf("<class name=\"C%u\" filename=\"module%03u/source%05u.py\" line-rate=\"0.5\" "
           "branch-rate=\"0.5\" complexity=\"1.0\"><methods/><lines>\n",
           file, file / 40, file);
    for (uint32_t i = 1; i <= LINES; i++) {
        const char *branch =
            i % 4 ? "branch=\"false\"" : "branch=\"true\" condition-coverage=\"50% (1/2)\"";
        printf("            <line number=\"%u\" hits=\"%u\" %s/>\n", i,
               next(seed) % 4 ? next(seed) % 1000 : 0, branch);
    }
    printf("</lines></class>\n");
}

static uint32_t read_number(const char *digits)
{
    uint32_t number = 0;
    for (; *digits >= '0' && *digits <= '9'; digits++) {
        number = number * 10 + (uint32_t)(*digits - '0');
    }
    return number;
}

int main(int count, char **words)
{
    if (count != 4) {
        fprintf(stderr, "usage: bench-coverage lcov|cobertura FILES SEED\n");
        return 2;
    }
    uint32_t files = read_number(words[2]);
    uint32_t seed = read_number(words[3]);
    int is_lcov = strcmp(words[1], "lcov") == 0;
    if (!is_lcov) {
        printf("<?xml version=\"1.0\" ?>\n<coverage line-rate=\"0.5\" branch-rate=\"0.5\" "
               "version=\"1\" timestamp=\"1700000000\">\n<packages><package "
               "name=\"p\"><classes>\n");
    }
    for (uint32_t i = 0; i < files; i++) {
        (is_lcov ? write_lcov : write_cobertura)(i, &seed);
    }
    if (!is_lcov) {
        printf("</classes></package></packages></coverage>\n");
    }
    return 0;
}
