/* Fonts of a painter: text measured, and laid out once for many frames. */
#include "fonts.h"

#include <math.h>

#define PROSE_FAMILIES "Cantarell,Inter,Noto Sans,sans-serif"

/* Height of a line as a part of the font's size, the same for every font:
 * Chinese ones ask for 1.45, to have air between the lines of a page. A stage
 * of labels has air enough, and would no longer fit into a small window. */
#define LINE 1.2

/* Points, where there is no desktop to say. */
#define DEFAULT_POINTS 11.0

/* More layouts than any stage shows; when there are more, all are dropped. */
#define CACHE_LIMIT 8192

/* How much wider than its room a text may be before it is cut: rounding. */
#define TOLERANCE 0.5

struct _SceneFonts {
  SceneMetrics metrics; /* first: measure() gets this back */
  PangoContext *context;
  PangoFontDescription *fonts[SCENE_TEXT_STYLES][2]; /* [1]: bold */
  PangoAttrList *attributes[SCENE_TEXT_STYLES];      /* may hold NULL */
  double drop[SCENE_TEXT_STYLES];    /* below 0: not measured yet */
  double advance[SCENE_TEXT_STYLES]; /* of every ASCII character, regular and
                                        bold; 0: they differ */
  GHashTable *layouts;               /* LayoutKey -> itself */
};

/* A cached layout, which is its own key. */
typedef struct {
  const char *text;
  SceneTextStyle style;
  gboolean bold;
  int room; /* pango units; -1: as wide as it likes */
  PangoLayout *layout;
  double width;
  char *owned;
} CachedLayout;

/* Sizes as parts of the desktop's font size. */
static const double proportions[SCENE_TEXT_STYLES]
    = {[SCENE_TEXT_SMALL] = 0.79,     [SCENE_TEXT_BODY] = 0.955,
       [SCENE_TEXT_BOLD] = 0.88,      [SCENE_TEXT_LARGE] = 1.3,
       [SCENE_TEXT_MONO] = 0.88,      [SCENE_TEXT_MONO_BOLD] = 0.88,
       [SCENE_TEXT_MONO_SMALL] = 0.72};

static gboolean
is_mono (SceneTextStyle style)
{
  return style == SCENE_TEXT_MONO || style == SCENE_TEXT_MONO_BOLD
         || style == SCENE_TEXT_MONO_SMALL;
}

/* Labels and numbers can become bold where they matter. */
static gboolean
can_be_bold (SceneTextStyle style)
{
  return style == SCENE_TEXT_SMALL || is_mono (style);
}

static guint
layout_hash (gconstpointer p)
{
  const CachedLayout *key = p;

  return g_str_hash (key->text) * 31 + (guint) key->style * 2
         + (guint) key->bold + (guint) key->room * 131;
}

static gboolean
layout_equal (gconstpointer a, gconstpointer b)
{
  const CachedLayout *p = a, *q = b;

  return p->style == q->style && p->bold == q->bold && p->room == q->room
         && g_str_equal (p->text, q->text);
}

static void
layout_free (gpointer p)
{
  CachedLayout *cached = p;

  g_object_unref (cached->layout);
  g_free (cached->owned);
  g_free (cached);
}

static CachedLayout *
layout_new (SceneFonts *fonts, const CachedLayout *key)
{
  CachedLayout *cached = g_new0 (CachedLayout, 1);
  g_autofree char *valid = g_utf8_make_valid (key->text, -1);
  int width;

  *cached = *key;
  cached->owned = g_strdup (key->text);
  cached->text = cached->owned;
  cached->layout = pango_layout_new (fonts->context);
  pango_layout_set_font_description (cached->layout,
                                     fonts->fonts[key->style][key->bold]);
  pango_layout_set_attributes (cached->layout, fonts->attributes[key->style]);
  pango_layout_set_single_paragraph_mode (cached->layout, TRUE);
  pango_layout_set_text (cached->layout, valid, -1);
  if (key->room >= 0) {
    pango_layout_set_width (cached->layout, key->room);
    pango_layout_set_ellipsize (cached->layout, PANGO_ELLIPSIZE_END);
  }
  pango_layout_get_size (cached->layout, &width, NULL);
  cached->width = (double) width / PANGO_SCALE;
  return cached;
}

/* The layout of a key, which need not outlive the call. */
static CachedLayout *
look_up (SceneFonts *fonts, const CachedLayout *key)
{
  CachedLayout *cached = g_hash_table_lookup (fonts->layouts, key);

  if (cached != NULL)
    return cached;
  if (g_hash_table_size (fonts->layouts) >= CACHE_LIMIT)
    g_hash_table_remove_all (fonts->layouts);

  cached = layout_new (fonts, key);
  g_hash_table_add (fonts->layouts, cached);
  return cached;
}

static double
natural_width (SceneFonts *fonts, SceneTextStyle style, gboolean bold,
               const char *text)
{
  CachedLayout key = {.text = text, .style = style, .bold = bold, .room = -1};

  return look_up (fonts, &key)->width;
}

/* The number of printable ASCII characters, or -1 if there is another one. */
static int
count_ascii (const char *text)
{
  int count = 0;

  for (; text[count] != '\0'; count++)
    if (!g_ascii_isprint (text[count]))
      return -1;
  return count;
}

/* Most texts of a stage are numbers: their width is counted, not laid out. */
static double
measure (const SceneMetrics *metrics, SceneTextStyle style, const char *text)
{
  SceneFonts *fonts = metrics->data;
  int count = fonts->advance[style] > 0 ? count_ascii (text) : -1;

  if (count >= 0)
    return count * fonts->advance[style];
  double regular = natural_width (fonts, style, FALSE, text);

  if (!can_be_bold (style))
    return regular;
  return MAX (regular, natural_width (fonts, style, TRUE, text));
}

/* Pixels of the context's font size. */
static double
base_size (PangoContext *context)
{
  const PangoFontDescription *font
      = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (dpi > 0 ? dpi : 96) / 72;
}

static PangoContext *
default_context (void)
{
  PangoContext *context
      = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font
      = pango_font_description_from_string (PROSE_FAMILIES);
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_font_description_set_size (font, (int) (DEFAULT_POINTS * PANGO_SCALE));
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  pango_cairo_context_set_resolution (context, 96);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  return context;
}

/* A context of our own after another one. Metrics are not hinted, so that a
 * text is equally wide at every zoom. */
static PangoContext *
copy_context (PangoContext *other)
{
  PangoContext *context
      = pango_font_map_create_context (pango_context_get_font_map (other));
  const cairo_font_options_t *given
      = pango_cairo_context_get_font_options (other);
  cairo_font_options_t *options = given == NULL
                                      ? cairo_font_options_create ()
                                      : cairo_font_options_copy (given);

  pango_context_set_font_description (
      context, pango_context_get_font_description (other));
  pango_context_set_language (context, pango_context_get_language (other));
  pango_context_set_base_dir (context, pango_context_get_base_dir (other));
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_cairo_context_set_resolution (
      context, pango_cairo_context_get_resolution (other));
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  return context;
}

static PangoFontDescription *
make_font (SceneFonts *fonts, SceneTextStyle style, gboolean bold)
{
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (fonts->context));

  if (is_mono (style))
    pango_font_description_set_family (font, SCENE_MONO_FAMILIES);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD
                                                : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, fonts->metrics.size[style]
                                                      * PANGO_SCALE);
  return font;
}

static void
set_sizes (SceneFonts *fonts, SceneTextStyle style, double size)
{
  gboolean always = style == SCENE_TEXT_BOLD || style == SCENE_TEXT_LARGE
                    || style == SCENE_TEXT_MONO_BOLD;

  fonts->metrics.size[style] = size;
  for (int bold = 0; bold < 2; bold++) {
    g_clear_pointer (&fonts->fonts[style][bold], pango_font_description_free);
    fonts->fonts[style][bold] = make_font (fonts, style, bold || always);
  }
}

/* Makes a digit of a monospaced style a whole number of pixels wide, so that
 * columns of digits are spaced evenly. */
static void
even_out_digits (SceneFonts *fonts, SceneTextStyle style)
{
  double advance = natural_width (fonts, style, FALSE, "0000000000") / 10;

  if (advance <= 0)
    return;
  double whole = MAX (1, round (advance));
  set_sizes (fonts, style, fonts->metrics.size[style] * whole / advance);
  g_hash_table_remove_all (fonts->layouts);
}

/* A font that is called monospaced need not be, nor its bold form as wide. */
static void
check_advance (SceneFonts *fonts, SceneTextStyle style)
{
  static const char sample[] = "0x5fW.i|[ ]M";
  double wide = (double) (sizeof sample - 1);
  double advance = round (natural_width (fonts, style, FALSE, sample) / wide);

  for (guint bold = 0; bold < 2; bold++)
    if (fabs (natural_width (fonts, style, bold, sample) - wide * advance)
        > 0.1)
      return;
  fonts->advance[style] = advance;
}

/* A style of the same faces as one that was measured. Asking for a font of yet
 * another size takes a millisecond or two: its advance is computed. */
static void
follow_digits (SceneFonts *fonts, SceneTextStyle style, SceneTextStyle measured)
{
  double size = fonts->metrics.size[style];
  double advance = size * fonts->advance[measured]
                   / fonts->metrics.size[measured];

  fonts->advance[style] = MAX (1, round (advance));
  set_sizes (fonts, style, size * fonts->advance[style] / advance);
}

static double
measure_drop (SceneFonts *fonts, SceneTextStyle style)
{
  CachedLayout key = {.text = "H", .style = style, .room = -1};
  PangoRectangle ink;

  pango_layout_line_get_extents (
      pango_layout_get_line_readonly (look_up (fonts, &key)->layout, 0), &ink,
      NULL);
  return (double) ink.height / PANGO_SCALE / 2;
}

/* Ligatures would draw two characters of a number or of code as one. */
static PangoAttrList *
mono_attributes (void)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (
      list, pango_attr_font_features_new ("liga=0, calt=0, tnum=1"));
  return list;
}

static void
prepare_mono (SceneFonts *fonts, SceneTextStyle style)
{
  if (fonts->advance[SCENE_TEXT_MONO] > 0) {
    follow_digits (fonts, style, SCENE_TEXT_MONO);
    return;
  }
  even_out_digits (fonts, style);
  check_advance (fonts, style);
}

static void
prepare_style (SceneFonts *fonts, SceneTextStyle style, double base)
{
  if (is_mono (style))
    fonts->attributes[style] = mono_attributes ();
  set_sizes (fonts, style, base * proportions[style]);
  if (is_mono (style))
    prepare_mono (fonts, style);
  fonts->metrics.line[style] = ceil (LINE * fonts->metrics.size[style]);
  fonts->drop[style] = -1;
}

SceneFonts *
scene_fonts_new (PangoContext *context, double scale)
{
  SceneFonts *fonts = g_new0 (SceneFonts, 1);
  PangoContext *like = context == NULL ? default_context ()
                                       : g_object_ref (context);

  fonts->context = copy_context (like);
  fonts->layouts
      = g_hash_table_new_full (layout_hash, layout_equal, layout_free, NULL);
  fonts->metrics.measure = measure;
  fonts->metrics.data = fonts;
  for (SceneTextStyle style = 0; style < SCENE_TEXT_STYLES; style++)
    prepare_style (fonts, style, base_size (like) * scale);
  fonts->metrics.em = fonts->metrics.line[SCENE_TEXT_BODY];
  g_object_unref (like);
  return fonts;
}

void
scene_fonts_free (SceneFonts *fonts)
{
  if (fonts == NULL)
    return;

  g_hash_table_unref (fonts->layouts);
  for (guint style = 0; style < SCENE_TEXT_STYLES; style++) {
    pango_font_description_free (fonts->fonts[style][0]);
    pango_font_description_free (fonts->fonts[style][1]);
    g_clear_pointer (&fonts->attributes[style], pango_attr_list_unref);
  }
  g_object_unref (fonts->context);
  g_free (fonts);
}

const SceneMetrics *
scene_fonts_metrics (const SceneFonts *fonts)
{
  return &fonts->metrics;
}

SceneLine
scene_fonts_line (SceneFonts *fonts, SceneTextStyle style, gboolean bold,
                  const char *text, double room)
{
  CachedLayout key = {.text = text, .style = style, .bold = bold, .room = -1};
  CachedLayout *cached = look_up (fonts, &key);

  if (cached->width > room + TOLERANCE) {
    key.room = (int) (MAX (0, room) * PANGO_SCALE);
    cached = look_up (fonts, &key);
  }
  return (SceneLine){pango_layout_get_line_readonly (cached->layout, 0),
                     cached->width};
}

double
scene_fonts_drop (SceneFonts *fonts, SceneTextStyle style)
{
  if (fonts->drop[style] < 0)
    fonts->drop[style] = measure_drop (fonts, style);
  return fonts->drop[style];
}

const char *
scene_fonts_css_family (SceneTextStyle style)
{
  return is_mono (style) ? "JetBrains Mono, Cascadia Mono, Source Code Pro, "
                           "DejaVu Sans Mono, monospace"
                         : "Cantarell, Inter, Noto Sans, sans-serif";
}
