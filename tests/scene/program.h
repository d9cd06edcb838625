/* A small program that scenarios can load. */
#ifndef TEST_PROGRAM_H
#define TEST_PROGRAM_H

#include <glib.h>

#define PROGRAM_NAME "program"

/* An ELF file for x86-64: four segments, bss, a few sections and symbols. */
GBytes *program_new (void);

#endif
