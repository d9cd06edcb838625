/* What stands before and behind a lesson's sections, folded away. */
#ifndef PW_FOLDED_H
#define PW_FOLDED_H

#include "reading.h"

/* Adds a list of texts below the others in a box; nothing if it is empty. */
void pw_folded_add_list (GtkWidget *box, const PwReading *reading,
                         const char *title, const GPtrArray *items);

/* Adds the words that the lesson defines, where to read on, its sources, and
 * the way to what its teacher is told. */
void pw_folded_add_back (GtkWidget *box, const PwReading *reading);

#endif
