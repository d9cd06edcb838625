/* What the labels of a lesson's prose need: to follow links, to explain words.
 */
#ifndef PW_READING_H
#define PW_READING_H

#include <gtk/gtk.h>

#include "catalog.h"
#include "palette.h"
#include "run.h"

/* Called when the reader follows a link to another place; uri is that of
 * lesson_see_uri. */
typedef void (*PwFollow) (const char *uri, gpointer data);

typedef struct {
  LessonPlay *play;             /* of the lesson that is read */
  const LessonCatalog *catalog; /* for words of other lessons; may be NULL */
  const ScenePalette *palette;  /* that figures are painted with; NULL: light */
  PwFollow follow;
  gpointer data;
} PwReading;

/* A label for a paragraph, with links and words that explain themselves: on
 * the pointer resting there, and in full when they are chosen. The reading
 * must outlive it. */
GtkWidget *pw_reading_label_new (const PwReading *reading,
                                 const LessonText *text);

#endif
