/* Computed figures in the prose: bars, lines, or just a table. */

#include "graph.h"

#include <glib/gi18n-lib.h>

#include "bar.h"
#include "grid.h"
#include "lesson_bars.h"
#include "markup.h"
#include "plot-view.h"

/* Bars ----------------------------------------------------------------------
 */

static GtkWidget *
new_text (const char *text, const char *style, float align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), align);
  gtk_widget_add_css_class (label, style);
  return label;
}

static const char *
series_style (guint s)
{
  static const char *const styles[LESSON_MAX_SERIES] = {
      "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"};

  return styles[s];
}

/* A name, and below it a bar with its number for each series. */
static void
add_point (GtkWidget *grid, const LessonPlot *plot, const LessonPlotData *data,
           guint p)
{
  int row = (int) (p * (data->series + 1));
  GtkWidget *name = new_text (data->labels[p], "pw-bar-name", 0);

  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 2, 1);
  for (guint s = 0; s < data->series; s++) {
    guint i = s * data->points + p;
    GtkWidget *bar
        = pw_bar_new (scene_lesson_bar_part (plot, data, data->y[i]));

    gtk_widget_add_css_class (bar, series_style (s));
    gtk_grid_attach (GTK_GRID (grid), bar, 0, row + 1 + (int) s, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), new_text (data->texts[i], "pw-number", 1),
                     1, row + 1 + (int) s, 1, 1);
  }
}

/* Which colour is which series. */
static GtkWidget *
new_legend (const LessonPlotData *data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (guint s = 0; s < data->series; s++) {
    GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
    GtkWidget *mark = gtk_label_new ("■");
    GtkWidget *name = new_text (data->names[s], "pw-more", 0);

    gtk_widget_add_css_class (mark, series_style (s));
    gtk_label_set_wrap (GTK_LABEL (name), TRUE);
    gtk_box_append (GTK_BOX (row), mark);
    gtk_box_append (GTK_BOX (row), name);
    gtk_box_append (GTK_BOX (box), row);
  }
  return box;
}

static GtkWidget *
new_bars (const LessonPlot *plot, const LessonPlotData *data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *title = scene_lesson_bars_title (plot);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  for (guint p = 0; p < data->points; p++)
    add_point (grid, plot, data, p);
  gtk_box_append (GTK_BOX (box), new_text (title, "pw-small", 0));
  if (data->series > 1)
    gtk_box_append (GTK_BOX (box), new_legend (data));
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

/* Graphs --------------------------------------------------------------------
 */

/* What a line shows is there in numbers, too, if it is wanted. */
static GtkWidget *
new_lines (const PwReading *reading, const LessonPlot *plot,
           const LessonPlotData *data, const char *alt)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *expander = gtk_expander_new (_ ("As a table"));
  GtkWidget *table = pw_grid_new_of_plot (plot, data);

  gtk_expander_set_child (GTK_EXPANDER (expander), table);
  /* GTK 4.8 looks for focus in the child even while it is folded away. */
  g_object_bind_property (expander, "expanded", table, "can-focus",
                          G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), pw_plot_view_new (reading, plot, data, alt));
  gtk_box_append (GTK_BOX (box), expander);
  return box;
}

static GtkWidget *
new_picture (const PwReading *reading, const LessonPlot *plot,
             const LessonPlotData *data, const char *alt)
{
  switch (plot->kind) {
  case LESSON_PLOT_TABLE:
    return pw_grid_new_of_plot (plot, data);
  case LESSON_PLOT_LINES:
    return new_lines (reading, plot, data, alt);
  case LESSON_PLOT_BARS:
    return new_bars (plot, data);
  }
  g_assert_not_reached ();
}

GtkWidget *
pw_graph_new (const PwReading *reading, const LessonPlot *plot)
{
  g_autoptr (LessonPlotData) data
      = lesson_plot_compute (reading->play, plot, NULL);
  GtkWidget *box = g_object_new (
      GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
      "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *title = pw_reading_label_new (reading, plot->title);
  g_autofree char *name = lesson_text_plain (plot->title);
  g_autofree char *alt = lesson_text_plain (plot->alt);

  gtk_accessible_update_property (GTK_ACCESSIBLE (box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, alt, -1);
  gtk_widget_add_css_class (box, "pw-graph");
  gtk_widget_add_css_class (title, "pw-caption");
  gtk_box_append (GTK_BOX (box), title);
  if (data != NULL)
    gtk_box_append (GTK_BOX (box), new_picture (reading, plot, data, alt));
  else
    gtk_box_append (GTK_BOX (box), gtk_label_new (alt));
  return box;
}
