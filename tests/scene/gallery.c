/* Renders every step of the scenarios, in every palette and several sizes, as
 * pictures to look at: gallery FOLDER [SCENARIO [PALETTE [WIDTH HEIGHT]]]. */
#include <glib/gstdio.h>
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
  const char *folder, *palette;
  ScenePainter *painter;
  SceneStage *stage;
} Gallery;

static void
paint_step (const Gallery *g, const Scenario *scenario,
            struct vm_machine *machine, ScenePaletteId palette, Size size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SceneStill) still = scene_stage_still (
      g->stage, machine, scene_painter_metrics (g->painter), size.width,
      size.height);
  g_autofree char *name = g_strdup_printf (
      "%s-%s-%d-%03d.png", scenario->name, scene_palette (palette)->name,
      (int) size.width, (int) vm_machine_cursor (machine));
  g_autofree char *path = g_build_filename (g->folder, name, NULL);

  if (!scene_write_png (still, g->painter, scene_palette (palette), path, 1,
                        &error))
    g_error ("%s", error->message);
}

static void
paint_scenario (const Gallery *g, const Scenario *scenario,
                ScenePaletteId palette, Size size)
{
  guint64 first = 0;
  struct vm_machine *machine = scenario_machine (scenario, &first);

  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    g_assert_true (vm_machine_seek (machine, n));
    paint_step (g, scenario, machine, palette, size);
  }
  vm_machine_free (machine);
}

static void
paint_sizes (const Gallery *g, const Scenario *scenario, int argc, char **argv)
{
  for (guint p = 0; p < SCENE_PALETTES; p++) {
    if (argc > 3 && strcmp (argv[3], scene_palette (p)->name) != 0)
      continue;
    if (argc > 5) {
      paint_scenario (g, scenario, p, (Size){atof (argv[4]), atof (argv[5])});
      continue;
    }
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      paint_scenario (g, scenario, p, sizes[i]);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  Gallery gallery = {.painter = painter, .stage = stage};

  if (argc < 2)
    return 2;
  gallery.folder = argv[1];
  g_mkdir_with_parents (gallery.folder, 0755);
  scene_stage_set_caption (stage, g_getenv ("GALLERY_CAPTION") != NULL);
  for (guint i = 0; i < scenario_count; i++)
    if (argc < 3 || strcmp (argv[2], scenarios[i].name) == 0)
      paint_sizes (&gallery, &scenarios[i], argc, argv);
  return 0;
}
