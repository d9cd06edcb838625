/* Grants: what the kernel's code was given and has not given back.
 *
 *   module pagemem   1 page at 0x33211000, 128 bytes at 0x1581e700, ...
 *                    rmmod: whatever is still here, nobody can free any more
 *
 * Linux remembers no such thing, unless it was built to look for leaks
 * (mm/kmemleak.c); its allocators work without. Here every one is written
 * down. What vmalloc gave, its areas say themselves (vmalloc.h). */
#ifndef VM_GRANT_H
#define VM_GRANT_H

#include "tape/tape.h"

/* The number of the grant of a kind at a physical address; 0: there is none. */
uint32_t vm_grant_find (const struct vm_state *s, enum vm_grant_kind kind,
                        uint64_t address);

/* Can one more be written down? */
bool vm_grant_room (const struct vm_state *s);

/* Writes a grant down; the tape fails (VM_ERROR_TOO_MANY) if there is no room.
 * asked is in bytes, module a name or VM_NONE; order says how many frames, or
 * which slab. */
void vm_grant_add (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_grant *grant);

/* Strikes one out. */
void vm_grant_drop (struct vm_tape *t, const struct vm_state *s,
                    uint32_t number);

/* Grants of a module that it still has. */
uint32_t vm_grant_count (const struct vm_state *s, uint32_t module);

/* A module goes: what it still has is lost, each told as a step. Returns how
 * many. */
uint32_t vm_grant_leak (struct vm_tape *t, const struct vm_state *s,
                        uint32_t module);

#endif
