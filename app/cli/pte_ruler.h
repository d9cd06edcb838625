/* A picture of the bits of a word, a column a field. */
#ifndef CLI_PTE_RULER_H
#define CLI_PTE_RULER_H

#include <glib.h>

#include "mmu/pte.h"

/* The lines of the picture: numbers of bits, labels, values. */
typedef struct {
  GString *lines[3];
} CliRuler;

CliRuler cli_ruler_new (void);

/* Adds the next field to the right. */
void cli_ruler_add (CliRuler *ruler, const struct vm_pte_field *field,
                    const char *label, const char *value);

/* Prints it on standard output, an empty line below it, and frees it. */
void cli_ruler_print (CliRuler *ruler);

#endif
