/* SPDX-License-Identifier: MIT */
/*
 * The options that every command with a configuration has, and the settings made from them.
 */
#ifndef BDDRUN_CLI_OPTIONS_CONFIGURED_H
#define BDDRUN_CLI_OPTIONS_CONFIGURED_H

#include "cli/command.h"

/* A member of the command's values. */
struct configured_values {
    struct text config;
    struct text environment;
    struct text base_url;
    struct option_texts definitions;
    uint64_t jobs;
};

/* Rows for the command's table of options; `member` is the struct configured_values in `type`. */
#define CONFIGURED_OPTIONS(type, member)                                                       \
    { .name = "environment",                                                                   \
      .letter = 'e',                                                                           \
      .value = "NAME",                                                                         \
      .summary = "the environment of bddrun.yaml to run against",                              \
      .read = option_read_text,                                                                \
      .offset = offsetof(type, member.environment) },                                          \
        { .name = "base-url",                                                                  \
          .value = "URL",                                                                      \
          .summary = "instead of the environment's `url`",                                     \
          .read = option_read_text,                                                            \
          .offset = offsetof(type, member.base_url) },                                         \
        { .name = "define",                                                                    \
          .letter = 'D',                                                                       \
          .value = "NAME=VALUE",                                                               \
          .summary = "a variable; repeatable; never a secret",                                 \
          .read = option_read_texts,                                                           \
          .offset = offsetof(type, member.definitions) },                                      \
    {                                                                                          \
        .name = "config", .value = "FILE", .summary = "instead of looking for bddrun.yaml",    \
        .read = option_read_text, .offset = offsetof(type, member.config)                      \
    }

/* Finds, reads and merges, into invocation->config. False with problems. */
bool configured_make(const struct configured_values *values, struct invocation *invocation,
                     const struct config_settings **ret_settings) MUST_CHECK;

/* The same in two steps, for a command whose section of the file decides about the settings. */
bool configured_load(const struct configured_values *values,
                     struct invocation *invocation) MUST_CHECK;
bool configured_settle(const struct configured_values *values, struct invocation *invocation,
                       const struct config_settings **ret_settings) MUST_CHECK;

#endif
