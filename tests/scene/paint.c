/* The painter, on image surfaces: colours where they belong, text inside its
 * rectangle. With PAGEWALK_PICTURES=FOLDER it leaves its pictures there. */
#include "paint.h"

#include "specimen.h"

static void
test_pictures (void)
{
  const char *folder = g_getenv ("PAGEWALK_PICTURES");
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = specimen_new (scene_painter_metrics (painter));

  if (folder == NULL) {
    g_test_skip ("PAGEWALK_PICTURES is not set");
    return;
  }
  for (ScenePaletteId id = 0; id < SCENE_PALETTES; id++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path
        = g_strdup_printf ("%s/%s.png", folder, scene_palette (id)->name);
    g_assert_true (
        scene_write_png (still, painter, scene_palette (id), path, 1, &error));
    g_assert_no_error (error);
  }
  g_autofree char *svg = g_build_filename (folder, "light.svg", NULL);
  g_autofree char *pdf = g_build_filename (folder, "light.pdf", NULL);
  g_assert_true (scene_write_svg (still, scene_painter_metrics (painter),
                                  scene_palette (SCENE_PALETTE_LIGHT), svg,
                                  NULL));
  g_assert_true (scene_write_pdf (
      still, painter, scene_palette (SCENE_PALETTE_PRINT), pdf, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/pictures", test_pictures);
  return g_test_run ();
}
