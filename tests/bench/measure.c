/* SPDX-License-Identifier: MIT */
/*
 * measure ROUNDS FILE: runs the commands of FILE (lines "name<TAB>command words…", split at spaces)
 * ROUNDS times, interleaved, and prints for each: name, median wall, median CPU (user and system,
 * of the command and its children) in microseconds, and the largest resident size of one of its
 * processes in KiB, separated by tabs. A command that does not end with 0 is said and ends it all.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINE_LIMIT = 4096, COMMAND_LIMIT = 64, WORD_LIMIT = 64, ROUND_LIMIT = 1000 };

struct command {
    char line[LINE_LIMIT];
    const char *name;
    char *words[WORD_LIMIT];
    double wall_us[ROUND_LIMIT];
    double cpu_us[ROUND_LIMIT];
    long resident_kib;
};

static bool read_command(FILE *file, struct command *command)
{
    if (!fgets(command->line, LINE_LIMIT, file)) {
        return false;
    }
    char *rest = command->line;
    size_t count = 0;
    command->name = strsep(&rest, "\t");
    for (char *word = strsep(&rest, " \n"); word && count < WORD_LIMIT - 1;
         word = strsep(&rest, " \n")) {
        if (*word) {
            command->words[count++] = word;
        }
    }
    command->words[count] = NULL;
    return command->name && count > 0;
}

static double microseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e6 + (double)time.tv_usec;
}

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool run(struct command *command, int round)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t child = 0;
    double start_us = now_us();
    int error =
        posix_spawnp(&child, command->words[0], &actions, NULL, command->words, environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    struct rusage usage = { 0 };
    if (error != 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
        fprintf(stderr, "measure: '%s' did not end with 0 (%d, %x)\n", command->name, error,
                (unsigned)status);
        return false;
    }
    command->wall_us[round] = now_us() - start_us;
    command->cpu_us[round] = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    if (usage.ru_maxrss > command->resident_kib) {
        command->resident_kib = usage.ru_maxrss;
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return difference < 0 ? -1 : difference > 0;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

static size_t read_commands(const char *path, struct command commands[COMMAND_LIMIT])
{
    FILE *file = fopen(path, "r");
    size_t known = 0;
    while (file && known < COMMAND_LIMIT && read_command(file, &commands[known])) {
        known++;
    }
    if (file) {
        fclose(file);
    }
    return known;
}

int main(int count, char **words)
{
    static struct command commands[COMMAND_LIMIT];
    int rounds = 0;
    size_t known = count == 3 ? read_commands(words[2], commands) : 0;
    if (!known || sscanf(words[1], "%d", &rounds) != 1 || rounds < 1 || rounds > ROUND_LIMIT) {
        fprintf(stderr, "usage: measure ROUNDS FILE\n");
        return 2;
    }
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < known; i++) {
            if (!run(&commands[i], round)) {
                return 1;
            }
        }
    }
    for (size_t i = 0; i < known; i++) {
        printf("%s\t%.0f\t%.0f\t%ld\n", commands[i].name, median(commands[i].wall_us, rounds),
               median(commands[i].cpu_us, rounds), commands[i].resident_kib);
    }
    return 0;
}
