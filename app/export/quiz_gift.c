/* Quizzes in GIFT, the text format that Moodle and others read.
 *
 *   ::name::[html]What is asked{=right#why ~wrong#why ####in the end}
 *
 * The signs ~ = # { } : and the backslash have a backslash before them where
 * they mean themselves. */
#include "quiz.h"

#include <string.h>

static void
append (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append (out, "\\n");
    else if (strchr ("~=#{}:\\", *p) != NULL)
      g_string_append_printf (out, "\\%c", *p);
    else
      g_string_append_c (out, *p);
}

/* In front of an answer: whether it is right, or what it is worth. */
static void
append_sign (GString *out, const ExportQuizItem *item,
             const ExportQuizAnswer *answer)
{
  char percent[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean choice = item->kind == EXPORT_QUIZ_ONE
                    || item->kind == EXPORT_QUIZ_SEVERAL;

  g_ascii_formatd (percent, sizeof percent, "%.5f", answer->percent);
  if (item->kind == EXPORT_QUIZ_SEVERAL)
    g_string_append_printf (out, "~%%%s%%", percent);
  else if (answer->percent >= 100 || item->kind == EXPORT_QUIZ_PAIRS)
    g_string_append_c (out, '=');
  else
    g_string_append (out, choice ? "~" : "=%0%");
}

static void
append_answer (GString *out, const ExportQuizItem *item,
               const ExportQuizAnswer *answer)
{
  g_string_append (out, "\n  ");
  append_sign (out, item, answer);
  append (out, answer->text);
  if (item->kind == EXPORT_QUIZ_PAIRS) {
    g_string_append (out, " -> ");
    append (out, answer->other);
  }
  if (*answer->feedback != '\0' && item->kind != EXPORT_QUIZ_PAIRS) {
    g_string_append_c (out, '#');
    append (out, answer->feedback);
  }
}

static void
append_item (GString *out, const ExportQuizItem *item)
{
  g_string_append (out, "::");
  append (out, item->name);
  g_string_append (out, "::[html]");
  append (out, item->html);
  g_string_append_c (out, '{');
  if (item->kind == EXPORT_QUIZ_NUMBER)
    g_string_append_c (out, '#');
  for (guint i = 0; i < item->answers->len; i++)
    append_answer (out, item, g_ptr_array_index (item->answers, i));
  if (*item->general != '\0') {
    g_string_append (out, "\n  ####");
    append (out, item->general);
  }
  g_string_append (out, "\n}\n\n");
}

GBytes *
export_quiz_gift (const GPtrArray *items, const char *title)
{
  GString *out = g_string_new ("$CATEGORY: $course$/");
  g_autofree char *category = g_strdup (title);

  /* A line, in which a slash would begin a category below it. */
  g_string_append (out, g_strdelimit (category, "/\n", ' '));
  g_string_append (out, "\n\n");
  for (guint i = 0; i < items->len; i++)
    append_item (out, g_ptr_array_index (items, i));
  return g_string_free_to_bytes (out);
}
