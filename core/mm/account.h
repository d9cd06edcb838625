/* The totals of an address space, kept true by everything that changes one. */
#ifndef VM_ACCOUNT_H
#define VM_ACCOUNT_H

#include "mm/region.h"

/* How many pages of promised memory the kernel lets be promised
 * (/proc/sys/vm/overcommit_memory). */
enum vm_overcommit_mode {
  VM_OVERCOMMIT_GUESS,  /* 0: refuses only what exceeds all memory at once */
  VM_OVERCOMMIT_ALWAYS, /* 1: refuses nothing */
  VM_OVERCOMMIT_NEVER   /* 2: no more than a share of memory in all */
};

/* Which of an address space's resident pages a page counts as. */
enum vm_rss_kind { VM_RSS_ANON, VM_RSS_FILE, VM_RSS_SHARED };

/* `more` pages (which may be negative) of a region's kind: total_vm, data_vm,
 * exec_vm, stack_vm, locked_vm, and what overcommit counts. */
void vm_account_region (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_region *region, int64_t more);

/* One resident page more (1) or less (-1) in an address space. */
void vm_account_page (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                      enum vm_rss_kind kind, int64_t more);

/* True if so many pages more may be promised (__vm_enough_memory of
 * mm/util.c); nothing is held back for root. */
bool vm_account_allows (const struct vm_state *s, uint64_t pages);

/* Pages that memory and swap together can hold. */
uint64_t vm_account_all (const struct vm_state *s);

/* Pages that mode 2 would promise in all: a share of memory, and swap. */
uint64_t vm_account_limit (const struct vm_state *s);

/* Pages that are resident. */
static inline uint64_t
vm_account_rss (const struct vm_mm *mm)
{
  return mm->rss_anon + mm->rss_file + mm->rss_shmem;
}

#endif
