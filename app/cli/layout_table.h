/* The kernel's half as a table, for people and as JSON. */
#ifndef CLI_LAYOUT_TABLE_H
#define CLI_LAYOUT_TABLE_H

#include "json.h"
#include "mm/kernel_layout.h"

/* The members of a layout: versions, constants, ranges. */
void cli_layout_write (CliJson *json, const struct vm_kernel_layout *layout);

/* The same as lines. */
void cli_layout_print (const struct vm_kernel_layout *layout);

/* What an address is, and its physical address or why it has none. */
void cli_layout_write_address (CliJson *json,
                               const struct vm_kernel_layout *layout,
                               guint64 address);
void cli_layout_print_address (const struct vm_kernel_layout *layout,
                               guint64 address);

#endif
