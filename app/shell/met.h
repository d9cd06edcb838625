/* The misconceptions that a reader has met, most often first. */
#ifndef PW_MET_H
#define PW_MET_H

#include "catalog.h"
#include "store.h"

typedef struct {
  char *text;  /* what is said to a reader who has it, translated */
  char *title; /* of the lesson where it was met, translated */
  char *uri;   /* the place of the question where it was met last */
  guint count;
} PwMet;

/* At most so many, of PwMet; those of lessons that cannot be read are left out.
 * Free with g_ptr_array_unref. */
GPtrArray *pw_met_new (ProgressStore *store, const LessonCatalog *catalog,
                       guint most);

#endif
