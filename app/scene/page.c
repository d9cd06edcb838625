/* Writes on a page of paper. */
#include "page.h"

#define FOOT 30.0

static void
append_run (GString *markup, const LessonRun *run)
{
  g_autofree char *text = g_markup_escape_text (run->text, -1);

  if (run->kind == LESSON_RUN_CODE || run->kind == LESSON_RUN_NUM)
    g_string_append_printf (markup, SCENE_PAGE_MONO "%s</span>", text);
  else if (run->kind == LESSON_RUN_EM)
    g_string_append_printf (markup, "<i>%s</i>", text);
  else if (run->kind == LESSON_RUN_STRONG)
    g_string_append_printf (markup, "<b>%s</b>", text);
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
scene_page_right (void)
{
  return SCENE_PAGE_WIDTH - SCENE_PAGE_MARGIN;
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
  double y = SCENE_PAGE_HEIGHT - SCENE_PAGE_MARGIN + SCENE_PAGE_GAP;
  int width;

  pango_layout_get_size (right, &width, NULL);
  scene_page_gray (paper, 0.35);
  scene_page_put (paper, left, SCENE_PAGE_MARGIN, y);
  scene_page_put (paper, right,
                  scene_page_right () - pango_units_to_double (width), y);
}

void
scene_page_turn (ScenePage *paper)
{
  if (paper->page > 0) {
    scene_page_foot (paper);
    cairo_show_page (paper->cr);
  }
  paper->page++;
  paper->y = SCENE_PAGE_MARGIN;
}

void
scene_page_need (ScenePage *paper, double height)
{
  if (paper->y + height > SCENE_PAGE_HEIGHT - SCENE_PAGE_MARGIN - FOOT
      && paper->y > SCENE_PAGE_MARGIN)
    scene_page_turn (paper);
}

void
scene_page_paragraph (ScenePage *paper, const char *font, const char *markup,
                      double x, double gray)
{
  g_autoptr (PangoLayout) layout
      = scene_page_layout (paper, font, markup, scene_page_right () - x);
  double height = scene_page_height (layout);

  scene_page_need (paper, height);
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
