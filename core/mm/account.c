/* Adds up what an address space has. */
#include "mm/account.h"

#include "mm/swap.h"

static void
add (struct vm_tape *t, const uint64_t *field, int64_t more)
{
  if (more != 0)
    vm_put_u64 (t, field, *field + (uint64_t) more);
}

static const uint64_t *
total_of_class (const struct vm_mm *mm, enum vm_region_class class)
{
  switch (class) {
  case VM_REGION_CODE:
    return &mm->exec_vm;
  case VM_REGION_STACK:
    return &mm->stack_vm;
  case VM_REGION_DATA:
    return &mm->data_vm;
  case VM_REGION_OTHER:
    break;
  }
  return NULL;
}

void
vm_account_region (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_region *region, int64_t more)
{
  const struct vm_mm *mm = &s->mms[region->mm];
  const uint64_t *total
      = total_of_class (mm, vm_region_class_of (region->flags));

  add (t, &mm->total_vm, more);
  if (total != NULL)
    add (t, total, more);
  if (region->flags & VM_REGION_LOCKED)
    add (t, &mm->locked_vm, more);
  if (!(region->flags & VM_REGION_ACCOUNT))
    return;
  add (t, &mm->committed, more);
  add (t, &s->committed, more);
}

void
vm_account_page (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                 enum vm_rss_kind kind, int64_t more)
{
  switch (kind) {
  case VM_RSS_ANON:
    add (t, &s->mms[mm].rss_anon, more);
    return;
  case VM_RSS_FILE:
    add (t, &s->mms[mm].rss_file, more);
    return;
  case VM_RSS_SHARED:
    add (t, &s->mms[mm].rss_shmem, more);
    return;
  }
}

uint64_t
vm_account_limit (const struct vm_state *s)
{
  return (uint64_t) s->config.frames * s->overcommit_ratio / 100
         + vm_swap_total (s);
}

uint64_t
vm_account_all (const struct vm_state *s)
{
  return (uint64_t) s->config.frames + vm_swap_total (s);
}

bool
vm_account_allows (const struct vm_state *s, uint64_t pages)
{
  switch ((enum vm_overcommit_mode) s->overcommit) {
  case VM_OVERCOMMIT_GUESS:
    return pages <= vm_account_all (s);
  case VM_OVERCOMMIT_ALWAYS:
    return true;
  case VM_OVERCOMMIT_NEVER:
    break;
  }
  return s->committed + pages <= vm_account_limit (s);
}
