/* The steps that policies tell, where there is a tape. */
#ifndef VM_POLICY_TELL_H
#define VM_POLICY_TELL_H

#include "policy/pool.h"

/* A step about the page in a frame; what a and b are follows from the kind. */
VM_ALWAYS_INLINE void
vm_tell_page (struct vm_tape *t, const struct vm_pool *p,
              enum vm_step_kind kind, uint32_t frame, uint64_t a, uint64_t b)
{
  if (t != NULL)
    vm_step_leaf (t, kind,
                  (uint64_t[VM_STEP_VALUES]){p->record->name, p->pages[frame],
                                             frame, p->record->policy, a, b});
}

/* A step about a page that is remembered, or was. */
VM_ALWAYS_INLINE void
vm_tell_ghost (struct vm_tape *t, const struct vm_pool *p,
               enum vm_step_kind kind, uint64_t page, uint32_t list)
{
  if (t != NULL)
    vm_step_leaf (t, kind,
                  (uint64_t[VM_STEP_VALUES]){p->record->name, page, list,
                                             p->record->policy});
}

/* A step about the pool as a whole. */
VM_ALWAYS_INLINE void
vm_tell_pool (struct vm_tape *t, const struct vm_pool *p,
              enum vm_step_kind kind, uint64_t a, uint64_t b)
{
  if (t != NULL)
    vm_step_leaf (
        t, kind,
        (uint64_t[VM_STEP_VALUES]){p->record->name, a, b, p->record->policy});
}

#endif
