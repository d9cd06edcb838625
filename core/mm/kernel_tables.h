/* What the kernel's documentation says of 64-bit layouts, written down. */
#ifndef VM_KERNEL_TABLES_H
#define VM_KERNEL_TABLES_H

#include "mm/kernel_layout.h"

#define VM_KERNEL_TABLE_ROWS 24

/* A table of the documentation: ranges with a name, ascending. What lies
 * between them is unused, or not canonical. */
struct vm_kernel_table {
  enum vm_geometry_id geometry;
  uint32_t since, until; /* Linux; until 0: the newest */
  struct vm_kernel_range rows[VM_KERNEL_TABLE_ROWS]; /* ends with last 0 */
};

/* The n-th table; NULL: there is no further one. Of one geometry the oldest
 * comes first. */
const struct vm_kernel_table *vm_kernel_table (uint32_t n);

#endif
