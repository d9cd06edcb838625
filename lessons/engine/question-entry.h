/* A page-table entry in words: "+rw -user frame=0x2b". */
#ifndef LESSON_QUESTION_ENTRY_H
#define LESSON_QUESTION_ENTRY_H

#include <glib.h>

#include "machine/machine.h"

/* Which entry the words are about. */
typedef struct {
  const struct vm_geometry *geometry;
  guint level;
} LessonEntryForm;

/* Changes the entry *raw as the words say: +NAME and -NAME set and clear a bit,
 * NAME=N a wider field, frame=N the frame, entry=N or a number alone the
 * whole, and "unchanged" nothing. False and *why (translated, to be freed) if
 * they cannot be read. */
gboolean lesson_entry_read (const LessonEntryForm *form, const char *words,
                            guint64 *raw, char **why);

/* The words that lead from one entry to another; to be freed. */
char *lesson_entry_words (const LessonEntryForm *form, guint64 from,
                          guint64 to);

/* The fields of an entry with these bits, highest first, and their number. */
const struct vm_pte_field *lesson_entry_fields (const LessonEntryForm *form,
                                                guint64 raw, guint *count);

/* The bits that a field takes in the entry. */
guint64 lesson_field_mask (const struct vm_pte_field *field);

/* A bit that is offered to be changed: reserved and ignored ones have no
 * letters. */
gboolean lesson_field_is_flag (const struct vm_pte_field *field);

/* What a field is called in full, translated: "may be written". */
const char *lesson_field_title (const struct vm_pte_field *field);

/* Sets the frame that an entry names; false if it cannot hold that one. */
gboolean lesson_entry_set_frame (const LessonEntryForm *form, guint64 frame,
                                 guint64 *raw);

/* The frame that an entry names. */
guint64 lesson_entry_frame (const LessonEntryForm *form, guint64 raw);

#endif
