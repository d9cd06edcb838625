/* A card of the library: one part of the book and its lessons. */
#ifndef PW_PART_CARD_H
#define PW_PART_CARD_H

#include <gtk/gtk.h>

#include "catalog.h"
#include "memory.h"

#define PW_TYPE_PART_CARD (pw_part_card_get_type ())
G_DECLARE_FINAL_TYPE (PwPartCard, pw_part_card, PW, PART_CARD, GtkWidget)

/* Rows activate "win.lesson" with the lesson's identity. The part must live
 * longer. */
GtkWidget *pw_part_card_new (const LessonPart *part);

/* Marks what is finished and where the reader was. */
void pw_part_card_set_progress (PwPartCard *card, const PwMemory *memory);

/* Shows only lessons whose title contains the text, whatever the case; ""
 * shows all. False, and the card hides, if there are none. */
gboolean pw_part_card_filter (PwPartCard *card, const char *text);

#endif
