/* Strings of references as they are written: 7,0,1w,0x2 … */
#ifndef CLI_REFERENCES_H
#define CLI_REFERENCES_H

#include <glib.h>

#include "policy/string.h"

/* The longest word that can be a reference. */
#define CLI_REFERENCE_WORD 31

/* An empty list of struct vm_reference, to be freed with g_array_unref. */
GArray *cli_references_new (void);

/* Adds the references in a text: page numbers, decimal or 0x hexadecimal, with
 * a w behind those of writes; commas, semicolons and white space between them.
 * FALSE and *why, translated and to be freed, if something else stands there.
 */
gboolean cli_references_parse (GArray *references, const char *text,
                               char **why);

/* Adds the references in a file, or on standard input for "-". What follows a
 * "#" on a line is a comment. FALSE, *why and *line, which is 0 if the file
 * cannot be read, if something is wrong. */
gboolean cli_references_read (GArray *references, const char *name,
                              guint64 *line, char **why);

#endif
