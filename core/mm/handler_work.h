/* What the two halves of the page-fault handler that look for a page, the one
 * for memory without a file and the one for files, do together. */
#ifndef VM_HANDLER_WORK_H
#define VM_HANDLER_WORK_H

#include "mm/handler_pages.h"

/* What one fault is worked out from. */
struct vm_work {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_fault_case *what;
  uint32_t number; /* of the region */
  const struct vm_region *region;
  struct vm_entry entry;
};

/* Says what was asked and how it was answered; returns the answer. */
bool vm_work_ask (const struct vm_work *w, enum vm_question question,
                  bool answer, uint64_t value);

/* The ends: no frame is left; and it is done. */
struct vm_handled vm_work_out_of_memory (const struct vm_work *w);
struct vm_handled vm_work_done (const struct vm_work *w, enum vm_action action,
                                uint64_t frame, uint64_t pages, bool major);

/* Frames for anonymous memory, which the region needs an anon_vma for. */
bool vm_work_take_anonymous (const struct vm_work *w, uint32_t frames,
                             vm_frame *frame);

/* Puts a frame into the entry; own: with the reference that the caller has. */
void vm_work_put_page (struct vm_work *w, vm_frame frame, bool writable,
                       bool dirty, bool own);

/* The region maps a file, and the entry is empty (do_fault). */
struct vm_handled vm_handle_file_page (struct vm_work *w);

/* A page of a file has been, or will be, written by way of an entry: it is
 * dirty, and there may be too many of them (fault_dirty_shared_page). */
void vm_handle_file_dirty (const struct vm_work *w, uint64_t frame);

#endif
