/* One entry of a program's page tables, of any level. */
#ifndef CLI_ELF_ENTRY_H
#define CLI_ELF_ENTRY_H

#include "load.h"
#include "mmu/pte.h"
#include "report.h"

typedef struct {
  guint level; /* of its table; 1 is the last */
  guint index;
  guint64 pa;          /* where it lies */
  guint64 first, last; /* addresses that it decides about */
  struct vm_pte pte;
} CliElfEntry;

/* The entry whose bytes hold a physical address. FALSE: no table of the process
 * lies there. */
gboolean cli_elf_entry_at (const ProgramRun *run, guint64 pa,
                           CliElfEntry *entry);

/* True if it names a page, or would: what it decides about is one page. */
gboolean cli_elf_entry_is_page (const CliElfEntry *entry);

/* Says what an entry that names a table says. */
void cli_elf_entry_tell (const ProgramRun *run, const CliElfEntry *entry,
                         gboolean json);

#endif
