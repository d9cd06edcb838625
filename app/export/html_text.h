/* Text as HTML, and as strings of a script in it. */
#ifndef EXPORT_HTML_TEXT_H
#define EXPORT_HTML_TEXT_H

#include "run.h" /* of the lesson engine */

/* Text that means itself: no character of it is markup. */
void export_html_escaped (GString *out, const char *text);

/* A lesson's inline text; NULL gives nothing. Ways to a place of this lesson
 * are links (play tells where it is), ways to others and to the web are
 * words. play may be NULL: then there are no links. */
void export_html_inline (GString *out, LessonPlay *play,
                         const LessonText *text);

/* The same as a string of its own, to be freed. */
char *export_html_of (LessonPlay *play, const LessonText *text);

/* A string as JSON, quotes included, that cannot end the script it stands
 * in. */
void export_json_string (GString *out, const char *text);

/* `"name":` and a string; NULL: null. */
void export_json_member (GString *out, const char *name, const char *text);

#endif
