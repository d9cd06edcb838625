/* Machines that the tests of the stage look at, step by step. */
#include "scenario.h"

/* The load of the flagship lesson, the same page again, a store, and two
 * faults. */
static const char *const two_levels[]
    = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x11223000 frame=0x44332 flags=rwu",
       "map process=A va=0x11221000 frame=0x40 flags=rwu",
       "map process=A va=0x11224000 frame=0x41 flags=rwu",
       "map process=A va=0x08048000 frame=0x21 flags=ru",
       "map process=A va=0xbffff000 frame=0x3e flags=rwu",
       "map process=A va=0xc0000000 frame=0x0 flags=rwg",
       "access va=0x11223344 kind=read mode=user width=4",
       "access va=0x11223348 kind=write mode=user width=4 value=0x2a",
       "access va=0x08048010 kind=write mode=user width=4 value=1",
       "access va=0xc0000123 kind=read mode=user width=1",
       "access va=0x40000000 kind=read mode=user width=4",
       NULL};

/* Four levels, a large page, a fetch, and an address that is not one. */
static const char *const four_levels[]
    = {"machine geometry=x86-64 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "process name=B",
       "map process=A va=0x401000 frame=0x123 flags=rxu",
       "map process=A va=0x7ffffffff000 frame=0x200 flags=rwu",
       "map process=A va=0x40200000 frame=0x800 flags=rwu size=2M",
       "map process=B va=0x401000 frame=0x123 flags=rxu",
       "access process=A va=0x40102c kind=fetch mode=user width=4",
       "access process=A va=0x40212345 kind=write mode=user width=1 value=7",
       "access process=B va=0x401000 kind=read mode=kernel width=8",
       "access process=B va=0x800000000000 kind=read mode=user width=8",
       "access process=A va=0x7fffffffeff8 kind=read mode=user width=8",
       NULL};

const Scenario scenarios[]
    = {{"two-levels", 8, two_levels}, {"four-levels", 7, four_levels}};
const guint scenario_count = G_N_ELEMENTS (scenarios);

struct vm_machine *
scenario_machine (const Scenario *scenario, guint64 *first)
{
  struct vm_machine *machine = vm_machine_new ();
  struct vm_error error = {0};

  g_assert_nonnull (machine);
  for (guint i = 0; scenario->lines[i] != NULL; i++) {
    if (!vm_machine_do_line (machine, scenario->lines[i], &error))
      g_error ("%s: error %d (%s)", scenario->lines[i], (int) error.code,
               error.subject);
    if (i + 1 == scenario->set_up)
      *first = vm_machine_step_count (machine);
  }
  return machine;
}

SceneStage *
scenario_stage (guint64 set)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_free);
  LessonDocument document = {.figures = figures};

  for (guint id = 1; id < SCENE_FIGURES; id++) {
    if (!(set >> id & 1))
      continue;
    LessonFigure *figure = g_new0 (LessonFigure, 1);
    figure->kind = (char *) scene_figure_of (id)->kind;
    g_ptr_array_add (figures, figure);
  }
  return scene_stage_new (&document);
}

guint64
scenario_all_figures (void)
{
  return (G_GUINT64_CONSTANT (1) << SCENE_FIGURES) - 2;
}
