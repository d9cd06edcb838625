/* "Programs": what an ELF file says, what the kernel makes of it, and its
 * loading as a lesson, step by step. */
#ifndef PW_PROGRAM_PAGE_H
#define PW_PROGRAM_PAGE_H

#include <gtk/gtk.h>

#define PW_TYPE_PROGRAM_PAGE (pw_program_page_get_type ())
G_DECLARE_FINAL_TYPE (PwProgramPage, pw_program_page, PW, PROGRAM_PAGE,
                      GtkWidget)

/* What is to be seen step by step becomes a lesson's file, which "win.lesson"
 * opens. */
GtkWidget *pw_program_page_new (void);

/* Describes a file, as if the reader had chosen it. */
void pw_program_page_open (PwProgramPage *page, const char *path);

#endif
