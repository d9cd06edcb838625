/* Real files that operations of a script or a lesson name.
 *
 * The simulation opens no file. Where an operation says content=NAME and the
 * machine does not know the name, the file of that name beside the script, or
 * in the lesson's folder, is read and brought in. */
#ifndef LESSON_CONTENT_H
#define LESSON_CONTENT_H

#include <glib.h>

#include "machine/machine.h"

/* Reads the bytes of a regular file, at most VM_CONTENT_MOST_BYTES of them;
 * they are copied, never mapped, since a file may shrink meanwhile. NULL, and
 * *why if it is not NULL: translated, to be freed. Free with g_free. */
guint8 *lesson_content_read (const char *path, gboolean follow, gsize *length,
                             char **why);

/* Parses a line as vm_machine_parse does, and brings in the content that it
 * names out of the folder; NULL: out of none. */
gboolean lesson_content_parse (struct vm_machine *machine, const char *folder,
                               const char *line, struct vm_op *op,
                               struct vm_error *error);

#endif
