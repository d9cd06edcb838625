/* From what lies somewhere back to its address in a program that was
 * executed. */
#ifndef CLI_ELF_BACK_H
#define CLI_ELF_BACK_H

#include "elf_entry.h"
#include "image.h"
#include "load.h"
#include "report.h"

/* What is asked about: one of these; the others are NULL. */
typedef struct {
  const char *address;
  const char *offset;  /* of a byte of the program's file */
  const char *symbol;  /* its name */
  const char *section; /* likewise */
  const char *frame;   /* its number */
  const char *entry;   /* where a page-table entry lies in memory */
} CliElfBack;

gboolean cli_elf_back_asks (const CliElfBack *back);

/* Appends each address where it lies to addresses (guint64). What is wrong, or
 * that it lies nowhere, is said on standard error. */
CliStatus cli_elf_back (const char *file, const ProgramRun *run,
                        const CliElfBack *back, GArray *addresses);

/* True if it is asked about an entry that names a table: sets it. */
gboolean cli_elf_back_table (const ProgramRun *run, const CliElfBack *back,
                             CliElfEntry *entry);

/* The address, as in the file, of a section by its name. FALSE: there is none,
 * or it is not part of the program in memory. */
gboolean cli_elf_section_named (const struct vm_elf *elf, const char *name,
                                guint64 *address);

#endif
