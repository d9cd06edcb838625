/* The invariants of the page cache, of dirty pages, of the files' blocks and of
 * open files. */
#ifndef VM_CHECK_CACHE_H
#define VM_CHECK_CACHE_H

#include "machine/check.h"

/* True after every operation; else *report says what is wrong. */
bool vm_check_cache (const struct vm_state *s, struct vm_check_report *report);

#endif
