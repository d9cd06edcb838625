/* A lesson's steps as sentences: plain text. */
#include "transcript.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static void
add_heading (GString *out, const LessonText *text, char line)
{
  g_autofree char *plain = lesson_text_plain (text);
  glong letters = g_utf8_strlen (plain, -1);

  g_string_append_printf (out, "%s\n", plain);
  for (glong i = 0; i < letters; i++) {
    g_string_append_c (out, line);
    if (g_unichar_iswide (
            g_utf8_get_char (g_utf8_offset_to_pointer (plain, i))))
      g_string_append_c (out, line);
  }
  g_string_append_c (out, '\n');
}

/* The beat that begins with this step, or NULL. */
static const LessonBeatRange *
beginning_at (const LessonPlay *play, guint64 step)
{
  for (guint i = 0; i < play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, i);
    if (range->first_step + 1 == play->first_step + step)
      return range;
  }
  return NULL;
}

static void
add_step (GString *out, const LessonPlay *play, guint64 step)
{
  const struct vm_step *one
      = step > 0 ? vm_machine_step (play->machine, play->first_step + step - 1)
                 : NULL;
  int indent = one != NULL ? 2 * (int) one->depth : 0;
  g_autofree char *sentence = export_sentence (play);
  g_autofree char *more = export_more (play);

  g_string_append_printf (out, "%5" PRIu64 "  %*s%s\n", step, indent, "",
                          sentence);
  if (more != NULL)
    g_string_append_printf (out, "       %*s%s\n", indent, "", more);
}

static gboolean
add_steps (GString *out, const ExportJob *job, const GArray *steps,
           GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    guint64 step = g_array_index (steps, guint64, i);
    const LessonBeatRange *range = beginning_at (job->play, step);
    if (range != NULL) {
      g_string_append_c (out, '\n');
      add_heading (out, range->beat->title, '-');
    }
    if (!export_seek (job->play, step, error)
        || !export_progress (job, (double) i / steps->len, error))
      return FALSE;
    add_step (out, job->play, step);
  }
  return TRUE;
}

GBytes *
export_transcript (const ExportJob *job, const GArray *steps, GError **error)
{
  guint64 cursor = vm_machine_cursor (job->play->machine);
  g_autoptr (GString) out = g_string_new (NULL);

  add_heading (out, job->play->document->title, '=');
  g_string_append_c (out, '\n');
  gboolean good = add_steps (out, job, steps, error);
  vm_machine_seek (job->play->machine, cursor);
  return good ? g_string_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
