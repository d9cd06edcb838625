/* The SVG writer: well-formed, real text, stable ids, names for readers. */
#include "paint.h"

#include <glib/gstdio.h>
#include <string.h>

#include "specimen.h"

/* What a parse finds. */
typedef struct {
  GHashTable *ids;
  GPtrArray *labels, *texts;
  guint windows; /* on a part of a shape */
  gboolean in_text;
  guint depth;
} Found;

static void
on_start (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer data, GError **error)
{
  Found *found = data;

  for (guint i = 0; names[i] != NULL; i++) {
    if (strcmp (names[i], "id") == 0)
      g_assert_true (g_hash_table_add (found->ids, g_strdup (values[i])));
    if (strcmp (names[i], "aria-label") == 0)
      g_ptr_array_add (found->labels, g_strdup (values[i]));
    g_assert_null (strstr (values[i], "nan"));
  }
  found->in_text = strcmp (element, "text") == 0;
  found->windows += strcmp (element, "svg") == 0 && found->depth > 0;
  found->depth++;
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer data,
        GError **error)
{
  Found *found = data;

  found->in_text = FALSE;
  found->depth--;
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length,
         gpointer data, GError **error)
{
  Found *found = data;

  if (found->in_text)
    g_ptr_array_add (found->texts, g_strndup (text, length));
}

static Found
read_svg (const SceneStill *still, ScenePainter *painter)
{
  static const GMarkupParser parser
      = {.start_element = on_start, .end_element = on_end, .text = on_text};
  Found found
      = {.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
         .labels = g_ptr_array_new_with_free_func (g_free),
         .texts = g_ptr_array_new_with_free_func (g_free)};
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.svg", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (scene_write_svg (still, scene_painter_metrics (painter),
                                  scene_palette (SCENE_PALETTE_LIGHT), path,
                                  &error));
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, 0, &found, NULL);
  g_markup_parse_context_parse (context, content, (gssize) length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_remove (path);
  g_rmdir (folder);
  return found;
}

static void
found_clear (Found *found)
{
  g_hash_table_unref (found->ids);
  g_ptr_array_unref (found->labels);
  g_ptr_array_unref (found->texts);
}

static gboolean
has (const GPtrArray *list, const char *text)
{
  for (guint i = 0; i < list->len; i++)
    if (strcmp (g_ptr_array_index (list, i), text) == 0)
      return TRUE;
  return FALSE;
}

static void
test_specimen (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = specimen_new (scene_painter_metrics (painter));
  Found found = read_svg (still, painter);

  g_assert_cmpuint (g_hash_table_size (found.ids), ==, still->items->len);
  g_assert_true (has (found.texts, "Page directory"));
  g_assert_true (has (found.texts, "页表第 547 项 · 页框 0x44332"));
  g_assert_true (has (found.texts, "547 0x44332"));
  found_clear (&found);
}

static void
test_names_and_ids (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneItem *item = scene_still_add (still, SCENE_ID (3, 2, 547), 0, SCENE_BOX,
                                     (SceneRect){0, 0, 50, 20});

  item->name = "entry 547: <frame> \"0x44332\" & more";
  item->detail = "flags P < W";
  item->text = "a < b & \"c\"";
  Found found = read_svg (still, painter);
  g_assert_true (g_hash_table_contains (found.ids, "i0302000000000223"));
  g_assert_true (has (found.labels, item->name));
  g_assert_true (has (found.texts, item->text));
  found_clear (&found);
}

/* A shape that is shared is one item, with a window for each role. */
static void
test_shared_box (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneItem *item = scene_still_add (still, SCENE_ID (3, 2, 1), 0, SCENE_BOX,
                                     (SceneRect){0, 0, 50, 20});

  item->role = SCENE_ROLE_PROCESS_A;
  item->also[0] = SCENE_ROLE_PROCESS_B;
  Found found = read_svg (still, painter);
  g_assert_cmpuint (found.windows, ==, 2);
  g_assert_cmpuint (g_hash_table_size (found.ids), ==, 1);
  found_clear (&found);
}

static void
test_hostile_text (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneItem *item
      = scene_still_add (still, 1, 0, SCENE_TEXT, (SceneRect){0, 0, 50, 20});

  item->text = "\x01\x02 </text>\xff]]>\x7f";
  item->name = "'\"\n\t\x1f";
  Found found = read_svg (still, painter);
  g_assert_cmpuint (found.labels->len, ==, 1);
  g_assert_true (has (found.texts, "   </text>\xef\xbf\xbd]]> "));
  found_clear (&found);
}

static void
test_failure (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "no", "a.svg", NULL);
  g_autoptr (SceneStill) still = specimen_new (scene_metrics_fixed ());
  g_autoptr (GError) error = NULL;

  g_assert_false (scene_write_svg (still, scene_metrics_fixed (),
                                   scene_palette (0), path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/specimen", test_specimen);
  g_test_add_func ("/svg/names-and-ids", test_names_and_ids);
  g_test_add_func ("/svg/shared-box", test_shared_box);
  g_test_add_func ("/svg/hostile-text", test_hostile_text);
  g_test_add_func ("/svg/failure", test_failure);
  return g_test_run ();
}
