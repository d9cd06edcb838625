/* The fonts that a stage is laid out with: at the reader's text size, and
 * enlarged to fill its room. */

#include "stage-fonts.h"

#include <math.h>

#include "stage.h"

struct _PwStageFonts {
  GtkWidget *widget;
  ScenePainter *ruler;        /* at the reader's own text size; NULL: to be
                                 made from the present fonts */
  ScenePainter *painter;      /* the same, enlarged by zoom; NULL: the ruler */
  ScenePainter *least;        /* of the least height, enlarged by least_zoom */
  double own_zoom;            /* the reader's */
  double zoom, least_zoom;    /* with what fits; 0: not known */
  PangoFontDescription *font; /* that the ruler was made from, */
  double resolution;          /* at this resolution */
};

static PangoContext *
context_of (PwStageFonts *fonts)
{
  return gtk_widget_get_pango_context (fonts->widget);
}

static ScenePainter *
ruler_of (PwStageFonts *fonts)
{
  PangoContext *context = context_of (fonts);

  if (fonts->ruler != NULL)
    return fonts->ruler;
  g_clear_pointer (&fonts->font, pango_font_description_free);
  fonts->font = pango_font_description_copy (
      pango_context_get_font_description (context));
  fonts->resolution = pango_cairo_context_get_resolution (context);
  fonts->ruler = scene_painter_new (context, 1.0);
  return fonts->ruler;
}

/* In steps of a tenth, so that dragging a border seldom needs new fonts. The
 * text that they are measured by has been enlarged by the reader's zoom:
 * without that it would fit into so much more. */
static double
zoom_for (PwStageFonts *fonts, int width, int height)
{
  const SceneMetrics *own = scene_painter_metrics (ruler_of (fonts));
  double scale = scene_stage_scale (own, width * fonts->own_zoom,
                                    height * fonts->own_zoom);
  double most = scene_stage_most_scale (own, width);

  return floor (MIN (scale, most) * 10) / 10;
}

/* The height to fill. Enlarged by the reader, the stage may well be higher than
 * what is seen of it at a time; else it is as large as fits. */
static int
height_to_fill (PwStageFonts *fonts, int height)
{
  GtkWidget *scrolled
      = gtk_widget_get_ancestor (fonts->widget, GTK_TYPE_SCROLLED_WINDOW);

  return fonts->own_zoom > 1 && scrolled != NULL
             ? gtk_widget_get_height (scrolled)
             : height;
}

PwStageFonts *
pw_stage_fonts_new (GtkWidget *widget)
{
  PwStageFonts *fonts = g_new0 (PwStageFonts, 1);

  fonts->widget = widget;
  fonts->own_zoom = 1;
  return fonts;
}

void
pw_stage_fonts_free (PwStageFonts *fonts)
{
  pw_stage_fonts_forget (fonts);
  g_clear_pointer (&fonts->font, pango_font_description_free);
  g_free (fonts);
}

void
pw_stage_fonts_forget (PwStageFonts *fonts)
{
  g_clear_pointer (&fonts->ruler, scene_painter_free);
  g_clear_pointer (&fonts->painter, scene_painter_free);
  g_clear_pointer (&fonts->least, scene_painter_free);
  fonts->zoom = 0;
}

gboolean
pw_stage_fonts_differ (PwStageFonts *fonts)
{
  PangoContext *context = context_of (fonts);

  return fonts->font != NULL
         && (fonts->resolution != pango_cairo_context_get_resolution (context)
             || !pango_font_description_equal (
                 fonts->font, pango_context_get_font_description (context)));
}

void
pw_stage_fonts_set_zoom (PwStageFonts *fonts, double zoom)
{
  fonts->own_zoom = zoom;
}

double
pw_stage_fonts_get_zoom (PwStageFonts *fonts)
{
  return fonts->own_zoom;
}

ScenePainter *
pw_stage_fonts_for (PwStageFonts *fonts, int width, int height)
{
  double zoom = zoom_for (fonts, width, height_to_fill (fonts, height));

  if (fonts->zoom == zoom)
    return pw_stage_fonts_now (fonts);
  g_clear_pointer (&fonts->painter, scene_painter_free);
  fonts->zoom = zoom;
  if (zoom == 1) /* the same fonts: every text is laid out once */
    return fonts->ruler;
  fonts->painter = scene_painter_new (context_of (fonts), zoom);
  return fonts->painter;
}

gboolean
pw_stage_fonts_change (PwStageFonts *fonts, int width, int height)
{
  return fonts->zoom != zoom_for (fonts, width, height_to_fill (fonts, height));
}

ScenePainter *
pw_stage_fonts_least (PwStageFonts *fonts, int width)
{
  double zoom = zoom_for (fonts, width, height_to_fill (fonts, 0));

  if (zoom == 1)
    return ruler_of (fonts);
  if (zoom == fonts->zoom && fonts->painter != NULL)
    return fonts->painter;
  if (fonts->least != NULL && fonts->least_zoom == zoom)
    return fonts->least;
  g_clear_pointer (&fonts->least, scene_painter_free);
  fonts->least_zoom = zoom;
  fonts->least = scene_painter_new (context_of (fonts), zoom);
  return fonts->least;
}

ScenePainter *
pw_stage_fonts_now (PwStageFonts *fonts)
{
  return fonts->painter != NULL ? fonts->painter : fonts->ruler;
}
