/* Writes down what the kernel's code was given. */
#include "mm/grant.h"

#include "mm/kernel_layout.h"

static const uint32_t *
chain_of (const struct vm_state *s, uint64_t address)
{
  uint64_t key = (address >> 3) * UINT64_C (0x9e3779b97f4a7c15);

  return &s->grant_chains[key >> 32 & (VM_GRANT_CHAINS - 1)];
}

static bool
is_same (const struct vm_grant *grant, enum vm_grant_kind kind,
         uint64_t address)
{
  return grant->address == address && grant->kind == kind;
}

/* Where the number of a grant stands: its chain, or the one before it. */
static const uint32_t *
place_of (const struct vm_state *s, uint32_t number)
{
  const uint32_t *at = chain_of (s, s->grants[number].address);

  while (*at != number)
    at = &s->grants[*at].next;
  return at;
}

/* The address by which the kernel's code knows it; 0: it has none. */
static uint64_t
address_of (const struct vm_state *s, const struct vm_grant *grant)
{
  uint64_t frame = grant->address >> s->config.page_shift;
  uint64_t offset = grant->address - (frame << s->config.page_shift);
  vm_vaddr va;

  return vm_kernel_address (s, vm_frame_of (frame), &va) ? va.v + offset : 0;
}

static bool
is_held (const struct vm_grant *grant, uint32_t module)
{
  return grant->kind != VM_GRANT_NONE && !grant->leaked
         && grant->module == module;
}

/* An area of vmalloc's that a module still has. */
static bool
is_area_of (const struct vm_vmalloc *area, uint32_t module)
{
  return area->bytes > 0 && !area->leaked && area->owner == module;
}

/* Something is lost. */
static void
leak (struct vm_tape *t, const struct vm_state *s, uint32_t module,
      enum vm_grant_kind kind, uint64_t va, uint64_t bytes)
{
  const struct vm_buddy_counts *c = &s->buddy_counts;

  vm_step_leaf (t, VM_STEP_LEAK,
                (uint64_t[VM_STEP_VALUES]){module, kind, va, bytes});
  vm_put_u64 (t, &c->leaked, c->leaked + 1);
  vm_put_u64 (t, &c->leaked_bytes, c->leaked_bytes + bytes);
}

uint32_t
vm_grant_find (const struct vm_state *s, enum vm_grant_kind kind,
               uint64_t address)
{
  uint32_t number = *chain_of (s, address);

  while (number != 0 && !is_same (&s->grants[number], kind, address))
    number = s->grants[number].next;
  return number;
}

bool
vm_grant_room (const struct vm_state *s)
{
  return s->grant_free != 0 || s->grant_end + 1 < VM_MAX_GRANTS;
}

void
vm_grant_add (struct vm_tape *t, const struct vm_state *s,
              const struct vm_grant *grant)
{
  const uint32_t *chain = chain_of (s, grant->address);
  uint32_t number = s->grant_free;

  if (!vm_grant_room (s)) {
    vm_tape_fail (t, VM_ERROR_TOO_MANY);
    return;
  }
  if (number != 0)
    vm_put_u32 (t, &s->grant_free, s->grants[number].next);
  else {
    number = s->grant_end + 1;
    vm_put_u32 (t, &s->grant_end, number);
  }
  const struct vm_grant *to = &s->grants[number];
  vm_put_u64 (t, &to->address, grant->address);
  vm_put_u64 (t, &to->asked, grant->asked);
  vm_put_u32 (t, &to->module, grant->module);
  vm_put_u32 (t, &to->kind, grant->kind);
  vm_put_u32 (t, &to->order, grant->order);
  vm_put_u32 (t, &to->leaked, 0);
  vm_put_u32 (t, &to->next, *chain);
  vm_put_u32 (t, chain, number);
}

void
vm_grant_drop (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_grant *grant = &s->grants[number];

  vm_put_u32 (t, place_of (s, number), grant->next);
  vm_put_u32 (t, &grant->kind, VM_GRANT_NONE);
  vm_put_u32 (t, &grant->next, s->grant_free);
  vm_put_u32 (t, &s->grant_free, number);
}

uint32_t
vm_grant_count (const struct vm_state *s, uint32_t module)
{
  uint32_t count = 0;

  for (uint32_t i = 1; i <= s->grant_end; i++)
    count += is_held (&s->grants[i], module);
  for (uint32_t i = 1; i < VM_MAX_VMALLOCS; i++)
    count += is_area_of (&s->vmallocs[i], module);
  return count;
}

uint32_t
vm_grant_leak (struct vm_tape *t, const struct vm_state *s, uint32_t module)
{
  uint32_t count = vm_grant_count (s, module);

  for (uint32_t i = 1; i <= s->grant_end && !vm_tape_failed (t); i++) {
    const struct vm_grant *grant = &s->grants[i];
    if (!is_held (grant, module))
      continue;
    leak (t, s, module, (enum vm_grant_kind) grant->kind, address_of (s, grant),
          grant->asked);
    vm_put_u32 (t, &grant->leaked, 1);
  }
  for (uint32_t i = 1; i < VM_MAX_VMALLOCS && !vm_tape_failed (t); i++) {
    const struct vm_vmalloc *area = &s->vmallocs[i];
    if (!is_area_of (area, module))
      continue;
    leak (t, s, module, VM_GRANT_VMALLOC, area->va, area->bytes);
    vm_put_u32 (t, &area->leaked, 1);
  }
  return count;
}
