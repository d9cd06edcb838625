/* One page-table entry to be changed, bit by bit. */

#include "entry-editor.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "answer.h"
#include "number.h"
#include "wrap-layout.h"

/* A bit that can be toggled. */
typedef struct {
  const struct vm_pte_field *field;
  GtkWidget *button, *value;
} Bit;

struct _PwEntryEditor {
  GtkWidget parent_instance;
  GtkWidget *frame, *bits, *result;
  GArray *toggles; /* of Bit */
  LessonEntryForm form;
  guint64 before, raw; /* raw: bits and the frame that was read last */
  gboolean unreadable; /* the frame's text is no number that fits */
  gboolean setting;    /* not the reader, but the program changes it */
};

enum { CHANGED, SUBMIT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwEntryEditor, pw_entry_editor, GTK_TYPE_WIDGET)

/* What it comes to --------------------------------------------------------- */

static void
show_result (PwEntryEditor *editor)
{
  int digits = 2 * editor->form.geometry->entry_bytes;
  g_autofree char *text
      = editor->unreadable
            ? g_strdup (_ ("The frame is not a number that fits."))
            : g_strdup_printf (_ ("The entry is now 0x%0*" PRIx64 "."), digits,
                               editor->raw);

  gtk_label_set_text (GTK_LABEL (editor->result), text);
}

static void
show_bits (PwEntryEditor *editor)
{
  for (guint i = 0; i < editor->toggles->len; i++) {
    const Bit *bit = &g_array_index (editor->toggles, Bit, i);
    gboolean set = (editor->raw & lesson_field_mask (bit->field)) != 0;
    gtk_label_set_text (GTK_LABEL (bit->value), set ? "1" : "0");
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (bit->button), set);
  }
}

static void
refresh (PwEntryEditor *editor)
{
  show_result (editor);
  if (!editor->setting)
    g_signal_emit (editor, signals[CHANGED], 0);
}

static void
on_toggled (GtkToggleButton *button, PwEntryEditor *editor)
{
  for (guint i = 0; i < editor->toggles->len; i++) {
    const Bit *bit = &g_array_index (editor->toggles, Bit, i);
    guint64 mask = lesson_field_mask (bit->field);
    if (bit->button != GTK_WIDGET (button))
      continue;
    gboolean set = gtk_toggle_button_get_active (button);
    editor->raw = set ? editor->raw | mask : editor->raw & ~mask;
    gtk_label_set_text (GTK_LABEL (bit->value), set ? "1" : "0");
  }
  refresh (editor);
}

static void
on_frame (PwEntryEditor *editor)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (editor->frame));
  guint64 number;

  editor->unreadable
      = !lesson_number_read (text, FALSE, &number)
        || !lesson_entry_set_frame (&editor->form, number, &editor->raw);
  refresh (editor);
}

static void
on_activate (PwEntryEditor *editor)
{
  g_signal_emit (editor, signals[SUBMIT], 0);
}

/* Class ------------------------------------------------------------------- */

static void
pw_entry_editor_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pw_entry_editor_parent_class)->dispose (object);
}

static void
pw_entry_editor_finalize (GObject *object)
{
  g_array_unref (PW_ENTRY_EDITOR (object)->toggles);
  G_OBJECT_CLASS (pw_entry_editor_parent_class)->finalize (object);
}

static void
pw_entry_editor_class_init (PwEntryEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_entry_editor_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_entry_editor_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwentryeditor");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", PW_TYPE_ENTRY_EDITOR,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SUBMIT] = g_signal_new ("submit", PW_TYPE_ENTRY_EDITOR,
                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static GtkWidget *
new_frame_line (PwEntryEditor *editor)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_ ("Frame"));

  editor->frame = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (editor->frame), 9);
  gtk_entry_set_max_length (GTK_ENTRY (editor->frame), 40);
  gtk_entry_set_input_hints (GTK_ENTRY (editor->frame),
                             GTK_INPUT_HINT_NO_SPELLCHECK
                                 | GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_hexpand (editor->frame, TRUE);
  gtk_widget_add_css_class (editor->frame, "pw-number");
  pw_answer_name (editor->frame, _ ("Frame"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), editor->frame);
  g_signal_connect_swapped (editor->frame, "changed", G_CALLBACK (on_frame),
                            editor);
  g_signal_connect_swapped (editor->frame, "activate", G_CALLBACK (on_activate),
                            editor);
  return line;
}

static void
pw_entry_editor_init (PwEntryEditor *editor)
{
  GtkLayoutManager *layout
      = gtk_widget_get_layout_manager (GTK_WIDGET (editor));
  GtkWidget *line = new_frame_line (editor);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  editor->toggles = g_array_new (FALSE, FALSE, sizeof (Bit));
  editor->bits = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (editor->bits, pw_wrap_layout_new (4));
  editor->result = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (editor->result), 0);
  gtk_label_set_wrap (GTK_LABEL (editor->result), TRUE);
  gtk_widget_add_css_class (editor->result, "pw-small");
  gtk_widget_insert_before (line, GTK_WIDGET (editor), NULL);
  gtk_widget_insert_before (editor->bits, GTK_WIDGET (editor), NULL);
  gtk_widget_insert_before (editor->result, GTK_WIDGET (editor), NULL);
}

/* Bits -------------------------------------------------------------------- */

static void
add_bit (PwEntryEditor *editor, const struct vm_pte_field *field)
{
  const char *full = lesson_field_title (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (field->label);
  Bit bit = {field, gtk_toggle_button_new (), gtk_label_new ("0")};
  g_autofree char *style = g_strdup_printf ("level%u", editor->form.level);
  /* Translators: a bit of an entry: its letters, its name. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), field->label, full);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "pw-bit-name");
  gtk_widget_add_css_class (bit.value, "pw-number");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), bit.value);
  gtk_button_set_child (GTK_BUTTON (bit.button), box);
  gtk_widget_add_css_class (bit.button, "pw-bit");
  gtk_widget_add_css_class (bit.button, style);
  gtk_widget_set_tooltip_text (bit.button, full);
  pw_answer_name (bit.button, name);
  g_signal_connect (bit.button, "toggled", G_CALLBACK (on_toggled), editor);
  gtk_box_append (GTK_BOX (editor->bits), bit.button);
  g_array_append_val (editor->toggles, bit);
}

void
pw_entry_editor_set (PwEntryEditor *editor, const LessonEntryForm *form,
                     guint64 raw)
{
  GtkWidget *child;
  guint count;
  const struct vm_pte_field *fields = lesson_entry_fields (form, raw, &count);
  g_autofree char *frame = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                                            lesson_entry_frame (form, raw));

  editor->setting = TRUE;
  while ((child = gtk_widget_get_first_child (editor->bits)) != NULL)
    gtk_box_remove (GTK_BOX (editor->bits), child);
  g_array_set_size (editor->toggles, 0);
  editor->form = *form;
  editor->before = editor->raw = raw;
  for (guint i = 0; i < count; i++)
    if (lesson_field_is_flag (&fields[i]))
      add_bit (editor, &fields[i]);
  gtk_editable_set_text (GTK_EDITABLE (editor->frame), frame);
  show_bits (editor);
  show_result (editor);
  editor->setting = FALSE;
}

/* Public ------------------------------------------------------------------ */

GtkWidget *
pw_entry_editor_new (const LessonEntryForm *form, guint64 raw)
{
  PwEntryEditor *editor = g_object_new (PW_TYPE_ENTRY_EDITOR, NULL);

  pw_entry_editor_set (editor, form, raw);
  return GTK_WIDGET (editor);
}

void
pw_entry_editor_write (PwEntryEditor *editor, const char *words)
{
  guint64 raw = editor->before;
  g_autofree char *why = NULL;

  if (!lesson_entry_read (&editor->form, words, &raw, &why))
    return;
  g_autofree char *frame = g_strdup_printf (
      "0x%" G_GINT64_MODIFIER "x", lesson_entry_frame (&editor->form, raw));
  editor->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (editor->frame), frame);
  editor->raw = raw;
  show_bits (editor);
  editor->raw = raw;
  show_result (editor);
  editor->setting = FALSE;
  g_signal_emit (editor, signals[CHANGED], 0);
}

char *
pw_entry_editor_read (PwEntryEditor *editor)
{
  if (!editor->unreadable)
    return lesson_entry_words (&editor->form, editor->before, editor->raw);

  g_autofree char *typed
      = g_strdup (gtk_editable_get_text (GTK_EDITABLE (editor->frame)));
  g_strdelimit (typed, " ,;\t", '_');
  return g_strdup_printf ("frame=%s", typed);
}

void
pw_entry_editor_show (PwEntryEditor *editor, const LessonVerdict *verdict)
{
  const LessonAnswerPart *frame
      = verdict != NULL ? lesson_verdict_part (verdict, "frame") : NULL;

  for (guint i = 0; i < editor->toggles->len; i++) {
    const Bit *bit = &g_array_index (editor->toggles, Bit, i);
    gboolean wrong = verdict != NULL
                     && lesson_verdict_part (verdict, bit->field->name) != NULL;
    gtk_widget_remove_css_class (bit->button, "pw-wrong");
    if (wrong)
      gtk_widget_add_css_class (bit->button, "pw-wrong");
    gtk_accessible_update_property (GTK_ACCESSIBLE (bit->button),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    wrong ? _ ("wrong") : "", -1);
  }
  gtk_entry_set_icon_from_icon_name (
      GTK_ENTRY (editor->frame), GTK_ENTRY_ICON_SECONDARY,
      frame != NULL ? "pw-wrong-symbolic" : NULL);
}
