/* What the page-fault handler may ask, where each answer leads, and what it has
 * asked in the operation that the cursor stands in. */
#ifndef SCENE_FAULT_PATH_H
#define SCENE_FAULT_PATH_H

#include "context.h"

/* A question's place in the chart: column 0 is the trunk, from top to bottom;
 * what hangs beside a row of it goes on to the right. A question that is asked
 * in two places has two nodes. */
typedef struct {
  enum vm_question question;
  guint row, column;
  gboolean on;    /* the answer that leads on, down the trunk or to the right */
  gboolean apart; /* not on the way: asked when something else has failed */
} SceneFaultNode;

typedef enum {
  SCENE_FAULT_GOES_ON, /* only a remark: the next question follows */
  SCENE_FAULT_ACTION,  /* solved: value is an enum vm_action */
  SCENE_FAULT_SIGNAL,  /* value is an enum vm_signal_code */
  SCENE_FAULT_FIXED    /* a call of the kernel fails instead */
} SceneFaultEnd;

/* Where an answer leads, if not to another question. */
typedef struct {
  guint node; /* its position in the table */
  gboolean answer;
  SceneFaultEnd end;
  guint value;
  const char *text; /* to be translated; "no: …" */
} SceneFaultExit;

/* The most questions and exits that the tables may have. */
#define SCENE_FAULT_NODES 32
#define SCENE_FAULT_EXITS 32
#define SCENE_FAULT_ROWS 8
#define SCENE_FAULT_COLUMNS 5
#define SCENE_FAULT_NONE G_MAXUINT

extern const SceneFaultNode scene_fault_nodes[];
extern const guint scene_fault_node_count;
extern const SceneFaultExit scene_fault_exits[];
extern const guint scene_fault_exit_count;

/* One run of the handler, up to the cursor. */
typedef struct {
  const struct vm_step *access; /* ACCESS that led to it, or has not yet */
  const struct vm_step *fault;  /* FAULT, or NULL */
  const struct vm_step *begin;  /* HANDLER; NULL: pages are filled in without */
  const struct vm_step *asked[SCENE_FAULT_NODES]; /* DECIDE, or NULL */
  gboolean passed[SCENE_FAULT_NODES];             /* went by, not asked */
  const struct vm_step *found;                    /* REGION_FOUND, or NULL */
  const struct vm_step *end; /* HANDLED, SIGNAL, DECIDE; NULL: not yet */
  guint first, last;         /* nodes asked first and last; NONE: none */
  guint exit;                /* by which it ended; NONE: it has not */
  gboolean remarked[SCENE_FAULT_EXITS]; /* exits that only remark */
} SceneFaultRun;

/* The last run of the operation that the cursor stands in. FALSE if there is
 * none. */
gboolean scene_fault_run (const SceneContext *context, SceneFaultRun *run);

/* True while a page fault is being made: the access is begun, and the handler
 * is not. */
gboolean scene_fault_pending (const SceneFaultRun *run);

/* False of a question that this machine never asks: large pages must have been
 * asked for. */
gboolean scene_fault_shown (const SceneContext *context, guint node);

/* True if the run came to a node, be it asked or only passed. */
gboolean scene_fault_reached (const SceneFaultRun *run, guint node);

/* True if its answer, if there is one, leads on. */
gboolean scene_fault_goes_on (const SceneFaultRun *run, guint node);

/* True of the end of a lane that leads back to the trunk, to the row below. */
gboolean scene_fault_returns (guint node);

/* The node in a place, and the one before it in its lane or in the trunk;
 * NONE: there is none. */
guint scene_fault_at (guint row, guint column);
guint scene_fault_before (guint node);

#endif
