/* One page-table entry, ready to be shown. */
#ifndef CLI_PTE_H
#define CLI_PTE_H

#include "args.h"
#include "mmu/pte.h"

typedef struct {
  const struct vm_geometry *geometry;
  guint level;
  struct vm_pte pte;
  const struct vm_pte_field *fields; /* highest bit first */
  guint field_count;
} CliEntry;

/* Understands the bits of an entry of a level. */
CliEntry cli_entry_decode (const struct vm_geometry *geometry, guint level,
                           guint64 raw);

/* Makes an entry of a level out of the words after the first: "frame=N", flags
 * and "FIELD=N". FALSE, and args->status after a message, if it cannot be. */
gboolean cli_entry_encode (CliArgs *args, const CliUsage *usage,
                           const struct vm_geometry *geometry, guint level,
                           CliEntry *entry);

/* The bits of a field, moved down to bit 0. */
guint64 cli_entry_value (const CliEntry *entry,
                         const struct vm_pte_field *field);

/* Where Linux 6.x says that the page lies, if that is what an entry says that
 * is not present. Only entries of the last level name pages. */
gboolean cli_entry_swap (const CliEntry *entry, struct vm_swap_slot *slot);

/* Prints the entry on standard output: as a JSON object, or as a picture of
 * its bits with what each field means. */
void cli_entry_print_json (const CliEntry *entry);
void cli_entry_print_text (const CliEntry *entry);

#endif
