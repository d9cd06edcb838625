/* Tables in the prose: cells in a grid that scrolls if it must. */

#include "grid.h"

#include "markup.h"
#include "review.h"

/* A cell with more columns of text than that is broken into lines. */
#define LONG_CELL 26

static GtkAlign
align_of (LessonAlign align)
{
  switch (align) {
  case LESSON_ALIGN_START:
    return GTK_ALIGN_START;
  case LESSON_ALIGN_CENTER:
    return GTK_ALIGN_CENTER;
  case LESSON_ALIGN_END:
    return GTK_ALIGN_END;
  }
  g_assert_not_reached ();
}

/* A cell fills its place, so that rows have a ground; its text stands where
 * the column has it. */
static void
attach (GtkWidget *grid, GtkWidget *label, guint column, guint row,
        LessonAlign align)
{
  static const float places[] = {0, 0.5f, 1};
  static const GtkJustification justifications[]
      = {GTK_JUSTIFY_LEFT, GTK_JUSTIFY_CENTER, GTK_JUSTIFY_RIGHT};

  gtk_label_set_xalign (GTK_LABEL (label), places[align]);
  gtk_label_set_yalign (GTK_LABEL (label), 0.5f);
  gtk_label_set_justify (GTK_LABEL (label), justifications[align]);
  gtk_widget_set_hexpand (label, align_of (align) == GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "pw-cell");
  gtk_grid_attach (GTK_GRID (grid), label, (int) column, (int) row, 1, 1);
}

static GtkWidget *
new_cell (const PwReading *reading, const LessonText *text)
{
  GtkWidget *label = pw_reading_label_new (reading, text);
  gboolean wrap = text != NULL && lesson_text_columns (text) > LONG_CELL;

  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  if (wrap)
    gtk_label_set_width_chars (GTK_LABEL (label), LONG_CELL - 6);
  return label;
}

static void
add_row (const PwReading *reading, GtkWidget *grid, const LessonTable *table,
         const GPtrArray *cells, guint row, const char *style)
{
  for (guint i = 0; i < cells->len; i++) {
    GtkWidget *cell = new_cell (reading, g_ptr_array_index (cells, i));

    gtk_widget_add_css_class (cell, style);
    attach (grid, cell, i, row, table->align[i]);
  }
}

/* The scrolled window is a stop of the Tab key, from which the arrows scroll:
 * it must have a name. */
static GtkWidget *
new_scrolled (GtkWidget *grid, const char *name)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (grid),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (grid, "pw-grid");
  gtk_widget_add_css_class (scrolled, "pw-table");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  return scrolled;
}

GtkWidget *
pw_grid_new (const PwReading *reading, const LessonTable *table)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *caption = pw_reading_label_new (reading, table->caption);
  GtkWidget *grid = gtk_grid_new ();
  guint first = table->head != NULL;
  g_autofree char *name = lesson_text_plain (table->caption);

  gtk_widget_add_css_class (caption, "pw-caption");
  if (table->head != NULL)
    add_row (reading, grid, table, table->head, 0, "pw-head");
  for (guint i = 0; i < table->rows->len; i++)
    add_row (reading, grid, table, g_ptr_array_index (table->rows, i),
             first + i, i % 2 == 0 ? "even" : "odd");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), new_scrolled (grid, name));
  return box;
}

static void
attach_text (GtkWidget *grid, const char *text, guint column, guint row,
             const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, style);
  attach (grid, label, column, row,
          column == 0 ? LESSON_ALIGN_START : LESSON_ALIGN_END);
}

GtkWidget *
pw_grid_new_of_plot (const LessonPlot *plot, const LessonPlotData *data)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *title = lesson_text_plain (plot->title);
  g_autofree char *x_title = lesson_text_plain (plot->x_title);

  attach_text (grid, x_title, 0, 0, "pw-head");
  for (guint s = 0; s < data->series; s++)
    attach_text (grid, data->names[s], s + 1, 0, "pw-head");
  for (guint p = 0; p < data->points; p++) {
    const char *style = p % 2 == 0 ? "even" : "odd";

    attach_text (grid, data->labels[p], 0, p + 1, style);
    for (guint s = 0; s < data->series; s++)
      attach_text (grid, data->texts[s * data->points + p], s + 1, p + 1,
                   style);
  }
  return new_scrolled (grid, title);
}
