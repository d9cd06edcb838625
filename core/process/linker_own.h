/* What the dynamic loader takes for itself on its way, in its order. Each is
 * false if the kernel refuses, or the host gives no memory. */
#ifndef VM_LINKER_OWN_H
#define VM_LINKER_OWN_H

#include "process/linker_parts.h"

/* Before the first library is looked for. */
bool vm_link_own_begin (struct vm_linking *l);

/* For the folders that need->by wants its needs to be looked for in, when that
 * is done for the first time; *there: the library lies in one of them. */
bool vm_link_own_folders (struct vm_linking *l, const struct vm_link_need *need,
                          bool *there);

/* For a library that is about to be mapped; for the list of an object's
 * needs. */
bool vm_link_own_object (struct vm_linking *l, const struct vm_link_need *need);
bool vm_link_own_needs (struct vm_linking *l, uint32_t needs);

/* Once all objects are there: lists, versions, the first thread's block. */
bool vm_link_own_lists (struct vm_linking *l);

/* Once all are relocated: tables of symbols and of addresses. */
bool vm_link_own_tables (struct vm_linking *l);

#endif
