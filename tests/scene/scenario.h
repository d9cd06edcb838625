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

/* Lines of a scenario for any processor, of which 4 are set-up: a page at the
 * bottom and one at the very top, both accessed, and an address between that
 * nobody maps. Free with g_strfreev. */
char **scenario_geometry (const struct vm_geometry *geometry);

/* A stage with the figures of a set (bit n: figure n), as a lesson would name
 * them; and the set of all. */
SceneStage *scenario_stage (guint64 set);
guint64 scenario_all_figures (void);

/* The end of an operation, where a state names no step. */
#define SCENARIO_END VM_STEP_KINDS

/* A moment that figures are looked at in: by the gallery as a picture, by the
 * tests as items. A new kind of state is a row of the table. */
typedef struct {
  const char *name;
  const Scenario *scenario; /* NULL: a machine that is still nothing */
  guint operation;          /* its line in the scenario, 0 the first */
  enum vm_step_kind step;   /* the first of that kind; or SCENARIO_END */
} ScenarioState;

extern const ScenarioState scenario_states[];
extern const guint scenario_state_count;

/* A screen: the width of a figure that stands alone on it, how much larger its
 * fonts are, and the room of a stage (height 0: as it comes). */
typedef struct {
  const char *name;
  double figure_width, scale;
  double width, height;
} ScenarioSize;

#define SCENARIO_SIZES 3
extern const ScenarioSize scenario_sizes[SCENARIO_SIZES];

/* A machine with its cursor at that moment; aborts the test if there is no such
 * step. Free with vm_machine_free. */
struct vm_machine *scenario_state_machine (const ScenarioState *state);

/* Texts come in the language that LANGUAGE names, which is returned: "en" where
 * it names none. */
const char *scenario_set_up_language (void);

#endif
