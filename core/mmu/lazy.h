/* Processors that run a kernel thread, and whose memory they have meanwhile.
 *
 *   process A --switch--> kernel thread --switch--> process A
 *   root of A             root of A: lazy           root of A: was it told of
 *                         (active_mm, borrowed)     all? generation seen = now
 *
 * A kernel thread has no address space (mm is NULL). The kernel's addresses
 * mean the same in all, so the one that is loaded stays, and the thread keeps a
 * reference to it (active_mm, mm_count). No user address is used meanwhile:
 * whoever changes a mapping sends a lazy processor no interrupt. Each change
 * raises the address space's generation; when the processor goes back to it,
 * it compares, and flushes if it has seen less. Only tables that are freed
 * cannot wait: a lazy processor's walk might still read them, so it is
 * interrupted, and gives the address space up for the kernel's own (init_mm).
 *
 * Rules: Linux, arch/x86/mm/tlb.c (switch_mm_irqs_off, enter_lazy_tlb,
 * flush_tlb_func), kernel/sched/core.c (context_switch). Here they hold for all
 * geometries; Linux has this on the x86. */
#ifndef VM_LAZY_H
#define VM_LAZY_H

#include "mmu/flush.h"

/* The running task of a processor and the address space of another one are the
 * same, while it is lazy. */
bool vm_lazy_with (const struct vm_state *s, uint32_t cpu, uint32_t mm);

/* A mapping of an address space changed, which those that use it hear of. Only
 * where it may matter: with several processors, or kernel threads. */
void vm_lazy_raise (struct vm_tape *t, const struct vm_state *s, uint32_t mm);

/* A processor has flushed all that it kept of the changes. */
void vm_lazy_saw (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                  uint32_t mm);

/* The switches that need no new root: to a kernel thread; back to the address
 * space that was kept; to a task that has the same one. False if next is none
 * of them: then nothing was done. */
bool vm_lazy_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                     uint32_t next);

/* Another root was loaded over that of a task that ran before (or VM_NONE),
 * while a kernel thread, if it was one, had it. */
void vm_lazy_over (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                   uint32_t before);

/* Tables of an address space are about to be freed: processor from, which frees
 * them, interrupts those that are lazy with it. */
void vm_lazy_leave (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                    uint32_t from);

#endif
