/* A card of the library: one part of the book and its lessons. */
#ifndef PW_PART_CARD_H
#define PW_PART_CARD_H

#include <gtk/gtk.h>

#include "catalog.h"
#include "standing.h"

#define PW_TYPE_PART_CARD (pw_part_card_get_type ())
G_DECLARE_FINAL_TYPE (PwPartCard, pw_part_card, PW, PART_CARD, GtkWidget)

/* Rows activate "win.lesson" with the lesson's identity. The part must live
 * longer. */
GtkWidget *pw_part_card_new (const LessonPart *part);

/* Says how far each lesson is, and marks the one that was read last (NULL:
 * none). */
void pw_part_card_set_progress (PwPartCard *card, const PwStandings *standings,
                                const char *latest);

/* Shows all rows. */
void pw_part_card_unfold (PwPartCard *card);

/* Says something beside a lesson's title, "" nothing; style is a class that it
 * gets, or NULL. */
void pw_part_card_set_note (PwPartCard *card, const char *lesson,
                            const char *text, const char *style);

#endif
