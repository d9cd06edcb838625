/* Each figure can be named by a lesson: loader, schema and its page know the
 * kinds that the stage has, and no others. */
#include <string.h>

#include "document.h"
#include "figures/figure.h"
#include "stage.h"

static gboolean
is_kind (const char *kind)
{
  return g_strv_contains (lesson_figure_kinds (), kind);
}

/* The caption is no lesson's to name: what stands alone gets one. */
static void
test_loader (void)
{
  guint count = 0;

  for (guint id = 1; id < SCENE_FIGURES; id++) {
    const SceneFigure *figure = scene_figure_of (id);
    if (is_kind (figure->kind) == (id == SCENE_FIGURE_CAPTION))
      g_test_fail_printf ("%s: figures.c and lessons/engine/staging.c differ",
                          figure->kind);
    g_assert_cmpuint (figure->id, ==, id);
  }
  for (const char *const *kind = lesson_figure_kinds (); *kind != NULL;
       kind++) {
    g_assert_true (scene_stage_knows (*kind));
    count++;
  }
  g_assert_cmpuint (count, ==, SCENE_FIGURES - 2);
}

/* A file of the schema names each kind in its own way. */
static void
check_file (const char *name, const char *format)
{
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "lessons", "schema", name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *const *kind = lesson_figure_kinds (); *kind != NULL;
       kind++) {
    g_auto (GStrv) parts = g_strsplit (format, "KIND", 2);
    g_autofree char *wanted = g_strconcat (parts[0], *kind, parts[1], NULL);
    if (strstr (text, wanted) == NULL)
      g_test_fail_printf ("%s lacks %s", name, wanted);
  }
}

static void
test_schema (void)
{
  check_file ("lesson.rng", "<value>KIND</value>");
  check_file ("lesson.rnc", "\"KIND\"");
  check_file ("README.md", "`KIND`");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kinds/loader", test_loader);
  g_test_add_func ("/kinds/schema", test_schema);
  return g_test_run ();
}
