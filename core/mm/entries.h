/* The entries of an address space that may map a page: finding them, writing
 * them, going from one to the next.
 *
 *   present     the processor uses it
 *   kept        the page is there, but nobody may touch it (PROT_NONE)
 *   swapped     the page is in swap; the entry says where (swap.h)
 *   empty       nothing is there (yet)
 *
 * Page tables say nothing of what should be in an empty entry's place; that is
 * what regions are for. */
#ifndef VM_ENTRIES_H
#define VM_ENTRIES_H

#include "mm/space.h"

/* An entry and where it lies. */
struct vm_entry {
  vm_vaddr va;    /* first address of what it maps, or would map */
  uint32_t level; /* of its table; above 1 and empty: there is no table below */
  uint32_t index;
  vm_paddr pa;
  bool kept;
  uint32_t swapped;  /* number of the slot of swap; 0: it names none */
  struct vm_pte pte; /* of a kept one: as if it were present, but present = 0 */
};

/* True if it names a frame. */
static inline bool
vm_entry_has_page (const struct vm_entry *entry)
{
  return entry->pte.present || entry->kept;
}

static inline bool
vm_entry_is_empty (const struct vm_entry *entry)
{
  return !vm_entry_has_page (entry) && entry->swapped == 0;
}

/* The entry that decides about an address. */
struct vm_entry vm_entry_of (const struct vm_state *s, uint32_t process,
                             vm_vaddr va);

/* The entry of an address in the tables of a level; those that are missing are
 * made. False if no frame is left. */
bool vm_entry_make (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, vm_vaddr va, uint32_t level,
                    struct vm_entry *entry);

/* Writes an entry, told as a step: present if pte says so; kept or swapped if
 * the entry says so; else empty. No TLB hears of it and nothing is counted. */
void vm_entry_write (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_entry *entry);

/* The first entry that is not empty at or above an address and below end.
 * False if there is none. */
bool vm_entry_next (const struct vm_state *s, uint32_t process, uint64_t va,
                    uint64_t end, struct vm_entry *entry);

/* Bytes that an entry of its level maps. */
uint64_t vm_entry_size (const struct vm_state *s, const struct vm_entry *entry);

/* Frees the tables, but for the root, that serve only addresses in
 * [start, end) and hold nothing any more (free_pgtables of mm/memory.c). */
void vm_entry_free_tables (struct vm_tape *t, const struct vm_state *s,
                           uint32_t process, uint64_t start, uint64_t end);

/* Frees all tables of a process, and lets go of whatever they still map. Nobody
 * may use them any more. */
void vm_entry_free_all (struct vm_tape *t, const struct vm_state *s,
                        uint32_t process);

/* Frees all but the top-level tables, which are left empty, but for what they
 * share with all others. */
void vm_entry_empty (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process);

/* Frees the top-level tables of an address space that has no users. */
void vm_entry_free_roots (struct vm_tape *t, const struct vm_state *s,
                          uint32_t mm);

#endif
