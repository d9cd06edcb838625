/* Writes on a page of paper. */
#include "page.h"

#define FOOT 30.0

const ScenePaperSize scene_paper_sizes[] = {
    {"a4", 595.28, 841.89},
    {"letter", 612, 792},
    {NULL, 0, 0},
};

/* Chinese has no italics: its characters are only slanted, and look broken. */
static const char *
element_of (const LessonRun *run)
{
  gboolean slanted = !g_unichar_iswide (g_utf8_get_char (run->text));

  switch (run->kind) {
  case LESSON_RUN_TEXT:
  case LESSON_RUN_SEE:
  case LESSON_RUN_CODE:
  case LESSON_RUN_NUM:
  case LESSON_RUN_KBD:
  case LESSON_RUN_MAN:
  case LESSON_RUN_URL:
    return NULL;
  case LESSON_RUN_EM:
    return slanted ? "i" : "b";
  case LESSON_RUN_STRONG:
  case LESSON_RUN_TERM:
    return "b";
  case LESSON_RUN_SUB:
    return "sub";
  case LESSON_RUN_SUP:
    return "sup";
  }
  return NULL;
}

static gboolean
is_code (LessonRunKind kind)
{
  return kind == LESSON_RUN_CODE || kind == LESSON_RUN_NUM
         || kind == LESSON_RUN_KBD || kind == LESSON_RUN_MAN
         || kind == LESSON_RUN_URL;
}

static void
append_run (GString *markup, const LessonRun *run)
{
  g_autofree char *text = g_markup_escape_text (run->text, -1);
  const char *element = element_of (run);

  if (is_code (run->kind))
    g_string_append_printf (markup, SCENE_PAGE_MONO "%s</span>", text);
  else if (element != NULL)
    g_string_append_printf (markup, "<%s>%s</%s>", element, text, element);
  else
    g_string_append (markup, text);
}

char *
scene_page_markup (const LessonText *text)
{
  GString *markup = g_string_new (NULL);

  for (guint i = 0; text != NULL && i < text->runs->len; i++)
    append_run (markup, g_ptr_array_index (text->runs, i));
  return g_string_free (markup, FALSE);
}

PangoLayout *
scene_page_layout (const ScenePage *paper, const char *font, const char *markup,
                   double width)
{
  PangoLayout *layout = pango_cairo_create_layout (paper->cr);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_markup (layout, markup, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.2f);
  if (width > 0)
    pango_layout_set_width (layout, pango_units_from_double (width));
  return layout;
}

double
scene_page_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return pango_units_to_double (height);
}

void
scene_page_gray (const ScenePage *paper, double gray)
{
  cairo_set_source_rgb (paper->cr, gray, gray, gray);
}

void
scene_page_put (const ScenePage *paper, PangoLayout *layout, double x, double y)
{
  cairo_move_to (paper->cr, x, y);
  pango_cairo_show_layout (paper->cr, layout);
}

/* Pages ------------------------------------------------------------------- */

double
scene_page_right (const ScenePage *paper)
{
  return paper->size->width - SCENE_PAGE_MARGIN;
}

double
scene_page_bottom (const ScenePage *paper)
{
  return paper->size->height - SCENE_PAGE_MARGIN - FOOT;
}

void
scene_page_foot (const ScenePage *paper)
{
  g_autofree char *number
      = g_strdup_printf ("%u / %u", paper->page, paper->pages);
  g_autofree char *foot
      = g_markup_printf_escaped (SCENE_PAGE_MONO "%s</span>", paper->foot);
  g_autoptr (PangoLayout) left = scene_page_layout (paper, "sans 7.5", foot, 0);
  g_autoptr (PangoLayout) right
      = scene_page_layout (paper, SCENE_PAGE_TINY, number, 0);
  double y = paper->size->height - SCENE_PAGE_MARGIN + SCENE_PAGE_GAP;
  int width;

  pango_layout_get_size (right, &width, NULL);
  scene_page_gray (paper, 0.35);
  scene_page_put (paper, left, SCENE_PAGE_MARGIN, y);
  scene_page_put (paper, right,
                  scene_page_right (paper) - pango_units_to_double (width), y);
}

static void
record_page (ScenePage *paper)
{
  const cairo_rectangle_t whole
      = {0, 0, paper->size->width, paper->size->height};
  cairo_surface_t *surface
      = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &whole);

  g_clear_pointer (&paper->cr, cairo_destroy);
  g_ptr_array_add (paper->recorded, surface);
  paper->cr = cairo_create (surface);
}

void
scene_page_turn (ScenePage *paper)
{
  if (paper->recorded != NULL) {
    record_page (paper);
  } else if (paper->page > 0) {
    scene_page_foot (paper);
    cairo_show_page (paper->cr);
  }
  paper->page++;
  paper->y = SCENE_PAGE_MARGIN;
}

void
scene_page_need (ScenePage *paper, double height)
{
  if (paper->y + height > scene_page_bottom (paper)
      && paper->y > SCENE_PAGE_MARGIN)
    scene_page_turn (paper);
}

/* One line after the other, with pages turned in between. */
static void
put_lines (ScenePage *paper, PangoLayout *layout, double x, double gray)
{
  PangoLayoutIter *lines = pango_layout_get_iter (layout);
  double begin = paper->y, last = 0;

  do {
    PangoRectangle extents;
    pango_layout_iter_get_line_extents (lines, NULL, &extents);
    double top = pango_units_to_double (extents.y);
    double height = pango_units_to_double (extents.height);
    if (begin + top + height > scene_page_bottom (paper)) {
      scene_page_turn (paper);
      begin = paper->y - top;
    }
    scene_page_gray (paper, gray);
    cairo_move_to (
        paper->cr, x + pango_units_to_double (extents.x),
        begin + pango_units_to_double (pango_layout_iter_get_baseline (lines)));
    pango_cairo_show_layout_line (paper->cr,
                                  pango_layout_iter_get_line_readonly (lines));
    last = top + height;
  } while (pango_layout_iter_next_line (lines));
  pango_layout_iter_free (lines);
  paper->y = begin + last;
}

void
scene_page_paragraph (ScenePage *paper, const char *font, const char *markup,
                      double x, double gray)
{
  g_autoptr (PangoLayout) layout
      = scene_page_layout (paper, font, markup, scene_page_right (paper) - x);
  double height = scene_page_height (layout);

  /* What is short stays together. */
  if (pango_layout_get_line_count (layout) <= 4)
    scene_page_need (paper, height);
  if (paper->y + height > scene_page_bottom (paper)) {
    put_lines (paper, layout, x, gray);
    return;
  }
  scene_page_gray (paper, gray);
  scene_page_put (paper, layout, x, paper->y);
  paper->y += height;
}

static void
rule (const ScenePage *paper, double x, double width, double y)
{
  scene_page_gray (paper, 0.45);
  cairo_set_line_width (paper->cr, 0.6);
  cairo_move_to (paper->cr, x, y);
  cairo_line_to (paper->cr, x + width, y);
  cairo_stroke (paper->cr);
}

double
scene_page_blank (const ScenePage *paper, const char *word, double x, double y,
                  double width)
{
  g_autofree char *markup = g_markup_escape_text (word, -1);
  g_autoptr (PangoLayout) layout
      = scene_page_layout (paper, SCENE_PAGE_PROSE, markup, 0);
  int wide;

  pango_layout_get_size (layout, &wide, NULL);
  scene_page_gray (paper, 0.1);
  scene_page_put (paper, layout, x, y);
  x += pango_units_to_double (wide) + SCENE_PAGE_PADDING;
  rule (paper, x, width, y + scene_page_height (layout) - 2);
  return x + width;
}

void
scene_page_cell_text (const ScenePage *paper, const char *font,
                      const char *markup, double x, double y, double gray,
                      double width)
{
  g_autoptr (PangoLayout) layout = scene_page_layout (paper, font, markup, 0);

  pango_layout_set_width (
      layout, pango_units_from_double (width - 2 * SCENE_PAGE_PADDING));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  scene_page_gray (paper, gray);
  scene_page_put (paper, layout, x + SCENE_PAGE_PADDING,
                  y + (SCENE_PAGE_CELL - scene_page_height (layout)) / 2);
}

void
scene_page_box (const ScenePage *paper, double x, double y, double width,
                gboolean filled)
{
  cairo_rectangle (paper->cr, x, y, width, SCENE_PAGE_CELL);
  if (filled) {
    scene_page_gray (paper, 0.94);
    cairo_fill_preserve (paper->cr);
  }
  scene_page_gray (paper, 0.45);
  cairo_set_line_width (paper->cr, 0.6);
  cairo_stroke (paper->cr);
}
