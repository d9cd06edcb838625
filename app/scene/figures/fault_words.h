/* What the chart of the page-fault handler says: questions, the numbers that
 * they were asked about, the fault, and what it came to. */
#ifndef SCENE_FAULT_WORDS_H
#define SCENE_FAULT_WORDS_H

#include "figures/fault_path.h"
#include "figures/figure.h"

/* A question in few words, translated. */
const char *scene_fault_question (enum vm_question question);

/* "read", "write" or "fetch", translated: an enum vm_access_kind. */
const char *scene_fault_kind (guint64 kind);

/* The numbers of a question that was asked, or NULL: "< 0xc0000000". */
const char *scene_fault_numbers (const SceneBuild *build,
                                 const SceneFaultRun *run, guint node);

/* Width of the widest of them that this machine can have. */
double scene_fault_numbers_width (const SceneBuild *build, guint node);

/* When a question is asked that is not on the way; translated. */
const char *scene_fault_apart (enum vm_question question);

/* What is handled, in two lines: who does what in which mode; where. Without a
 * run what is so far. */
const char *scene_fault_who (const SceneBuild *build, const SceneFaultRun *run);
const char *scene_fault_where (const SceneBuild *build,
                               const SceneFaultRun *run);

/* What it came to, in two lines; NULL while it has not ended. */
const char *scene_fault_outcome (const SceneBuild *build,
                                 const SceneFaultRun *run);
const char *scene_fault_result (const SceneBuild *build,
                                const SceneFaultRun *run);

/* Width of the widest of these lines. */
double scene_fault_lines_width (const SceneBuild *build);

#endif
