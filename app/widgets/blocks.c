/* The parts of a lesson's prose that are only read. */

#include "blocks.h"

#include <glib/gi18n-lib.h>

#include "graph.h"
#include "grid.h"
#include "markup.h"

/* Lists ---------------------------------------------------------------------
 */

GtkWidget *
pw_list_new (const PwReading *reading, const GPtrArray *items)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "pw-list");
  for (guint i = 0; i < items->len; i++) {
    GtkWidget *dot = gtk_label_new ("•");

    gtk_widget_set_valign (dot, GTK_ALIGN_START);
    gtk_grid_attach (GTK_GRID (grid), dot, 0, (int) i, 1, 1);
    gtk_grid_attach (
        GTK_GRID (grid),
        pw_reading_label_new (reading, g_ptr_array_index (items, i)), 1,
        (int) i, 1, 1);
  }
  return grid;
}

/* Listings ------------------------------------------------------------------
 */

/* Of a shell, what is typed stands out from what is answered. */
static void
add_code_line (GtkWidget *box, const LessonBlock *block, const char *line,
               int number)
{
  GtkWidget *label = gtk_label_new (line);
  gboolean shell = block->language == LESSON_LANGUAGE_SHELL;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_add_css_class (label, "pw-code-line");
  if (number == block->highlight)
    gtk_widget_add_css_class (label, "current");
  if (shell && !g_str_has_prefix (line, "$ "))
    gtk_widget_add_css_class (label, "pw-output");
  gtk_box_append (GTK_BOX (box), label);
}

/* What one would type: of a shell the commands, without their prompt. */
static char *
to_be_typed (const LessonBlock *block)
{
  g_auto (GStrv) lines = g_strsplit (block->code, "\n", -1);
  GString *text = g_string_new (NULL);

  if (block->language != LESSON_LANGUAGE_SHELL) {
    g_string_append_printf (text, "%s\n", block->code);
    return g_string_free (text, FALSE);
  }
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "$ "))
      g_string_append_printf (text, "%s\n", lines[i] + 2);
  return g_string_free (text, FALSE);
}

static void
on_copy (GtkWidget *button)
{
  const char *text = g_object_get_data (G_OBJECT (button), "text");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), text);
}

static GtkWidget *
new_copy_button (const LessonBlock *block)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  const char *name = block->language == LESSON_LANGUAGE_SHELL
                         ? _ ("Copy the commands")
                         : _ ("Copy");

  g_object_set_data_full (G_OBJECT (button), "text", to_be_typed (block),
                          g_free);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "pw-copy");
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy), NULL);
  return button;
}

static const char *
language_name (LessonLanguage language)
{
  switch (language) {
  case LESSON_LANGUAGE_TEXT:
    return NULL;
  case LESSON_LANGUAGE_C:
    return "C";
  case LESSON_LANGUAGE_ASM:
    return _ ("Assembly");
  case LESSON_LANGUAGE_SHELL:
    return _ ("Shell");
  case LESSON_LANGUAGE_SCRIPT:
    return _ ("Script");
  }
  g_assert_not_reached ();
}

/* Long lines scroll sideways rather than wrap. */
static GtkWidget *
new_code_lines (const LessonBlock *block)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto (GStrv) lines = g_strsplit (block->code, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    add_code_line (box, block, lines[i], i + 1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Listing"),
                                  -1);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code"), -1);
  return scrolled;
}

/* A listing that says what it is written in has a bar with that, and can be
 * copied. */
static GtkWidget *
new_code (const LessonBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *language = language_name (block->language);

  gtk_widget_add_css_class (box, "pw-code");
  if (language != NULL) {
    GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *name = gtk_label_new (language);

    gtk_label_set_xalign (GTK_LABEL (name), 0);
    gtk_widget_set_hexpand (name, TRUE);
    gtk_widget_add_css_class (bar, "pw-code-bar");
    gtk_widget_add_css_class (name, "pw-small");
    gtk_box_append (GTK_BOX (bar), name);
    gtk_box_append (GTK_BOX (bar), new_copy_button (block));
    gtk_box_append (GTK_BOX (box), bar);
  }
  gtk_box_append (GTK_BOX (box), new_code_lines (block));
  return box;
}

/* Remarks -------------------------------------------------------------------
 */

typedef struct {
  const char *style, *icon;
} CalloutLook;

static CalloutLook
look_of (LessonCalloutKind kind)
{
  switch (kind) {
  case LESSON_CALLOUT_NOTE:
    return (CalloutLook){"note", "pw-note-symbolic"};
  case LESSON_CALLOUT_MISCONCEPTION:
    return (CalloutLook){"misconception", "pw-misconception-symbolic"};
  case LESSON_CALLOUT_COST:
    return (CalloutLook){"cost", "pw-cost-symbolic"};
  case LESSON_CALLOUT_SIMPLIFICATION:
    return (CalloutLook){"simplification", "pw-simplification-symbolic"};
  case LESSON_CALLOUT_HISTORY:
    return (CalloutLook){"history", "pw-history-symbolic"};
  case LESSON_CALLOUT_LINUX:
    return (CalloutLook){"linux", "pw-linux-symbolic"};
  }
  g_assert_not_reached ();
}

/* What kind of remark it is can be told from the icon, whose name is read out.
 */
static GtkWidget *
new_callout_title (const LessonBlock *block, CalloutLook look)
{
  const char *kind = lesson_callout_title (block->callout);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (look.icon);
  GtkWidget *title = block->title != NULL ? pw_markup_title_new (block->title)
                                          : gtk_label_new (kind);

  gtk_widget_set_tooltip_text (icon, kind);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, kind, -1);
  gtk_widget_add_css_class (title, "pw-callout-title");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), title);
  return row;
}

static GtkWidget *
new_callout (const PwReading *reading, const LessonBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  CalloutLook look = look_of (block->callout);

  gtk_widget_add_css_class (box, "pw-callout");
  gtk_widget_add_css_class (box, look.style);
  gtk_box_append (GTK_BOX (box), new_callout_title (block, look));
  for (guint i = 0; i < block->blocks->len; i++)
    gtk_box_append (
        GTK_BOX (box),
        pw_block_new (reading, g_ptr_array_index (block->blocks, i)));
  return box;
}

/* Teacher's notes -----------------------------------------------------------
 */

static void
add_wrong_row (const PwReading *reading, GtkWidget *grid, int row,
               const char *title, const LessonText *text)
{
  GtkWidget *name = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "pw-small");
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), pw_reading_label_new (reading, text), 0,
                   row + 1, 1, 1);
}

GtkWidget *
pw_wrongs_new (const PwReading *reading, const GPtrArray *wrongs)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  for (guint i = 0; i < wrongs->len; i++) {
    const LessonWrong *wrong = g_ptr_array_index (wrongs, i);
    GtkWidget *grid = gtk_grid_new ();

    gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
    gtk_widget_add_css_class (grid, "pw-callout");
    gtk_widget_add_css_class (grid, "pw-wrong-answer");
    add_wrong_row (reading, grid, 0, _ ("What students say"), wrong->says);
    add_wrong_row (reading, grid, 2, _ ("Why"), wrong->why);
    add_wrong_row (reading, grid, 4, _ ("What to ask back"), wrong->ask);
    gtk_box_append (GTK_BOX (box), grid);
  }
  return box;
}

/* Blocks --------------------------------------------------------------------
 */

GtkWidget *
pw_block_new (const PwReading *reading, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
    return pw_reading_label_new (reading, block->text);
  case LESSON_BLOCK_LIST:
    return pw_list_new (reading, block->items);
  case LESSON_BLOCK_CODE:
    return new_code (block);
  case LESSON_BLOCK_TABLE:
    return pw_grid_new (reading, block->table);
  case LESSON_BLOCK_PLOT:
    return pw_graph_new (reading, block->plot);
  case LESSON_BLOCK_CALLOUT:
    return new_callout (reading, block);
  case LESSON_BLOCK_BEAT:
  case LESSON_BLOCK_QUESTION:
  case LESSON_BLOCK_EXERCISE:
    return NULL;
  }
  g_assert_not_reached ();
}
