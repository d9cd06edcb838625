/* Shows a page of a program as text: address, bytes, letters, and a mark for
 * where each byte comes from. */
#include "program-bytes.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "place.h"

#define ABREAST 8u
#define HEIGHT 220

/* How each source is marked; what a mark says, the shape of the digits says
 * again. */
static const struct {
  char mark;
  const char *shape; /* an element of Pango's markup */
} looks[] = {
    [PROGRAM_NOWHERE] = {' ', "span"},   [PROGRAM_FILE] = {'#', "b"},
    [PROGRAM_AROUND] = {'~', "i"},       [PROGRAM_AFTER_END] = {'0', "span"},
    [PROGRAM_BEYOND] = {'!', "span"},    [PROGRAM_ZEROED] = {'0', "span"},
    [PROGRAM_ANONYMOUS] = {'.', "span"},
};

typedef struct {
  ProgramImage *image;
  GtkWidget *text, *legend; /* labels */
  GtkAdjustment *scrolled;
  guint asked, lines; /* the row that was asked for, of how many */
  guint8 bytes[VM_ELF_PAGE], sources[VM_ELF_PAGE];
} Bytes;

static gboolean
is_there (const Bytes *b, guint i)
{
  return b->sources[i] != PROGRAM_NOWHERE && b->sources[i] != PROGRAM_BEYOND;
}

/* The digits of a row, those that come from one place in one shape. */
static void
add_digits (const Bytes *b, GString *text, guint row)
{
  for (guint i = row; i < row + ABREAST; i++) {
    const char *shape = looks[b->sources[i]].shape;
    gboolean first = i == row || looks[b->sources[i - 1]].shape != shape;
    gboolean last = i + 1 == row + ABREAST
                    || looks[b->sources[i + 1]].shape != shape;
    if (first)
      g_string_append_printf (text, "<%s>", shape);
    if (is_there (b, i))
      g_string_append_printf (text, " %02x", b->bytes[i]);
    else
      g_string_append (text, " --");
    if (last)
      g_string_append_printf (text, "</%s>", shape);
  }
}

static void
add_row (const Bytes *b, GString *text, guint64 address, guint row)
{
  char letters[ABREAST + 1] = "", marks[ABREAST + 1] = "";

  for (guint i = 0; i < ABREAST; i++) {
    char c = (char) b->bytes[row + i];
    letters[i] = g_ascii_isprint (c) ? c : '.';
    marks[i] = looks[b->sources[row + i]].mark;
  }
  g_autofree char *safe = g_markup_escape_text (letters, -1);
  g_string_append_printf (text, "%s%12" PRIx64 " ", text->len > 0 ? "\n" : "",
                          address + row);
  add_digits (b, text, row);
  g_string_append_printf (text, "  %s  %s", safe, marks);
}

static gboolean
repeats (const Bytes *b, guint row)
{
  return row > 0 && row + ABREAST < VM_ELF_PAGE
         && memcmp (b->bytes + row, b->bytes + row - ABREAST, ABREAST) == 0
         && memcmp (b->sources + row, b->sources + row - ABREAST, ABREAST) == 0;
}

/* Rows that repeat are left out, but for the one that was asked for. */
static char *
write_rows (Bytes *b, guint64 address, guint asked)
{
  GString *text = g_string_new (NULL);
  gboolean left_out = FALSE;

  b->lines = 0;
  for (guint row = 0; row < VM_ELF_PAGE; row += ABREAST) {
    if (row == asked)
      b->asked = b->lines;
    if (row == asked || !repeats (b, row)) {
      add_row (b, text, address, row);
      left_out = FALSE;
      b->lines++;
    } else if (!left_out) {
      g_string_append (text, "\n           *");
      left_out = TRUE;
      b->lines++;
    }
  }
  return g_string_free (text, FALSE);
}

/* What the marks mean, of those that occur. */
static void
show_legend (const Bytes *b)
{
  gboolean seen[G_N_ELEMENTS (looks)] = {FALSE};
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < VM_ELF_PAGE; i++)
    seen[b->sources[i]] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    if (seen[i])
      g_string_append_printf (text, "%s%c  %s", text->len > 0 ? "\n" : "",
                              looks[i].mark,
                              program_source_text ((ProgramSource) i));
  gtk_label_set_text (GTK_LABEL (b->legend), text->str);
}

static gboolean
scroll (GtkWidget *text, GdkFrameClock *clock, gpointer data)
{
  const Bytes *b = data;
  double height = gtk_adjustment_get_upper (b->scrolled);
  double page = gtk_adjustment_get_page_size (b->scrolled);

  gtk_adjustment_set_value (b->scrolled,
                            height * b->asked / MAX (b->lines, 1) - page / 3);
  return G_SOURCE_REMOVE;
}

/* The row that was asked for comes into view, a third of the way down, once the
 * rows have their heights: with the next frame. */
static void
scroll_later (Bytes *b)
{
  gtk_widget_add_tick_callback (b->text, scroll, b, NULL);
}

void
pw_program_bytes_show (GtkWidget *bytes, guint64 address)
{
  Bytes *b = g_object_get_data (G_OBJECT (bytes), "bytes");
  guint64 page = address & ~(guint64) (VM_ELF_PAGE - 1);
  guint row = (guint) (address - page) / ABREAST * ABREAST;
  guint64 shown = page + b->image->plan.bias;
  /* Translators: the address of a page. */
  g_autofree char *name
      = g_strdup_printf (_ ("Bytes of the page at 0x%" PRIx64), shown);

  program_page (b->image, page, b->bytes, b->sources);
  g_autofree char *rows = write_rows (b, shown, row);
  gtk_label_set_markup (GTK_LABEL (b->text), rows);
  scroll_later (b);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (b->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
  show_legend (b);
}

static GtkWidget *
label_new (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, class);
  return label;
}

GtkWidget *
pw_program_bytes_new (ProgramImage *image)
{
  Bytes *b = g_new0 (Bytes, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  b->image = image;
  b->text = label_new ("monospace");
  gtk_label_set_selectable (GTK_LABEL (b->text), TRUE);
  gtk_widget_set_margin_start (b->text, 6);
  gtk_widget_set_margin_end (b->text, 12);
  gtk_widget_set_margin_top (b->text, 6);
  gtk_widget_set_margin_bottom (b->text, 6);
  b->legend = label_new ("caption");
  gtk_label_set_wrap (GTK_LABEL (b->legend), TRUE);
  b->scrolled
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_swapped (b->scrolled, "changed", G_CALLBACK (scroll_later),
                            b);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), b->text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              HEIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Bytes of the page"), -1);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_margin_top (box, 12);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), b->legend);
  g_object_set_data_full (G_OBJECT (box), "bytes", b, g_free);
  return box;
}
