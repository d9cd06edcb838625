/* A look at the raw bytes of an XML file before a parser sees them: refuses
 * what no lesson needs, and notes where every tag and attribute begins.
 *
 * libxml2 knows no columns, gives the last line of a tag that is wrapped, and
 * can be made to work for minutes by files that are small and well formed. So
 * the bounds are enforced here, and the n-th start tag found here is the n-th
 * element found there. */
#ifndef LESSON_SCAN_H
#define LESSON_SCAN_H

#include "document.h"

#define LESSON_MAX_BYTES (2u * 1024 * 1024)
#define LESSON_MAX_TAG_BYTES (16u * 1024)
#define LESSON_MAX_ATTRIBUTES 32u /* of one tag */
#define LESSON_MAX_NODES 100000u  /* elements, texts, two for an attribute */
#define LESSON_MAX_DEPTH 64u
#define LESSON_MAX_PREFIXES 16u /* namespace prefixes declared in a file */

typedef struct {
  gsize name, name_length; /* byte offset of the element's name */
  LessonPlace begin;       /* of its '<' */
  LessonPlace content;     /* behind its '>' */
  LessonPlace after;       /* behind its end tag */
  guint attributes;        /* index of its first attribute */
  guint attribute_count;   /* without xmlns declarations */
} LessonScanTag;

typedef struct {
  LessonPlace name;
  LessonPlace value;         /* behind the quote */
  gsize value_at, value_end; /* byte offsets of the raw value */
} LessonScanAttribute;

typedef struct {
  GArray *tags;       /* of LessonScanTag, in order of their start tags */
  GArray *attributes; /* of LessonScanAttribute */
} LessonScan;

/* Scans data. NULL and a problem if it must not reach the parser. The scan is
 * no proof that it is well formed. Free with lesson_scan_free. */
LessonScan *lesson_scan_new (const char *data, gsize length, const char *file,
                             LessonProblems *problems);
void lesson_scan_free (LessonScan *scan);

/* True if the first element, behind declarations and comments, has that name;
 * nothing else of the file is looked at. */
gboolean lesson_scan_begins (const char *data, gsize length, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonScan, lesson_scan_free)

#endif
