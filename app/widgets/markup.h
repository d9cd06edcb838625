/* A lesson's inline text as labels show it. */
#ifndef PW_MARKUP_H
#define PW_MARKUP_H

#include <gtk/gtk.h>

#include "document.h"

/* The text as Pango markup, to be freed with g_free; "" for NULL. */
char *pw_markup_of (const LessonText *text);

/* True if a run that could be a link leads somewhere. */
typedef gboolean (*PwMarkupLeads) (const LessonRun *run, gconstpointer data);

/* The same with links: to other places, whose address is that of
 * lesson_see_uri, and to words of the glossary, which begin with
 * PW_MARKUP_TERM. */
#define PW_MARKUP_SEE "pagewalk:"
#define PW_MARKUP_TERM "term:"
char *pw_markup_with_links (const LessonText *text, PwMarkupLeads leads,
                            gconstpointer data);

/* Where, in bytes, the first link with an address stands in a label that shows
 * the text. False if there is none. */
gboolean pw_markup_find_link (const LessonText *text, const char *uri,
                              int *start, int *end);

/* A label for a paragraph: it wraps, and its text can be selected with the
 * mouse. NULL gives an empty one. */
GtkWidget *pw_markup_label_new (const LessonText *text);

/* The same that names or titles something: not selectable. */
GtkWidget *pw_markup_title_new (const LessonText *text);

#endif
