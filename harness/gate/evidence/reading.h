/* SPDX-License-Identifier: MIT */
/* A message stream being read: evidence_run.c reads its lines, evidence_messages.c takes them. */
#ifndef BDDRUN_GATE_EVIDENCE_READING_H
#define BDDRUN_GATE_EVIDENCE_READING_H

#include "gate/evidence/evidence_run.h"
#include "gate/evidence/id_table.h"
#include "gate/evidence/lines.h"

struct reading {
    struct evidence_run *run;
    struct lines lines;
    struct arena scratch; /* of one line */
    struct id_table pickles;
    struct id_table cases;
    struct id_table attempts;
};

/* False with the run `broken` at the line read last. */
bool reading_take_line(struct reading *reading, struct text line) MUST_CHECK;

/* Always false. */
bool reading_refuse(struct reading *reading, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
