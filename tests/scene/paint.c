/* The painter, on image surfaces: colours where they belong, text inside its
 * rectangle. With PAGEWALK_PICTURES=FOLDER it leaves its pictures there. */
#include "paint.h"

#include <glib/gstdio.h>
#include <math.h>

#include "specimen.h"

#define WIDTH 200
#define HEIGHT 100

/* Paints a still on a surface filled with the palette's panel colour. */
static cairo_surface_t *
paint (const SceneStill *still, ScenePainter *painter,
       const ScenePalette *palette, double zoom)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) (WIDTH * zoom), (int) (HEIGHT * zoom));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, zoom, zoom);
  cairo_set_source_rgb (cr, palette->panel.red, palette->panel.green,
                        palette->panel.blue);
  cairo_paint (cr);
  scene_painter_items (painter, cr, still, palette, -1);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint
pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  const guint32 *row
      = (const void *) (data + y * cairo_image_surface_get_stride (surface));

  return row[x] & 0xffffff;
}

static guint
hex_of (SceneColor c)
{
  return (guint) lround (c.red * 255) << 16
         | (guint) lround (c.green * 255) << 8 | (guint) lround (c.blue * 255);
}

static SceneItem *
add (SceneStill *still, SceneKind kind, SceneRole role, SceneRect rect)
{
  SceneItem *item = scene_still_add (
      still, SCENE_ID (1, 1, still->items->len + 1), 0, kind, rect);

  item->role = role;
  return item;
}

/* A box is filled with its role's colour up to its corners, and its line is
 * one crisp pixel, at every zoom. */
static void
test_box (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  add (still, SCENE_BOX, SCENE_ROLE_LEVEL2, (SceneRect){20.3, 10.2, 60, 30});

  for (ScenePaletteId id = 0; id < SCENE_PALETTES; id++) {
    const ScenePalette *palette = scene_palette (id);
    const SceneInk *ink = &palette->roles[SCENE_ROLE_LEVEL2];
    cairo_surface_t *s = paint (still, painter, palette, 1);
    g_assert_cmphex (pixel (s, 50, 25), ==, hex_of (ink->fill));
    g_assert_cmphex (pixel (s, 50, 10), ==, hex_of (ink->line));
    g_assert_cmphex (pixel (s, 20, 25), ==, hex_of (ink->line));
    g_assert_cmphex (pixel (s, 79, 25), ==, hex_of (ink->line));
    g_assert_cmphex (pixel (s, 19, 25), ==, hex_of (palette->panel));
    g_assert_cmphex (pixel (s, 80, 25), ==, hex_of (palette->panel));
    g_assert_cmphex (pixel (s, 20, 10), !=, hex_of (ink->line));
    cairo_surface_destroy (s);
  }
  cairo_surface_t *s = paint (still, painter, scene_palette (0), 2);
  const SceneInk *ink = &scene_palette (0)->roles[SCENE_ROLE_LEVEL2];
  g_assert_cmphex (pixel (s, 100, 20), ==, hex_of (ink->line));
  g_assert_cmphex (pixel (s, 100, 21), ==, hex_of (ink->line));
  g_assert_cmphex (pixel (s, 100, 22), ==, hex_of (ink->fill));
  g_assert_cmphex (pixel (s, 41, 50), ==, hex_of (ink->line));
  cairo_surface_destroy (s);
}

/* A shape that is shared shows each role in its own part, corners and line
 * included, and nothing of it elsewhere. */
static void
test_shared_box (void)
{
  static const SceneRole roles[]
      = {SCENE_ROLE_PROCESS_A, SCENE_ROLE_PROCESS_B, SCENE_ROLE_PROCESS_C};
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneItem *item
      = add (still, SCENE_BOX, roles[0], (SceneRect){20, 10, 60, 30});

  item->also[0] = roles[1];
  item->also[1] = roles[2];
  cairo_surface_t *s = paint (still, painter, palette, 1);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    const SceneInk *ink = &palette->roles[roles[i]];
    for (int x = 20 + 20 * (int) i; x < 40 + 20 * (int) i; x += 19) {
      gboolean edge = x == 20 || x == 79;
      g_assert_cmphex (pixel (s, x, 25), ==,
                       hex_of (edge ? ink->line : ink->fill));
    }
    g_assert_cmphex (pixel (s, 30 + 20 * (int) i, 10), ==, hex_of (ink->line));
    g_assert_cmphex (pixel (s, 30 + 20 * (int) i, 39), ==, hex_of (ink->line));
  }
  g_assert_cmphex (pixel (s, 20, 10), !=,
                   hex_of (palette->roles[roles[0]].line));
  g_assert_cmphex (pixel (s, 80, 25), ==, hex_of (palette->panel));
  cairo_surface_destroy (s);
}

static void
test_active_line (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  guint line = hex_of (palette->roles[SCENE_ROLE_LEVEL1].line);
  add (still, SCENE_BOX, SCENE_ROLE_LEVEL1, (SceneRect){20, 10, 60, 30})
      ->emphasis
      = SCENE_ACTIVE;
  cairo_surface_t *s = paint (still, painter, palette, 1);

  g_assert_cmphex (pixel (s, 50, 10), ==, line);
  g_assert_cmphex (pixel (s, 50, 11), ==, line);
  g_assert_cmphex (pixel (s, 50, 12), !=, line);
  cairo_surface_destroy (s);
}

/* Only the items of the figure that is asked for. */
static void
test_figure (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  add (still, SCENE_BOX, SCENE_ROLE_HIT, (SceneRect){0, 0, 50, 50});
  scene_still_add (still, SCENE_ID (2, 1, 1), 0, SCENE_BOX,
                   (SceneRect){60, 0, 50, 50})
      ->role
      = SCENE_ROLE_FAULT;
  cairo_surface_t *s
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (s);

  scene_painter_items (painter, cr, still, palette, 2);
  cairo_destroy (cr);
  cairo_surface_flush (s);
  g_assert_cmphex (pixel (s, 25, 25), ==, 0);
  g_assert_cmphex (pixel (s, 85, 25), ==,
                   hex_of (palette->roles[SCENE_ROLE_FAULT].fill));
  cairo_surface_destroy (s);
}

/* The box around all pixels that differ from the panel's colour. */
static SceneRect
ink_box (cairo_surface_t *surface, const ScenePalette *palette)
{
  int left = G_MAXINT, top = G_MAXINT, right = -1, bottom = -1;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++) {
      if (pixel (surface, x, y) == hex_of (palette->panel))
        continue;
      left = MIN (left, x);
      right = MAX (right, x);
      top = MIN (top, y);
      bottom = MAX (bottom, y);
    }
  return (SceneRect){left, top, right - left + 1, bottom - top + 1};
}

static SceneRect
ink_of_text (ScenePainter *painter, SceneTextStyle style, SceneAlign align,
             SceneRect rect, const char *text)
{
  g_autoptr (SceneStill) still = scene_still_new ();
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  SceneItem *item = add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, rect);

  item->style = style;
  item->align = align;
  item->text = text;
  cairo_surface_t *surface = paint (still, painter, palette, 1);
  SceneRect ink = ink_box (surface, palette);
  cairo_surface_destroy (surface);
  return ink;
}

/* "0000…": the shortest row of digits that is wider than that. */
static char *
just_too_long (ScenePainter *painter, SceneTextStyle style, double width)
{
  const SceneMetrics *m = scene_painter_metrics (painter);
  g_autoptr (GString) text = g_string_new ("0");

  while (m->measure (m, style, text->str) <= 1.1 * width)
    g_string_append_c (text, '0');
  return g_strdup (text->str);
}

/* What is too long ends in an ellipsis inside its rectangle, in every style. */
static void
test_text_stays_inside (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  SceneRect rect = {50, 30, 60, 40};

  for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++) {
    g_autofree char *text = just_too_long (painter, style, rect.width);
    SceneRect ink = ink_of_text (painter, style, SCENE_ALIGN_START, rect, text);
    g_assert_cmpfloat (ink.x, >=, rect.x - 1);
    g_assert_cmpfloat (ink.x + ink.width, <=, rect.x + rect.width + 1);
    g_assert_cmpfloat (ink.width, >, 30);
    g_assert_cmpfloat (ink.y, >=, rect.y);
    g_assert_cmpfloat (ink.y + ink.height, <=, rect.y + rect.height);
  }
}

static void
test_text_align (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  SceneRect rect = {20, 30, 160, 40};
  SceneRect start = ink_of_text (painter, SCENE_TEXT_MONO, SCENE_ALIGN_START,
                                 rect, "0x44332");
  SceneRect middle = ink_of_text (painter, SCENE_TEXT_MONO, SCENE_ALIGN_CENTER,
                                  rect, "0x44332");
  SceneRect end = ink_of_text (painter, SCENE_TEXT_MONO, SCENE_ALIGN_END, rect,
                               "0x44332");

  g_assert_cmpfloat_with_epsilon (start.x, 20, 2.5);
  g_assert_cmpfloat_with_epsilon (middle.x + middle.width / 2, 100, 2);
  g_assert_cmpfloat_with_epsilon (end.x + end.width, 180, 2.5);
  g_assert_cmpfloat_with_epsilon (start.y + start.height / 2, 50, 1.5);
}

/* Texts of different styles in a row stand on one middle. */
static void
test_text_middle (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);

  for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++) {
    SceneRect ink = ink_of_text (painter, style, SCENE_ALIGN_START,
                                 (SceneRect){10, 20, 180, 50}, "HEX");
    g_assert_cmpfloat_with_epsilon (ink.y + ink.height / 2, 45, 1);
  }
}

static void
test_metrics (void)
{
  g_autoptr (ScenePainter) small = scene_painter_new (NULL, 1);
  g_autoptr (ScenePainter) large = scene_painter_new (NULL, 2);
  const SceneMetrics *m = scene_painter_metrics (small);
  const SceneMetrics *l = scene_painter_metrics (large);

  for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++) {
    g_assert_cmpfloat (m->measure (m, style, ""), ==, 0);
    g_assert_cmpfloat (m->measure (m, style, "page table"), >,
                       m->measure (m, style, "page"));
    double ratio = l->measure (l, style, "547 页表")
                   / m->measure (m, style, "547 页表");
    g_assert_cmpfloat (ratio, >, 1.8);
    g_assert_cmpfloat (ratio, <, 2.2);
  }
  /* Digits are whole pixels wide: numbers form columns. */
  double digit = m->measure (m, SCENE_TEXT_MONO, "0");
  g_assert_cmpfloat_with_epsilon (digit, round (digit), 0.02);
  g_assert_cmpfloat_with_epsilon (m->measure (m, SCENE_TEXT_MONO, "1i.W"),
                                  4 * digit, 0.1);
  g_assert_cmpfloat_with_epsilon (m->measure (m, SCENE_TEXT_MONO_BOLD, "0"),
                                  digit, 0.02);
}

/* A Chinese font asks for lines of half again its size: the stage would be a
 * fifth higher for Chinese readers. */
static void
test_lines (void)
{
  static const char *const languages[] = {"en", "zh-cn"};
  PangoContext *context
      = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans 11");

  pango_context_set_font_description (context, font);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    pango_context_set_language (context,
                                pango_language_from_string (languages[i]));
    g_autoptr (ScenePainter) painter = scene_painter_new (context, 1);
    const SceneMetrics *m = scene_painter_metrics (painter);
    for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++) {
      g_assert_cmpfloat (m->line[style], >=, 1.2 * m->size[style]);
      g_assert_cmpfloat (m->line[style], <=, 1.2 * m->size[style] + 1);
    }
  }
  pango_font_description_free (font);
  g_object_unref (context);
}

static void
test_bad_text (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  SceneRect ink = ink_of_text (painter, SCENE_TEXT_BODY, SCENE_ALIGN_START,
                               (SceneRect){10, 20, 180, 50}, "bad \xff byte");

  g_assert_cmpfloat (ink.width, >, 10);
}

/* The head of a connector points at, and ends at, its last point. */
static void
test_connector (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = scene_still_new ();
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  guint line = hex_of (palette->roles[SCENE_ROLE_LEVEL1].line);
  SceneItem *item = add (still, SCENE_CONNECTOR, SCENE_ROLE_LEVEL1,
                         (SceneRect){0, 0, 0, 0});

  item->emphasis = SCENE_ACTIVE;
  scene_still_add_point (still, item, 20, 10);
  scene_still_add_point (still, item, 20, 60);
  scene_still_add_point (still, item, 120, 60);
  cairo_surface_t *s = paint (still, painter, palette, 1);
  g_assert_cmphex (pixel (s, 20, 30), ==, line);
  g_assert_cmphex (pixel (s, 70, 60), ==, line);
  g_assert_cmphex (pixel (s, 105, 60), ==, line);
  g_assert_cmphex (pixel (s, 122, 60), ==, hex_of (palette->panel));
  SceneRect ink = ink_box (s, palette);
  g_assert_cmpfloat_with_epsilon (ink.x + ink.width, 120, 1);
  cairo_surface_destroy (s);
}

/* Whoever sees no colour tells tick, cross and dot by their shapes. */
static void
test_markers_differ (void)
{
  static const char *const names[] = {"tick", "cross", "dot"};
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  cairo_surface_t *surfaces[3];

  for (guint i = 0; i < 3; i++) {
    g_autoptr (SceneStill) still = scene_still_new ();
    add (still, SCENE_MARKER, SCENE_ROLE_HIT, (SceneRect){10, 10, 40, 40})->text
        = names[i];
    surfaces[i] = paint (still, painter, scene_palette (0), 1);
  }
  for (guint i = 0; i < 3; i++) {
    guint different = 0;
    cairo_surface_t *a = surfaces[i], *b = surfaces[(i + 1) % 3];
    for (int y = 10; y < 50; y++)
      for (int x = 10; x < 50; x++)
        different += pixel (a, x, y) != pixel (b, x, y);
    g_assert_cmpuint (different, >, 60);
  }
  for (guint i = 0; i < 3; i++)
    cairo_surface_destroy (surfaces[i]);
}

static void
test_token (void)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  SceneFlight flight = {.role = SCENE_ROLE_LEVEL1, .text = "547"};
  SceneToken token = {.rect = {40, 20, 60, 30}, .alpha = 1, .flight = &flight};
  cairo_surface_t *s
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (s);

  scene_painter_token (painter, cr, &token, palette);
  cairo_destroy (cr);
  cairo_surface_flush (s);
  g_assert_cmphex (pixel (s, 48, 35), ==,
                   hex_of (palette->roles[SCENE_ROLE_LEVEL1].line));
  g_assert_cmphex (pixel (s, 20, 35), ==, 0);
  cairo_surface_destroy (s);
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", &error);
  g_autofree char *png = g_build_filename (folder, "a.png", NULL);
  g_autofree char *pdf = g_build_filename (folder, "a.pdf", NULL);
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = specimen_new (scene_painter_metrics (painter));
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_PRINT);
  g_autofree char *content = NULL;

  g_assert_true (scene_write_png (still, painter, palette, png, 1.5, &error));
  cairo_surface_t *s = cairo_image_surface_create_from_png (png);
  g_assert_cmpint (cairo_image_surface_get_width (s), ==,
                   (int) ceil (still->width * 1.5));
  g_assert_cmphex (pixel (s, 2, 2), ==, hex_of (palette->ground));
  cairo_surface_destroy (s);
  g_assert_true (scene_write_pdf (still, painter, palette, pdf, &error));
  g_assert_true (g_file_get_contents (pdf, &content, NULL, &error));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_remove (png);
  g_remove (pdf);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What cannot be written leaves nothing behind. */
static void
test_failures (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "no", "a.png", NULL);
  g_autofree char *huge = g_build_filename (folder, "huge.png", NULL);
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = specimen_new (scene_painter_metrics (painter));
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      scene_write_png (still, painter, palette, missing, 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_false (scene_write_pdf (still, painter, palette, missing, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (
      scene_write_png (still, painter, palette, huge, 1000, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* empty */
}

static void
test_pictures (void)
{
  const char *folder = g_getenv ("PAGEWALK_PICTURES");
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still = specimen_new (scene_painter_metrics (painter));
  g_autoptr (GError) error = NULL;

  for (guint id = 0; folder != NULL && id < SCENE_PALETTES; id++) {
    const ScenePalette *palette = scene_palette ((ScenePaletteId) id);
    g_autofree char *name = g_strdup_printf ("%s.png", palette->name);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    scene_write_png (still, painter, palette, path, 1, &error);
    g_assert_no_error (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/box", test_box);
  g_test_add_func ("/paint/shared-box", test_shared_box);
  g_test_add_func ("/paint/active-line", test_active_line);
  g_test_add_func ("/paint/figure", test_figure);
  g_test_add_func ("/paint/text-stays-inside", test_text_stays_inside);
  g_test_add_func ("/paint/text-align", test_text_align);
  g_test_add_func ("/paint/text-middle", test_text_middle);
  g_test_add_func ("/paint/metrics", test_metrics);
  g_test_add_func ("/paint/lines", test_lines);
  g_test_add_func ("/paint/bad-text", test_bad_text);
  g_test_add_func ("/paint/connector", test_connector);
  g_test_add_func ("/paint/markers-differ", test_markers_differ);
  g_test_add_func ("/paint/token", test_token);
  g_test_add_func ("/paint/files", test_files);
  g_test_add_func ("/paint/failures", test_failures);
  g_test_add_func ("/paint/pictures", test_pictures);
  return g_test_run ();
}
