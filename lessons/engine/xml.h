/* Reading XML that may be hostile, and knowing where everything stands. */
#ifndef LESSON_XML_H
#define LESSON_XML_H

#include <libxml/tree.h>

#include "scan.h"

#define LESSON_NAMESPACE "https://pagewalk.github.io/ns/lesson/1"

typedef struct {
  char *data;
  gsize length;
  char *file;
  LessonScan *scan;
  xmlDoc *doc;
} LessonXml;

/* Reads a whole regular file of at most 2 MiB; anything else is a problem
 * about `shown`. NULL on a problem; free with g_free. */
char *lesson_xml_read_file (const char *path, const char *shown, gsize *length,
                            LessonProblems *problems);

/* Parses bytes into a tree: no DTD, no entities but the five that XML has, no
 * network, no other file. NULL and at least one problem if that is impossible.
 * Free with lesson_xml_free. */
LessonXml *lesson_xml_parse (const char *data, gsize length, const char *file,
                             LessonProblems *problems);
void lesson_xml_free (LessonXml *xml);

/* Where an element's '<' stands, and where its contents begin. */
LessonPlace lesson_xml_place (const LessonXml *xml, const xmlNode *element);
LessonPlace lesson_xml_content (const LessonXml *xml, const xmlNode *element);

/* Where the first character of a text node stands that is not blank. */
LessonPlace lesson_xml_text_place (const LessonXml *xml, const xmlNode *text);

/* Where an attribute's name stands, and the character of its value with that
 * byte offset. */
LessonPlace lesson_xml_attribute_place (const LessonXml *xml,
                                        const xmlAttr *attribute);
LessonPlace lesson_xml_value_place (const LessonXml *xml,
                                    const xmlAttr *attribute, gsize offset);

/* The value of an attribute, without making anything of entities. */
const char *lesson_xml_value (const xmlAttr *attribute);

/* True if it is text, however it was written. */
gboolean lesson_xml_is_text (const xmlNode *node);

/* True if it is an element of the lesson language. */
gboolean lesson_xml_is_element (const xmlNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonXml, lesson_xml_free)

#endif
