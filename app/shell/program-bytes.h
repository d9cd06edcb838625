/* A page of a program's memory, byte for byte. */
#ifndef PW_PROGRAM_BYTES_H
#define PW_PROGRAM_BYTES_H

#include <gtk/gtk.h>

#include "image.h"

/* Shows nothing yet. The image must outlive it. */
GtkWidget *pw_program_bytes_new (ProgramImage *image);

/* Shows the page that holds an address, as in the file; the cursor goes to the
 * row with it. */
void pw_program_bytes_show (GtkWidget *bytes, guint64 address);

#endif
