/* Pictures of the stage to look at: every step of every scenario in one size
 * and palette, every sixth in the others; then with every figure there is, and
 * with those alone that are not of a walk.
 * `./dev gallery` says where they go; by hand: scene-gallery FOLDER [SCENARIO
 * [PALETTE [WIDTH HEIGHT]]]. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paint.h"
#include "scenario.h"
#include "stage.h"

typedef struct {
  double width, height;
} Size;

static const Size sizes[]
    = {{1150, 760}, {900, 560}, {360, 0}, {700, 0}, {1920, 1000}};

typedef struct {
  const char *folder, *scenario, *palette; /* NULL: all */
  Size size;                               /* width 0: all */
  ScenePainter *painter;
  SceneStage *stage;
  const char *which; /* in the files' names: the stage */
} Gallery;

static void
paint_step (const Gallery *g, const Scenario *scenario,
            struct vm_machine *machine, const ScenePalette *palette, Size size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SceneStill) still = scene_stage_still (
      g->stage, machine, scene_painter_metrics (g->painter), size.width,
      size.height);
  g_autofree char *name = g_strdup_printf (
      "%s%s-%s-%d-%03d.png", g->which, scenario->name, palette->name,
      (int) size.width, (int) vm_machine_cursor (machine));
  g_autofree char *path = g_build_filename (g->folder, name, NULL);

  if (!scene_write_png (still, g->painter, palette, path, 1, &error))
    g_error ("%s", error->message);
}

static void
paint_scenario (const Gallery *g, const Scenario *scenario,
                const ScenePalette *palette, Size size, guint every)
{
  guint64 first = 0;
  struct vm_machine *machine = scenario_machine (scenario, &first);

  for (guint64 n = first; n <= vm_machine_step_count (machine); n += every) {
    g_assert_true (vm_machine_seek (machine, n));
    paint_step (g, scenario, machine, palette, size);
  }
  vm_machine_free (machine);
}

static void
paint_palette (const Gallery *g, const Scenario *scenario,
               const ScenePalette *palette)
{
  if (g->size.width > 0) {
    paint_scenario (g, scenario, palette, g->size, 1);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gboolean whole = i == 0 && palette == scene_palette (SCENE_PALETTE_LIGHT);
    paint_scenario (g, scenario, palette, sizes[i], whole ? 1 : 6);
  }
}

static void
paint_all (const Gallery *g)
{
  for (guint s = 0; s < scenario_count; s++)
    for (guint p = 0; p < SCENE_PALETTES; p++) {
      const ScenePalette *palette = scene_palette (p);
      if ((g->scenario == NULL || strcmp (g->scenario, scenarios[s].name) == 0)
          && (g->palette == NULL || strcmp (g->palette, palette->name) == 0))
        paint_palette (g, &scenarios[s], palette);
    }
}

/* The figures that stand by themselves. */
static guint64
others (void)
{
  guint64 set = 0, one = 1;

  for (guint id = 1; id < SCENE_FIGURES; id++)
    if (scene_figure_of (id)->stance != SCENE_STANCE_WALK)
      set |= one << id;
  return set;
}

int
main (int argc, char **argv)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  g_autoptr (SceneStage) all = scenario_stage (scenario_all_figures ());
  g_autoptr (SceneStage) few = scenario_stage (others ());
  gboolean by_hand = argc > 1 && argv[1][0] != '-';
  Gallery gallery
      = {.folder = by_hand ? argv[1] : g_getenv ("PAGEWALK_PICTURES"),
         .scenario = argc > 2 ? argv[2] : NULL,
         .palette = argc > 3 ? argv[3] : NULL,
         .painter = painter,
         .stage = stage,
         .which = ""};

  if (gallery.folder == NULL) {
    puts ("1..0 # SKIP no folder for pictures");
    return 0;
  }
  if (argc > 5)
    gallery.size = (Size){atof (argv[4]), atof (argv[5])};
  g_mkdir_with_parents (gallery.folder, 0755);
  paint_all (&gallery);
  gallery.stage = all;
  gallery.which = "all-figures-";
  paint_all (&gallery);
  gallery.stage = few;
  gallery.which = "others-";
  paint_all (&gallery);
  puts ("1..1\nok 1 - pictures");
  return 0;
}
