/* What the bits of a page-table entry mean, as a table that a script can look
 * up. */
#ifndef EXPORT_HTML_ENTRY_H
#define EXPORT_HTML_ENTRY_H

#include <glib.h>

#include "mmu/pte.h"

/* What an entry keeps from being done. Rights of tables and page add up. */
enum {
  EXPORT_NO_READ = 1 << 0,
  EXPORT_NO_WRITE = 1 << 1,
  EXPORT_NO_USER = 1 << 2,
  EXPORT_NO_EXECUTE = 1 << 3,
  EXPORT_NO_KERNEL_EXECUTE = 1 << 4,
  EXPORT_NOT_ACCESSED = 1 << 5, /* of a page, where that is not for the */
  EXPORT_NOT_DIRTY = 1 << 6,    /* processor to note */
  EXPORT_DENIALS = 1 << 7
};

/* Appends `"bits":[0,1,7],"rows":[0,0,1,…],"ways":[[now,no,bad,[[from,count,
 * to],…]],…]` of the entries of a level. `bits` are those that decide; their
 * values make the number of a row, the first the lowest, and the row names a
 * way. `now` is 0 if such an entry is not present, 1 if it names a table, 2 if
 * it maps a page, 3 if it is reserved; `no` is made of the bits above; `bad`
 * (hexadecimal) are bits that must be 0; the runs say which bits of the entry
 * are which of the frame's number. */
void export_entry_json (const struct vm_geometry *g,
                        const struct vm_config *config, guint level,
                        GString *out);

#endif
