/* Groups of rows that say what an ELF file says. */
#ifndef PW_PROGRAM_FACTS_H
#define PW_PROGRAM_FACTS_H

#include <gtk/gtk.h>

#include "image.h"

/* The header, what it asks of the dynamic linker, its notes. Libraries and the
 * interpreter are looked for below `root` (NULL: nowhere). */
GtkWidget *pw_program_header_new (const ProgramImage *image, const char *root);

/* The mappings, with every rounding. */
GtkWidget *pw_program_plan_new (const ProgramImage *image);

/* What is wrong with the file; NULL: nothing. */
GtkWidget *pw_program_problems_new (const ProgramImage *image);

/* A field for an address, the name of a symbol or a section, or a byte of the
 * file ("@0x1052"), which says what lies there, and shows its page. The image
 * must outlive it. */
GtkWidget *pw_program_lookup_new (ProgramImage *image);

#endif
