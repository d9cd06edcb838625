/* Answers as comma-separated values. */
#include "csv.h"

#include <string.h>

static const char header[] = "time,lesson,question,exercise,seed,answer,mark,"
                             "right,total,misconception,seconds\r\n";

void
progress_csv_field (GString *csv, const char *text)
{
  if (text == NULL)
    return;
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (csv, text);
    return;
  }
  g_string_append_c (csv, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *p);
  }
  g_string_append_c (csv, '"');
}

char *
progress_time_text (gint64 microseconds)
{
  g_autoptr (GDateTime) time
      = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);

  return time == NULL ? g_strdup ("")
                      : g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

static void
append_field (GString *csv, const char *text)
{
  progress_csv_field (csv, text);
  g_string_append_c (csv, ',');
}

static void
append_answer (GString *csv, const ProgressAnswer *answer)
{
  g_autofree char *time = progress_time_text (answer->time);
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  append_field (csv, time);
  append_field (csv, answer->lesson);
  append_field (csv, answer->question);
  append_field (csv, answer->generator);
  if (answer->generator != NULL)
    g_string_append_printf (csv, "%" G_GUINT64_FORMAT, answer->seed);
  g_string_append_c (csv, ',');
  append_field (csv, answer->answer);
  append_field (csv, lesson_mark_name (answer->mark));
  g_string_append_printf (csv, "%u,%u,", answer->right, answer->total);
  append_field (csv, answer->misconception);
  g_string_append (
      csv, g_ascii_formatd (seconds, sizeof seconds, "%.1f", answer->seconds));
  g_string_append (csv, "\r\n");
}

char *
progress_csv (const GPtrArray *answers)
{
  GString *csv = g_string_new (header);

  for (guint i = 0; i < answers->len; i++)
    append_answer (csv, answers->pdata[i]);
  return g_string_free (csv, FALSE);
}
