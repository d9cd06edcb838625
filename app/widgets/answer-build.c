/* Page tables to be built: entries that the reader adds, one after another. */

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "answer.h"
#include "entry-editor.h"
#include "number.h"
#include "question-edit.h"
#include "question-tables.h"

#define PW_TYPE_ANSWER_BUILD (pw_answer_build_get_type ())
G_DECLARE_FINAL_TYPE (PwAnswerBuild, pw_answer_build, PW, ANSWER_BUILD,
                      PwAnswer)

/* One entry of a table. Its frame owns it, and outlives its parts. */
typedef struct {
  PwAnswerBuild *owner;
  GtkWidget *frame, *table, *index, *editor;
} Slot;

/* A page that is asked for. */
typedef struct {
  char *id; /* "0x400000" */
  GtkWidget *glyph;
} Wanted;

struct _PwAnswerBuild {
  PwAnswer parent_instance;
  LessonPlay *play;
  const LessonQuestionPlace *place;
  GArray *tables;    /* of LessonBuiltTable; NULL: it cannot be asked */
  GPtrArray *slots;  /* of Slot */
  GPtrArray *wanted; /* of Wanted */
  GtkWidget *list, *add;
};

G_DEFINE_FINAL_TYPE (PwAnswerBuild, pw_answer_build, PW_TYPE_ANSWER)

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->id);
  g_free (wanted);
}

static const LessonBuiltTable *
table_of (const Slot *slot)
{
  guint picked = gtk_drop_down_get_selected (GTK_DROP_DOWN (slot->table));

  return &g_array_index (slot->owner->tables, LessonBuiltTable,
                         MIN (picked, slot->owner->tables->len - 1));
}

/* Slots ------------------------------------------------------------------- */

/* The index that was typed; false if it is none of the table. */
static gboolean
index_of (const Slot *slot, guint *index)
{
  const LessonEntryForm *form = &table_of (slot)->form;
  guint64 number;

  if (!lesson_number_read (gtk_editable_get_text (GTK_EDITABLE (slot->index)),
                           FALSE, &number)
      || number >= vm_geometry_entries (form->geometry, form->level))
    return FALSE;
  *index = (guint) number;
  return TRUE;
}

static void
on_changed (Slot *slot)
{
  pw_answer_changed (PW_ANSWER (slot->owner));
}

/* Another table, or another index: the entry that lies there is edited. */
static void
on_place (Slot *slot)
{
  PwAnswerBuild *self = slot->owner;
  guint table = gtk_drop_down_get_selected (GTK_DROP_DOWN (slot->table));
  guint index = 0;

  if (table >= self->tables->len)
    return;
  index_of (slot, &index);
  LessonBuiltEntry entry = lesson_built_entry (self->play, self->place,
                                               self->tables, table, index);
  g_autofree char *words
      = pw_entry_editor_read (PW_ENTRY_EDITOR (slot->editor));
  pw_entry_editor_set (PW_ENTRY_EDITOR (slot->editor), &table_of (slot)->form,
                       entry.raw);
  pw_entry_editor_write (PW_ENTRY_EDITOR (slot->editor), words);
}

static void
on_remove (Slot *slot)
{
  PwAnswerBuild *self = slot->owner;

  g_ptr_array_remove (self->slots, slot);
  gtk_box_remove (GTK_BOX (self->list), slot->frame);
  gtk_widget_grab_focus (self->add);
  pw_answer_changed (PW_ANSWER (self));
}

static void
on_submit (Slot *slot)
{
  pw_answer_submit (PW_ANSWER (slot->owner));
}

/* "0x20: a free frame". */
static GtkWidget *
new_tables (const PwAnswerBuild *self)
{
  const GPtrArray *choices = self->place->question->choices;
  GtkStringList *strings = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->tables->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    g_autofree char *text = lesson_text_plain (choice->text);
    guint64 frame = g_array_index (self->tables, LessonBuiltTable, i).frame;
    gtk_string_list_take (strings,
                          g_strdup_printf ("0x%" PRIx64 " · %s", frame, text));
  }
  GtkWidget *tables = gtk_drop_down_new (G_LIST_MODEL (strings), NULL);
  pw_answer_name (tables, _ ("Table"));
  return tables;
}

static GtkWidget *
new_index_line (Slot *slot)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *remove = gtk_button_new_from_icon_name ("pw-remove-symbolic");

  slot->index = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (slot->index), 5);
  gtk_editable_set_text (GTK_EDITABLE (slot->index), "0");
  gtk_widget_set_hexpand (slot->index, TRUE);
  gtk_widget_add_css_class (slot->index, "pw-number");
  pw_answer_name (slot->index, _ ("Index"));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "pw-move");
  gtk_widget_set_tooltip_text (remove, _ ("Remove this entry"));
  pw_answer_name (remove, _ ("Remove this entry"));
  gtk_box_append (GTK_BOX (line), gtk_label_new (_ ("Index")));
  gtk_box_append (GTK_BOX (line), slot->index);
  gtk_box_append (GTK_BOX (line), remove);
  g_signal_connect_swapped (slot->index, "changed", G_CALLBACK (on_place),
                            slot);
  g_signal_connect_swapped (slot->index, "activate", G_CALLBACK (on_submit),
                            slot);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), slot);
  return line;
}

static Slot *
add_slot (PwAnswerBuild *self)
{
  Slot *slot = g_new0 (Slot, 1);
  LessonBuiltEntry entry
      = lesson_built_entry (self->play, self->place, self->tables, 0, 0);

  slot->owner = self;
  slot->frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_object_set_data_full (G_OBJECT (slot->frame), "slot", slot, g_free);
  slot->table = new_tables (self);
  slot->editor = pw_entry_editor_new (
      &g_array_index (self->tables, LessonBuiltTable, 0).form, entry.raw);
  gtk_widget_add_css_class (slot->frame, "pw-slot");
  gtk_box_append (GTK_BOX (slot->frame), slot->table);
  gtk_box_append (GTK_BOX (slot->frame), new_index_line (slot));
  gtk_box_append (GTK_BOX (slot->frame), slot->editor);
  g_signal_connect_swapped (slot->table, "notify::selected",
                            G_CALLBACK (on_place), slot);
  g_signal_connect_swapped (slot->editor, "changed", G_CALLBACK (on_changed),
                            slot);
  g_signal_connect_swapped (slot->editor, "submit", G_CALLBACK (on_submit),
                            slot);
  gtk_box_append (GTK_BOX (self->list), slot->frame);
  g_ptr_array_add (self->slots, slot);
  return slot;
}

static void
on_add (PwAnswerBuild *self)
{
  gtk_widget_grab_focus (add_slot (self)->index);
  pw_answer_changed (PW_ANSWER (self));
}

/* Answer ------------------------------------------------------------------ */

static char *
read_tables (PwAnswer *answer)
{
  PwAnswerBuild *self = PW_ANSWER_BUILD (answer);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < self->slots->len; i++) {
    const Slot *slot = self->slots->pdata[i];
    g_autofree char *words
        = pw_entry_editor_read (PW_ENTRY_EDITOR (slot->editor));
    g_autofree char *index
        = g_strdup (gtk_editable_get_text (GTK_EDITABLE (slot->index)));
    g_strdelimit (index, ";[]", '?');
    g_string_append_printf (text, "%s0x%" PRIx64 "[%s] %s", i > 0 ? "; " : "",
                            table_of (slot)->frame, index, words);
    any |= strcmp (words, "unchanged") != 0;
  }
  return any ? g_strdup (text->str) : NULL;
}

/* Fills a slot with "0x1[68] frame=0x2 +present", as the engine writes it. */
static void
write_slot (PwAnswerBuild *self, const char *text)
{
  guint64 frame = g_ascii_strtoull (text, NULL, 0);
  const char *open = strchr (text, '['), *close = strchr (text, ']');

  if (open == NULL || close == NULL)
    return;
  Slot *slot = add_slot (self);
  g_autofree char *index = g_strndup (open + 1, (gsize) (close - open - 1));
  for (guint i = 0; i < self->tables->len; i++)
    if (g_array_index (self->tables, LessonBuiltTable, i).frame == frame)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (slot->table), i);
  gtk_editable_set_text (GTK_EDITABLE (slot->index), index);
  pw_entry_editor_write (PW_ENTRY_EDITOR (slot->editor), close + 1);
}

static void
write_tables (PwAnswer *answer, const char *text)
{
  PwAnswerBuild *self = PW_ANSWER_BUILD (answer);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  while (self->slots->len > 0) {
    Slot *slot = self->slots->pdata[0];
    g_ptr_array_remove_index (self->slots, 0);
    gtk_box_remove (GTK_BOX (self->list), slot->frame);
  }
  for (guint i = 0; parts[i] != NULL; i++)
    write_slot (self, g_strstrip (parts[i]));
  pw_answer_changed (answer);
}

static void
show_tables (PwAnswer *answer, const LessonVerdict *verdict)
{
  PwAnswerBuild *self = PW_ANSWER_BUILD (answer);

  for (guint i = 0; i < self->wanted->len; i++) {
    const Wanted *wanted = self->wanted->pdata[i];
    pw_glyph_set (wanted->glyph, verdict != NULL
                                     ? lesson_verdict_part (verdict, wanted->id)
                                     : NULL);
  }
}

static void
pw_answer_build_finalize (GObject *object)
{
  PwAnswerBuild *self = PW_ANSWER_BUILD (object);

  g_clear_pointer (&self->tables, g_array_unref);
  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->wanted);
  G_OBJECT_CLASS (pw_answer_build_parent_class)->finalize (object);
}

static void
pw_answer_build_class_init (PwAnswerBuildClass *class)
{
  PwAnswerClass *answer_class = PW_ANSWER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_answer_build_finalize;
  answer_class->read = read_tables;
  answer_class->write = write_tables;
  answer_class->show = show_tables;
}

static void
pw_answer_build_init (PwAnswerBuild *self)
{
  self->slots = g_ptr_array_new ();
  self->wanted = g_ptr_array_new_with_free_func (wanted_free);
}

/* Building ---------------------------------------------------------------- */

/* "0x400000 → frame 0x2b, rwu". */
static void
add_wanted (PwAnswerBuild *self, const LessonMapping *mapping)
{
  static const char letters[] = "rwxu";
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  Wanted *wanted = g_new0 (Wanted, 1);
  guint64 va = 0, frame = 0;
  char flags[5] = "";
  guint count = 0;

  lesson_question_given (self->play, self->place, mapping->va, &va, NULL);
  lesson_question_given (self->play, self->place, mapping->frame, &frame, NULL);
  for (guint i = 0; i < 4; i++)
    if (mapping->flags >> i & 1)
      flags[count++] = letters[i];
  /* Translators: a page that is to be mapped: its address, its frame, its
     rights as letters. */
  g_autofree char *text = g_strdup_printf (
      _ ("0x%" PRIx64 " to frame 0x%" PRIx64 ", %s"), va, frame, flags);
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "pw-number");
  wanted->id = g_strdup_printf ("0x%" PRIx64, va);
  wanted->glyph = pw_glyph_new ();
  gtk_widget_add_css_class (row, "pw-goal");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), wanted->glyph);
  g_ptr_array_add (self->wanted, wanted);
  pw_answer_append (PW_ANSWER (self), row);
}

GtkWidget *
pw_answer_build_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  PwAnswerBuild *self = g_object_new (PW_TYPE_ANSWER_BUILD, NULL);

  self->play = play;
  self->place = place;
  self->tables = lesson_built_tables (play, place, NULL);
  for (guint i = 0; i < place->question->maps->len; i++)
    add_wanted (self, place->question->maps->pdata[i]);
  if (self->tables == NULL)
    return GTK_WIDGET (self);

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->add = gtk_button_new_with_label (_ ("Add an entry"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  pw_answer_append (PW_ANSWER (self), self->list);
  pw_answer_append (PW_ANSWER (self), self->add);
  add_slot (self);
  return GTK_WIDGET (self);
}
