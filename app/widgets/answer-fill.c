/* A table to be filled: an entry in each cell that is asked for. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "answer.h"
#include "markup.h"
#include "query.h"
#include "table-layout.h"

#define PW_TYPE_ANSWER_FILL (pw_answer_fill_get_type ())
G_DECLARE_FINAL_TYPE (PwAnswerFill, pw_answer_fill, PW, ANSWER_FILL, PwAnswer)

/* A cell that is asked for. */
typedef struct {
  char *id; /* "r1c2" */
  GtkWidget *entry;
} Cell;

struct _PwAnswerFill {
  PwAnswer parent_instance;
  GtkWidget *table;
  GPtrArray *cells; /* of Cell, row by row */
};

G_DEFINE_FINAL_TYPE (PwAnswerFill, pw_answer_fill, PW_TYPE_ANSWER)

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_free (cell->id);
  g_free (cell);
}

static char *
read_cells (PwAnswer *answer)
{
  PwAnswerFill *self = PW_ANSWER_FILL (answer);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->cells->len; i++) {
    const Cell *cell = self->cells->pdata[i];
    g_autofree char *written
        = g_strdup (gtk_editable_get_text (GTK_EDITABLE (cell->entry)));
    g_strdelimit (g_strstrip (written), ";", ' ');
    if (*written != '\0')
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "; " : "",
                              cell->id, written);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
write_cells (PwAnswer *answer, const char *text)
{
  PwAnswerFill *self = PW_ANSWER_FILL (answer);
  g_auto (GStrv) pairs = g_strsplit (text, ";", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    g_auto (GStrv) sides = g_strsplit (g_strstrip (pairs[i]), "=", 2);
    for (guint j = 0; sides[0] != NULL && j < self->cells->len; j++) {
      const Cell *cell = self->cells->pdata[j];
      if (strcmp (cell->id, sides[0]) == 0)
        gtk_editable_set_text (GTK_EDITABLE (cell->entry), sides[1]);
    }
  }
}

static void
show_part (GtkWidget *entry, const LessonAnswerPart *part)
{
  gboolean right = part != NULL && part->mark == LESSON_MARK_RIGHT;
  gboolean empty = part != NULL && part->mark == LESSON_MARK_NOT_SURE;
  gboolean wrong = part != NULL && !right && !empty;
  const char *icon = right   ? "pw-right-symbolic"
                     : wrong ? "pw-wrong-symbolic"
                             : "pw-unsure-symbolic";
  const char *word = right   ? _ ("right")
                     : wrong ? _ ("wrong")
                     : empty ? _ ("left empty")
                             : "";

  gtk_widget_remove_css_class (entry, "pw-right");
  gtk_widget_remove_css_class (entry, "pw-wrong");
  if (right || wrong)
    gtk_widget_add_css_class (entry, right ? "pw-right" : "pw-wrong");
  /* The mark takes its room from the beginning, so that nothing moves. */
  if (part == NULL)
    gtk_widget_add_css_class (entry, "pw-unmarked");
  else
    gtk_widget_remove_css_class (entry, "pw-unmarked");
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (entry),
                                     GTK_ENTRY_ICON_SECONDARY, icon);
  gtk_entry_set_icon_activatable (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY,
                                  FALSE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word, -1);
}

static void
show_cells (PwAnswer *answer, const LessonVerdict *verdict)
{
  PwAnswerFill *self = PW_ANSWER_FILL (answer);

  for (guint i = 0; i < self->cells->len; i++) {
    const Cell *cell = self->cells->pdata[i];
    show_part (cell->entry, verdict != NULL
                                ? lesson_verdict_part (verdict, cell->id)
                                : NULL);
  }
}

static void
pw_answer_fill_finalize (GObject *object)
{
  g_ptr_array_unref (PW_ANSWER_FILL (object)->cells);
  G_OBJECT_CLASS (pw_answer_fill_parent_class)->finalize (object);
}

static void
pw_answer_fill_class_init (PwAnswerFillClass *class)
{
  PwAnswerClass *answer_class = PW_ANSWER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_answer_fill_finalize;
  answer_class->read = read_cells;
  answer_class->write = write_cells;
  answer_class->show = show_cells;
}

static void
pw_answer_fill_init (PwAnswerFill *self)
{
  self->cells = g_ptr_array_new_with_free_func (cell_free);
  self->table = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->table,
                                 g_object_new (PW_TYPE_TABLE_LAYOUT, NULL));
  pw_answer_append (PW_ANSWER (self), self->table);
}

/* Building ---------------------------------------------------------------- */

static void
attach (PwAnswerFill *self, GtkWidget *child, PwTablePart part, guint row,
        guint column)
{
  pw_table_place (child, part, row, column);
  gtk_box_append (GTK_BOX (self->table), child);
}

/* The cells that a text takes in a monospaced face, at most eight. */
static int
least_chars (const char *text)
{
  int chars = 0;

  for (; *text != '\0' && chars < 8; text = g_utf8_next_char (text))
    chars += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return chars;
}

static void
attach_text (PwAnswerFill *self, const LessonText *text, PwTablePart part,
             guint row, guint column)
{
  GtkWidget *label = pw_markup_title_new (text);

  /* Between words only: a narrow column must not take it apart. Chinese may
   * break anywhere, and needs a least width. */
  g_autofree char *plain = lesson_text_plain (text);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  if (*plain != '\0' && g_unichar_iswide (g_utf8_get_char (plain)))
    gtk_label_set_width_chars (GTK_LABEL (label), least_chars (plain));
  if (part != PW_TABLE_LABEL)
    gtk_widget_add_css_class (label, "pw-fill-heading");
  attach (self, label, part, row, column);
}

static GtkWidget *
new_given (LessonPlay *play, const LessonQuestionPlace *place,
           const LessonCell *cell, const char *name)
{
  LessonQueryFault fault = {0};
  LessonValue value = {0};

  lesson_play_ask (play, (int) place->beat, place->reveal_at, cell->query,
                   &value, &fault);
  lesson_query_fault_clear (&fault);
  if (lesson_style_word (value.style, 0) == NULL)
    value.style = cell->hex ? LESSON_STYLE_HEX : LESSON_STYLE_DECIMAL;
  const char *word = lesson_style_word_translated (value.style, value.v);
  g_autofree char *text = word != NULL ? g_strdup (word)
                                       : lesson_value_to_string (value);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", name, text);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "pw-number");
  /* A long one is broken before it makes the text wider than its side. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (strlen (text), 11));
  gtk_widget_add_css_class (label, "pw-given");
  pw_answer_name (label, spoken);
  return label;
}

static GtkWidget *
new_blank (PwAnswerFill *self, guint row, guint column, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  Cell *cell = g_new0 (Cell, 1);

  cell->id = g_strdup_printf ("r%uc%u", row + 1, column + 1);
  cell->entry = entry;
  g_ptr_array_add (self->cells, cell);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 80);
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_NO_SPELLCHECK
                                                    | GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_add_css_class (entry, "pw-number");
  pw_answer_name (entry, name);
  show_part (entry, NULL);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (pw_answer_changed),
                            self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (pw_answer_submit),
                            self);
  return entry;
}

static void
add_row (PwAnswerFill *self, LessonPlay *play, const LessonQuestionPlace *place,
         guint index)
{
  const LessonRow *row = place->question->rows->pdata[index];
  g_autofree char *row_name = row->name != NULL
                                  ? lesson_text_plain (row->name)
                                  : g_strdup_printf (_ ("row %u"), index + 1);

  if (row->name != NULL)
    attach_text (self, row->name, PW_TABLE_NAME, index, 0);
  for (guint i = 0; i < row->cells->len; i++) {
    const LessonCell *cell = row->cells->pdata[i];
    const LessonText *heading = place->question->columns->pdata[i];
    g_autofree char *plain = lesson_text_plain (heading);
    g_autofree char *name = g_strdup_printf (_ ("%s, %s"), row_name, plain);
    attach_text (self, heading, PW_TABLE_LABEL, index, i);
    attach (self,
            cell->given ? new_given (play, place, cell, name)
                        : new_blank (self, index, i, name),
            PW_TABLE_CELL, index, i);
  }
}

GtkWidget *
pw_answer_fill_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  PwAnswerFill *self = g_object_new (PW_TYPE_ANSWER_FILL, NULL);
  const LessonQuestion *question = place->question;

  for (guint i = 0; i < question->columns->len; i++)
    attach_text (self, question->columns->pdata[i], PW_TABLE_HEADING, 0, i);
  for (guint i = 0; i < question->rows->len; i++)
    add_row (self, play, place, i);
  return GTK_WIDGET (self);
}
