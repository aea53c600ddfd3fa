/* SPDX-License-Identifier: MIT */
/*
 * What the files of a run share: run.c (beginning and end), run_client.c (what the crew asks for),
 * run_signals.c (interrupts and time).
 */
#ifndef BDDRUN_RUN_RUN_PARTS_H
#define BDDRUN_RUN_RUN_PARTS_H

#include "run/run_state.h"

/* run_prepare.c: limits, variables, accounts, the network, the crew. */
bool run_prepare(struct run *run);

/* run_reports.c */
bool run_open_reports(struct run *run);
void run_tell_start(struct run *run);
void run_tell_problems(struct run *run, struct problems *problems);
void run_tell_end(struct run *run, enum exit_code code);
enum exit_code run_judge(struct run *run);

/* run_masks.c: which masks of bddrun.yaml workers used; warns of those that none did, where every
 * scenario was run and passed, and something was compared. */
void run_note_masks(struct run *run, struct text used);
void run_tell_masks(struct run *run);

/* run_client.c, run_answers.c (questions of workers) */
void run_answer_waiting(struct run *run);
bool run_ask(void *run, uint32_t worker, const struct assignment *assignment,
             struct text question, struct buffer *answer);
struct crew_client run_client(struct run *run);
void run_push(struct run *run, const struct assignment *assignment, struct text note);
bool run_is_phase_over(const struct run *run);
bool run_result(struct run *run, const struct result *result);
void run_announce_slow(struct run *run);

/* run_crash.c: the deaths of workers, and the teardowns that they left undone. */
void run_take_crash(void *run, const struct crash *crash);
size_t run_teardowns_left(const struct run *run); /* that may be given now */
bool run_next_teardown(struct run *run, struct assignment *ret, struct text *ret_note);
void run_return_teardown(struct run *run, uint32_t scenario); /* it never started */
void run_end_teardown(struct run *run, uint32_t scenario);
void run_tell_untorn(struct run *run); /* those that nobody does any more */

/* run_signals.c */
bool run_catch_signals(struct run *run, struct problems *problems);
void run_release_signals(struct run *run);
void run_set_timers(struct run *run);

/* No new scenario; those under way end by themselves. */
void run_cut_short(struct run *run, struct text cause);

/* Those under way are cancelled, too. */
void run_interrupt(struct run *run, struct text cause);

/* run_lookup.c: what reporters may ask about scenarios. */
void run_describe(void *run, uint32_t index, struct arena *arena,
                  struct scenario_info *ret_info);

#endif
