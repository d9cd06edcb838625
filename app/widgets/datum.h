/* What there is to say about an item of a still: its number, where it lies,
 * and which steps changed it. */
#ifndef PW_DATUM_H
#define PW_DATUM_H

#include "run.h"
#include "scene.h"

typedef struct {
  char *name, *detail;          /* detail: or NULL */
  char *hex, *decimal, *binary; /* NULL: it is not one number */
  GPtrArray *fields;            /* names and values in turn, or NULL */
  char *where;                  /* where in the machine it lies, or NULL */
  GPtrArray *referrers;         /* who refers to it, in sentences, or NULL */
  char *changed;                /* which step changed it last, or NULL */
  guint64 why, next;            /* cursors just after the steps that changed it
                                   last and will change it next */
  const char *no_why, *no_next; /* why there is none, translated; or NULL */
} PwDatum;

/* Describes an item of a still of a lesson; the machine's cursor is left where
 * it was. Free with pw_datum_free. */
PwDatum *pw_datum_new (LessonPlay *play, const SceneStill *still,
                       const SceneItem *item);
void pw_datum_free (PwDatum *datum);

/* The number, or the text, that "Copy value" copies, and the sentence that
 * "Copy sentence" copies; to be freed with g_free. */
char *pw_datum_value (const PwDatum *datum);
char *pw_datum_sentence (const PwDatum *datum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PwDatum, pw_datum_free)

#endif
