/* The rules of a lesson's form: which attributes and children an element may
 * have. Each rule is a row of a table; what breaks one becomes a problem that
 * says what would be right. */
#ifndef LESSON_LOADER_H
#define LESSON_LOADER_H

#include "xml.h"

struct _LessonNumbers;

typedef struct {
  LessonXml *xml;
  LessonProblems *problems;
  GHashTable *ids;                      /* every id of the lesson -> its line */
  const struct _LessonNumbers *numbers; /* of an exercise; else NULL */
  guint repeated; /* operations of an exercise that repetition has made */
} LessonLoader;

/* An attribute that an element may have; tables end with a NULL name. */
typedef struct {
  const char *name;
  gboolean required;
} LessonAttributeRule;

/* A child that an element may have; tables end with a NULL name. Children
 * come in ascending rank. */
typedef struct {
  const char *name;
  guint rank;
  guint least, most; /* most 0: any number */
} LessonChildRule;

#define LESSON_MAX_RULES 16

void lesson_loader_problem (LessonLoader *loader, LessonPlace place,
                            const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Checks an element's attributes. found[i] is that of rules[i], or NULL. */
void lesson_loader_attributes (LessonLoader *loader, xmlNode *element,
                               const LessonAttributeRule *rules,
                               xmlAttr **found);

/* Checks an element's children. What may not be there is reported, and
 * skipped by lesson_loader_next. */
void lesson_loader_children (LessonLoader *loader, xmlNode *element,
                             const LessonChildRule *rules);

/* Reports an element that may not stand where it does. */
void lesson_loader_refuse (LessonLoader *loader, const xmlNode *child,
                           const LessonChildRule *rules);

/* The first child that rules allow, and the one after `child`; NULL at the
 * end. */
xmlNode *lesson_loader_first (const xmlNode *element,
                              const LessonChildRule *rules);
xmlNode *lesson_loader_next (const xmlNode *child,
                             const LessonChildRule *rules);

/* Reports every child of an element that must be empty. */
void lesson_loader_empty (LessonLoader *loader, xmlNode *element);

gboolean lesson_loader_named (const xmlNode *element, const char *name);

/* Attributes as values. NULL (or the fallback) if it is missing, and after a
 * problem. Strings are to be freed with g_free. */
char *lesson_loader_string (const xmlAttr *attribute);
char *lesson_loader_name (LessonLoader *loader, const xmlAttr *attribute);
char *lesson_loader_id (LessonLoader *loader, const xmlAttr *attribute);
guint64 lesson_loader_number (LessonLoader *loader, const xmlAttr *attribute,
                              guint64 low, guint64 high, guint64 fallback);

/* The position of the value in words, a NULL-terminated list; 0 after a
 * problem. */
guint lesson_loader_word (LessonLoader *loader, const xmlAttr *attribute,
                          const char *const *words);

/* A query that can be read; see query.h. */
char *lesson_loader_query (LessonLoader *loader, const xmlAttr *attribute);

/* The same where a variable is known; NULL for none. */
char *lesson_loader_query_with (LessonLoader *loader, const xmlAttr *attribute,
                                const char *variable);

#endif
