/* Stills: items, ids, hits, and the text that golden tests compare. */
#include "scene.h"

#include "specimen.h"

static SceneItem *
add_box (SceneStill *still, guint number, SceneRect rect, const char *name)
{
  SceneItem *item
      = scene_still_add (still, SCENE_ID (2, 1, number), 0, SCENE_BOX, rect);

  item->name = scene_still_text (still, name);
  return item;
}

static void
test_find (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();

  for (guint i = 0; i < 1000; i++)
    add_box (still, i, (SceneRect){i, 0, 1, 1}, NULL);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpfloat (scene_still_find (still, SCENE_ID (2, 1, i))->rect.x, ==,
                       i);
  g_assert_null (scene_still_find (still, SCENE_ID (2, 1, 1000)));
  g_assert_null (scene_still_find (still, SCENE_ID (3, 1, 1)));
  g_assert_null (scene_still_find (still, SCENE_ID (2, 2, 1)));
}

static void
test_first_of_equal_ids (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();

  add_box (still, 7, (SceneRect){1, 0, 1, 1}, NULL);
  add_box (still, 7, (SceneRect){2, 0, 1, 1}, NULL);
  g_assert_cmpfloat (scene_still_find (still, SCENE_ID (2, 1, 7))->rect.x, ==,
                     1);
}

static void
test_id (void)
{
  SceneId id = SCENE_ID (0xab, 0xcd, G_GUINT64_CONSTANT (0x123456789abc));

  g_assert_cmphex (id, ==, G_GUINT64_CONSTANT (0xabcd123456789abc));
  g_assert_cmpuint (SCENE_ID_FIGURE (id), ==, 0xab);
}

static void
test_strings (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();
  char text[] = "frame";
  const char *copy = scene_still_text (still, text);

  text[0] = 'g';
  g_assert_cmpstr (copy, ==, "frame");
  g_assert_null (scene_still_text (still, NULL));
  g_assert_cmpstr (scene_still_printf (still, "0x%05x", 2), ==, "0x00002");
}

static void
test_hit (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();

  add_box (still, 1, (SceneRect){0, 0, 100, 100}, "panel");
  add_box (still, 2, (SceneRect){10, 10, 20, 20}, "row");
  add_box (still, 3, (SceneRect){10, 10, 5, 20}, NULL);
  g_assert_cmpstr (scene_still_hit (still, 12, 12)->name, ==, "row");
  g_assert_cmpstr (scene_still_hit (still, 50, 50)->name, ==, "panel");
  g_assert_cmpstr (scene_still_hit (still, 30, 12)->name, ==, "panel");
  g_assert_cmpstr (scene_still_hit (still, 10, 10)->name, ==, "row");
  g_assert_null (scene_still_hit (still, 100, 50));
  g_assert_null (scene_still_hit (still, -1, 50));
}

static void
test_hit_connector (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneItem *line = scene_still_add (still, 9, 0, SCENE_CONNECTOR,
                                     (SceneRect){0, 0, 100, 100});

  line->name = "index 68";
  scene_still_add_point (still, line, 0, 0);
  scene_still_add_point (still, line, 50, 0);
  scene_still_add_point (still, line, 50, 80);
  g_assert_nonnull (scene_still_hit (still, 25, 3));
  g_assert_nonnull (scene_still_hit (still, 53, 40));
  g_assert_null (scene_still_hit (still, 25, 40));
  g_assert_null (scene_still_hit (still, 50, 90));
}

static void
test_text (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneId panel = SCENE_ID (2, 0, 0), row = SCENE_ID (2, 1, 0x223);

  scene_still_add (still, panel, 0, SCENE_PANEL, (SceneRect){0, 0, 9, 9});
  SceneItem *item
      = scene_still_add (still, row, panel, SCENE_BOX, (SceneRect){1, 2, 3, 4});
  item->role = SCENE_ROLE_LEVEL1;
  item->also[0] = SCENE_ROLE_PROCESS_B;
  item->emphasis = SCENE_ACTIVE;
  item->style = SCENE_TEXT_MONO;
  item->text = "0x44332";
  item->name = "页表第 547 项";
  item->detail = "a \"quoted\" word";
  item = scene_still_add (still, SCENE_ID (0, 1, 5), 0, SCENE_CONNECTOR,
                          (SceneRect){0, 0, 0, 0});
  scene_still_add_point (still, item, 1, 1);
  scene_still_add_point (still, item, 2, 1);
  scene_still_add_flight (still, panel, row, SCENE_ROLE_OFFSET, "547", 0, 0.5);

  g_autofree char *text = scene_still_to_text (still);
  g_assert_cmpstr (text, ==,
                   "panel 2.0.0 in - neutral normal\n"
                   "box 2.1.223 in 2.0.0 level1+process-b active mono"
                   " \"0x44332\""
                   " name=\"页表第 547 项\""
                   " detail=\"a \\\"quoted\\\" word\"\n"
                   "connector 0.1.5 in - neutral normal points=2\n"
                   "flight 2.0.0 to 2.1.223 offset \"547\" 0.00-0.50\n");
}

/* One item stays one line, whatever its text. */
static void
test_text_lines (void)
{
  g_autoptr (SceneStill) still = scene_still_new ();

  add_box (still, 1, (SceneRect){0, 0, 1, 1}, "two\nlines");
  add_box (still, 2, (SceneRect){0, 0, 1, 1}, "bad \xff byte");
  g_autofree char *text = scene_still_to_text (still);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_names (void)
{
  for (SceneRole role = 0; role < SCENE_ROLES; role++)
    g_assert_nonnull (scene_role_name (role));
  for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++)
    g_assert_nonnull (scene_style_name (style));
  g_assert_cmpstr (scene_kind_name (SCENE_MARKER), ==, "marker");
  g_assert_cmpstr (scene_emphasis_name (SCENE_ACTIVE), ==, "active");
}

static void
test_fixed_metrics (void)
{
  const SceneMetrics *m = scene_metrics_fixed ();
  double one = m->measure (m, SCENE_TEXT_MONO, "0");

  g_assert_cmpfloat (one, >, 0);
  g_assert_cmpfloat_with_epsilon (m->measure (m, SCENE_TEXT_MONO, "0x44332"),
                                  7 * one, 1e-9);
  g_assert_cmpfloat_with_epsilon (m->measure (m, SCENE_TEXT_MONO, "页表"),
                                  4 * one, 1e-9);
  g_assert_cmpfloat (m->measure (m, SCENE_TEXT_MONO, ""), ==, 0);
  g_assert_cmpfloat (m->em, ==, m->line[SCENE_TEXT_BODY]);
  for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++)
    g_assert_cmpfloat (m->line[style], >=, m->size[style]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/still/find", test_find);
  g_test_add_func ("/still/first-of-equal-ids", test_first_of_equal_ids);
  g_test_add_func ("/still/id", test_id);
  g_test_add_func ("/still/strings", test_strings);
  g_test_add_func ("/still/hit", test_hit);
  g_test_add_func ("/still/hit-connector", test_hit_connector);
  g_test_add_func ("/still/text", test_text);
  g_test_add_func ("/still/text-lines", test_text_lines);
  g_test_add_func ("/still/names", test_names);
  g_test_add_func ("/still/fixed-metrics", test_fixed_metrics);
  return g_test_run ();
}
