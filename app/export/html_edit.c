/* Changing an entry, in a page: every way that it offers was tried on a
 * machine. */
#include "html_edit.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "html_text.h"
#include "question-edit.h"
#include "question-slips.h"

/* Flags that can be changed, the lowest; each doubles what is tried. */
#define MOST_FLAGS 7u
#define MOST_FRAMES 4u

typedef struct {
  const ExportQuestion *question;
  LessonEdited edited;
  const struct vm_pte_field *flags[MOST_FLAGS];
  guint flag_count;
  guint64 frames[MOST_FRAMES];
  guint frame_count;
} Ways;

static void
take_frame (Ways *ways, guint64 raw)
{
  guint64 frame = lesson_entry_frame (&ways->edited.form, raw);

  for (guint i = 0; i < ways->frame_count; i++)
    if (ways->frames[i] == frame)
      return;
  if (ways->frame_count < MOST_FRAMES)
    ways->frames[ways->frame_count++] = frame;
}

/* The frame that is there, the key's, those of the mistakes. */
static void
take_frames (Ways *ways)
{
  const ExportQuestion *q = ways->question;
  const GPtrArray *mistakes = q->place->question->mistakes;
  guint64 raw;

  take_frame (ways, ways->edited.raw);
  if (lesson_question_given (q->play, q->place, q->place->question->answer,
                             &raw, NULL))
    take_frame (ways, raw);
  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = g_ptr_array_index (mistakes, i);
    if (lesson_question_given (q->play, q->place, mistake->query, &raw, NULL))
      take_frame (ways, raw);
  }
}

/* Fields come highest first. */
static void
take_flags (Ways *ways)
{
  guint count;
  const struct vm_pte_field *fields
      = lesson_entry_fields (&ways->edited.form, ways->edited.raw, &count);

  for (guint i = count; i > 0 && ways->flag_count < MOST_FLAGS; i--)
    if (fields[i - 1].high == fields[i - 1].low)
      ways->flags[ways->flag_count++] = &fields[i - 1];
}

static gboolean
find_ways (const ExportQuestion *question, Ways *ways)
{
  *ways = (Ways){.question = question};
  if (!lesson_edited_find (question->play, question->place, &ways->edited,
                           NULL))
    return FALSE;
  take_flags (ways);
  take_frames (ways);
  return TRUE;
}

/* The form ---------------------------------------------------------------- */

static void
add_flag (const Ways *ways, guint i, GString *out)
{
  const struct vm_pte_field *field = ways->flags[i];

  g_string_append_printf (
      out, "<label><input type=\"checkbox\"%s> <span class=\"n\">",
      ways->edited.raw >> field->low & 1 ? " checked" : "");
  export_html_escaped (out, field->label);
  g_string_append (out, "</span></label>\n");
}

void
export_edit_html (const ExportQuestion *question, GString *out)
{
  Ways ways;

  if (!find_ways (question, &ways))
    return;
  g_string_append (out, "<div class=\"flags\">\n");
  for (guint i = 0; i < ways.flag_count; i++)
    add_flag (&ways, i, out);
  g_string_append (out, "<label>");
  export_html_escaped (out, _ ("Frame"));
  g_string_append (out, " <select name=\"frame\" class=\"n\">");
  for (guint i = 0; i < ways.frame_count; i++)
    g_string_append_printf (out, "<option>0x%" PRIx64 "</option>",
                            ways.frames[i]);
  g_string_append (out, "</select></label></div>\n");
}

/* Trying ------------------------------------------------------------------ */

/* The entry with those of its flags that `set` says, and a frame. */
static guint64
entry_of (const Ways *ways, guint set, guint64 frame)
{
  guint64 raw = ways->edited.raw;

  for (guint i = 0; i < ways->flag_count; i++) {
    guint64 mask = lesson_field_mask (ways->flags[i]);
    raw = set >> i & 1 ? raw | mask : raw & ~mask;
  }
  lesson_entry_set_frame (&ways->edited.form, frame, &raw);
  return raw;
}

/* What is said, as JSON; to be freed. */
static char *
say (const Ways *ways, guint set, guint64 frame)
{
  g_autofree char *answer
      = g_strdup_printf ("entry=0x%" PRIx64, entry_of (ways, set, frame));
  GString *said = g_string_new (NULL);

  export_mark_json (ways->question, answer, said);
  return g_string_free (said, FALSE);
}

static void
add_try (const Ways *ways, guint set, guint64 frame, GHashTable *known,
         GPtrArray *says, GString *out)
{
  char *said = say (ways, set, frame);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (known, said));

  if (number == 0) {
    g_ptr_array_add (says, said);
    number = says->len;
    g_hash_table_insert (known, said, GUINT_TO_POINTER (number));
  } else {
    g_free (said);
  }
  g_string_append (out, out->str[out->len - 1] == '{' ? "\"" : ",\"");
  for (guint i = 0; i < ways->flag_count; i++)
    g_string_append_c (out, set >> i & 1 ? '1' : '0');
  g_string_append_printf (out, "@0x%" PRIx64 "\":%u", frame, number - 1);
}

void
export_edit_json (const ExportQuestion *question, GString *out)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) says = g_ptr_array_new_with_free_func (g_free);
  Ways ways;

  if (!find_ways (question, &ways))
    return;
  g_string_append (out, ",\n\"tried\":{");
  for (guint f = 0; f < ways.frame_count; f++)
    for (guint set = 0; set < 1u << ways.flag_count; set++)
      add_try (&ways, set, ways.frames[f], known, says, out);
  g_string_append (out, "},\n\"says\":[");
  for (guint i = 0; i < says->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ",\n" : "",
                            (const char *) g_ptr_array_index (says, i));
  g_string_append_c (out, ']');
}
