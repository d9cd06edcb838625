/* What each figure shows, as text, step by step: golden/KIND.txt. After the
 * first step only what changes is written. PAGEWALK_UPDATE_GOLDEN=1 writes the
 * files anew; then read the difference. */
#include <string.h>

#include "describe.h"
#include "figures/figure.h"
#include "scenario.h"
#include "stage.h"

/* The walk, the hit and the first fault of the first scenario. */
#define LAST_STEPS 55

/* Zeros, a frame of its own, a stack that grows. */
#define LAST_FAULT_STEPS 165

static gboolean
has_line (char **lines, const char *line)
{
  return g_strv_contains ((const char *const *) lines, line);
}

static void
append_missing (GString *out, char sign, char **lines, char **others)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !has_line (others, lines[i]))
      g_string_append_printf (out, "%c %s\n", sign, lines[i]);
}

/* Lines that only one of two stills has. */
static void
append_changes (GString *out, const char *before, const char *after)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (after, "\n", -1);

  append_missing (out, '-', old, new);
  append_missing (out, '+', new, old);
}

/* The items of one figure; of figure 0 connectors and flights. */
static char *
items_text (const SceneStill *still, guint figure)
{
  g_autofree char *all = scene_still_to_text (still);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  g_autofree char *id = g_strdup_printf (" %u.", figure);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *space = strchr (lines[i], ' ');
    gboolean flight = g_str_has_prefix (lines[i], "flight ");
    if (space != NULL
        && (flight ? figure == SCENE_FIGURE_STAGE
                   : g_str_has_prefix (space, id)))
      g_string_append_printf (text, "%s\n", lines[i]);
  }
  return g_string_free (text, FALSE);
}

static guint
scenario_named (const char *name)
{
  guint i = 0;

  while (i < scenario_count && strcmp (scenarios[i].name, name) != 0)
    i++;
  g_assert_cmpuint (i, <, scenario_count);
  return i;
}

/* What several processes share takes several processes, and so on. */
static guint
scenario_for (guint figure)
{
  if (figure == SCENE_FIGURE_PROCESSES)
    return 2;
  if (figure == SCENE_FIGURE_BARE_MEMORY)
    return scenario_named ("bare");
  if (figure == SCENE_FIGURE_FRAMES)
    return scenario_named ("linux");
  if (figure == SCENE_FIGURE_FAULT_BILLS)
    return scenario_named ("fork");
  if (figure == SCENE_FIGURE_LISTS || figure == SCENE_FIGURE_SWAP)
    return scenario_named ("scarce");
  if (figure == SCENE_FIGURE_PAGE_CACHE || figure == SCENE_FIGURE_TIME
      || figure == SCENE_FIGURE_WORKING_SET || figure == SCENE_FIGURE_PRESSURE)
    return scenario_named ("cached");
  if (figure == SCENE_FIGURE_BUDDY || figure == SCENE_FIGURE_SLAB)
    return scenario_named ("blocks");
  if (figure == SCENE_FIGURE_KERNEL_RULER || figure == SCENE_FIGURE_VMALLOC
      || figure == SCENE_FIGURE_KMAP)
    return scenario_named ("kernel-32");
  if (figure == SCENE_FIGURE_RUNNING || figure == SCENE_FIGURE_CLONE)
    return scenario_named ("tasks");
  if (figure == SCENE_FIGURE_PHYSICAL_MAP)
    return scenario_named ("devices");
  if (figure == SCENE_FIGURE_ELF_FILE || figure == SCENE_FIGURE_ELF_ROUNDING
      || figure == SCENE_FIGURE_ELF_SYMBOLS || figure == SCENE_FIGURE_EXEC
      || figure == SCENE_FIGURE_STACK)
    return scenario_named ("loaded");
  if (figure == SCENE_FIGURE_ROOTS)
    return 13;
  if (figure == SCENE_FIGURE_SHOOTDOWN)
    return 11;
  if (figure == SCENE_FIGURE_SEGMENTS)
    return scenario_named ("segments");
  return figure == SCENE_FIGURE_TLBS || figure == SCENE_FIGURE_CYCLES ? 10 : 0;
}

/* A figure over the steps of a scenario, up to one of them. */
static void
append_story (GString *out, guint figure, const Scenario *scenario,
              guint64 last)
{
  gboolean usual = figure <= SCENE_FIGURE_CAPTION;
  g_autoptr (SceneStage) stage
      = usual ? scene_stage_new (NULL)
              : scenario_stage (G_GUINT64_CONSTANT (1) << figure);
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario, &first);
  g_autofree char *before = g_strdup ("");

  scene_stage_set_caption (stage, TRUE);
  last = MIN (last, vm_machine_step_count (machine));
  for (guint64 n = first; n <= last; n++) {
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 900);
    g_autofree char *text = items_text (still, figure);
    g_autofree char *sentence
        = scene_describe (machine, vm_machine_step (machine, n - 1));
    g_string_append_printf (out, "# %" G_GUINT64_FORMAT ": %s\n", n, sentence);
    append_changes (out, before, text);
    g_free (before);
    before = g_steal_pointer (&text);
  }
  vm_machine_free (machine);
}

static char *
story_of (guint figure)
{
  GString *out = g_string_new (NULL);
  guint scenario = scenario_for (figure);

  if (figure == SCENE_FIGURE_HANDLER || figure == SCENE_FIGURE_REGIONS
      || figure == SCENE_FIGURE_MM) {
    append_story (out, figure, &scenarios[25], LAST_FAULT_STEPS);
    return g_string_free (out, FALSE);
  }
  append_story (out, figure, &scenarios[scenario],
                scenario == 0 ? LAST_STEPS : G_MAXUINT64);
  return g_string_free (out, FALSE);
}

static void
compare (const char *path, const char *story)
{
  g_autofree char *golden = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  if (g_str_equal (golden, story))
    return;

  g_autoptr (GString) changes = g_string_new (NULL);
  append_changes (changes, golden, story);
  g_auto (GStrv) lines = g_strsplit (changes->str, "\n", 12);
  for (guint i = 0; lines[i] != NULL && i < 11; i++)
    g_test_message ("%s", lines[i]);
  g_test_message ("%s: PAGEWALK_UPDATE_GOLDEN=1 takes this as right", path);
  g_test_fail ();
}

/* Compares a story with golden/NAME.txt, or writes it there. */
static void
compare_or_write (const char *name, const char *story)
{
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_build_filename (
      g_getenv ("PAGEWALK_SOURCE"), "tests", "scene", "golden", file, NULL);

  if (g_getenv ("PAGEWALK_UPDATE_GOLDEN") == NULL)
    compare (path, story);
  else
    g_assert_true (g_file_set_contents (path, story, -1, NULL));
}

static void
test_figure (gconstpointer data)
{
  guint figure = GPOINTER_TO_UINT (data);
  const char *kind
      = figure == SCENE_FIGURE_STAGE ? "stage" : scene_figure_of (figure)->kind;
  g_autofree char *story = story_of (figure);

  compare_or_write (kind, story);
}

/* The end of the third operation after the set-up: a miss, a hit or another
 * miss, and mostly a fault. */
static guint64
third_end (const Scenario *scenario)
{
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario, &first);
  guint64 end = vm_machine_result (machine, scenario->set_up + 2)->end_step;

  vm_machine_free (machine);
  return end;
}

/* What looks different on each processor: an entry's bits, the rules that are
 * asked, the registers. */
static void
test_processor (gconstpointer data)
{
  /* Of a toy the address, its tables and the sum of it, too. */
  static const guint figures[] = {SCENE_FIGURE_ENTRY,  SCENE_FIGURE_DECISION,
                                  SCENE_FIGURE_CPU,    SCENE_FIGURE_ADDRESS,
                                  SCENE_FIGURE_TABLES, SCENE_FIGURE_PHYSICAL};
  const Scenario *scenario = data;
  g_autofree char *name = g_strconcat ("processor-", scenario->name, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  guint count
      = g_str_has_prefix (scenario->name, "toy") ? G_N_ELEMENTS (figures) : 3;

  for (guint i = 0; i < count; i++) {
    g_string_append_printf (out, "## %s\n", scene_figure_of (figures[i])->kind);
    append_story (out, figures[i], scenario, third_end (scenario));
  }
  compare_or_write (name, out->str);
}

int
main (int argc, char **argv)
{
  static const char *const processors[]
      = {"four-levels", "x86-pae", "x86-64-la57", "sv32", "sv39",
         "sv48",        "sv57",    "aarch64",     "toy",  "toy-two-levels"};

  g_test_init (&argc, &argv, NULL);
  for (guint figure = 0; figure < SCENE_FIGURES; figure++) {
    g_autofree char *path = g_strconcat (
        "/golden/",
        figure == SCENE_FIGURE_STAGE ? "stage" : scene_figure_of (figure)->kind,
        NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (figure), test_figure);
  }
  /* x86-32 has the files of the figures. */
  for (guint i = 0; i < G_N_ELEMENTS (processors); i++) {
    const Scenario *scenario = &scenarios[scenario_named (processors[i])];
    g_autofree char *path
        = g_strconcat ("/golden/processor/", scenario->name, NULL);
    g_test_add_data_func (path, scenario, test_processor);
  }
  return g_test_run ();
}
