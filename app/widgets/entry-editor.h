/* One page-table entry to be changed: its frame as a number, its bits as
 * toggles in the colour of its level, and what it then is. */
#ifndef PW_ENTRY_EDITOR_H
#define PW_ENTRY_EDITOR_H

#include <gtk/gtk.h>

#include "question-entry.h"
#include "question.h"

#define PW_TYPE_ENTRY_EDITOR (pw_entry_editor_get_type ())
G_DECLARE_FINAL_TYPE (PwEntryEditor, pw_entry_editor, PW, ENTRY_EDITOR,
                      GtkWidget)

/* Signals: "changed", and "submit": Enter was pressed in the frame. */

/* An editor for an entry that begins as raw. */
GtkWidget *pw_entry_editor_new (const LessonEntryForm *form, guint64 raw);

/* Begins anew with another entry. */
void pw_entry_editor_set (PwEntryEditor *editor, const LessonEntryForm *form,
                          guint64 raw);

/* Changes the entry as words say that the engine has written. */
void pw_entry_editor_write (PwEntryEditor *editor, const char *words);

/* What was changed, in the words of the engine, as it was typed; to be
 * freed. */
char *pw_entry_editor_read (PwEntryEditor *editor);

/* Marks the fields that the verdict finds wrong; NULL marks none. */
void pw_entry_editor_show (PwEntryEditor *editor, const LessonVerdict *verdict);

#endif
