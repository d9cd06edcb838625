/* Machines that the tests of the stage look at, step by step. */
#ifndef TEST_SCENARIO_H
#define TEST_SCENARIO_H

#include <glib.h>

#include "figures/figure.h"
#include "machine/machine.h"
#include "stage.h"

typedef struct {
  const char *name;
  guint set_up;             /* lines that only build the machine */
  const char *const *lines; /* operations, NULL-terminated */
} Scenario;

extern const Scenario scenarios[];
extern const guint scenario_count;

/* The machine of a scenario after all its operations; aborts the test if one
 * fails. *first is the cursor after the set-up. */
struct vm_machine *scenario_machine (const Scenario *scenario, guint64 *first);

/* A stage with the figures of a set (bit n: figure n), as a lesson would name
 * them; and the set of all. */
SceneStage *scenario_stage (guint64 set);
guint64 scenario_all_figures (void);

#endif
