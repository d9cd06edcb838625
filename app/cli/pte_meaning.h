/* What each field of a page-table entry means, in words. */
#ifndef CLI_PTE_MEANING_H
#define CLI_PTE_MEANING_H

#include "pte.h"

/* What the value of a field of the entry means: a sentence, translated. */
char *cli_field_meaning (const CliEntry *entry,
                         const struct vm_pte_field *field);

#endif
