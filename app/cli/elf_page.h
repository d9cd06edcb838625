/* The bytes of a page of a program, each with where it comes from. */
#ifndef CLI_ELF_PAGE_H
#define CLI_ELF_PAGE_H

#include "image.h"

/* Prints the page that holds an address, as in the file. */
void cli_elf_show_page (ProgramImage *image, guint64 address, gboolean json);

#endif
