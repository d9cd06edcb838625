/* What a verdict looks like, and what is said about it. */
#ifndef PW_VERDICT_H
#define PW_VERDICT_H

#include <gtk/gtk.h>

#include "question.h"

/* The looks of each mark: sign, style class, first words. */
typedef struct {
  const char *icon, *style, *words;
} PwVerdictLook;

PwVerdictLook pw_verdict_look (LessonMark mark);

/* The line of feedback as markup: the first words, the key if it is told, and
 * why (markup, or NULL). in_place: who was not sure sees the answer in its own
 * place. To be freed with g_free. */
char *pw_verdict_markup (const LessonVerdict *verdict, gboolean in_place,
                         const char *why);

/* A row for a part that is wrong, with what shows it. */
GtkWidget *pw_verdict_part_new (const LessonAnswerPart *part);

#endif
