/* Translation without pages. */
#include "mmu/bounds.h"

#include "mmu/fault.h"

/* Both registers as they should be for a process. */
static uint64_t
base_of (const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];

  return image->place == VM_IMAGE_MEMORY ? image->base : 0;
}

static uint64_t
limit_of (const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];

  return image->place == VM_IMAGE_MEMORY ? image->size : 0;
}

static void
load_registers (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                uint32_t process)
{
  const struct vm_cpu *c = &s->cpus[cpu];

  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_leaf (t, VM_STEP_BOUNDS_LOAD,
                (uint64_t[VM_STEP_VALUES]){process, base_of (s, process),
                                           limit_of (s, process)});
  vm_put_u64 (t, &c->base, base_of (s, process));
  vm_put_u64 (t, &c->limit, limit_of (s, process));
}

/* Does the address belong to the kernel: its own frame, or a page table? */
static bool
is_kernels (const struct vm_state *s, uint64_t pa)
{
  uint64_t frame = pa >> s->config.page_shift;

  if (frame >= s->config.frames)
    return false;
  /* What is no RAM belongs to nobody. */
  if (s->frames[frame].flags & VM_FRAME_RESERVED)
    return false;
  return s->frames[frame].role == VM_FRAME_KERNEL
         || s->frames[frame].role == VM_FRAME_TABLE;
}

/* Without an MMU nobody stops a process at another's memory. */
static void
tell_trespass (struct vm_tape *t, const struct vm_state *s, uint32_t process,
               uint64_t pa)
{
  uint32_t owner = vm_image_at (s, pa, process);

  if (owner == process || (owner == VM_NONE && !is_kernels (s, pa)))
    return;
  vm_step_leaf (t, VM_STEP_TRESPASS,
                (uint64_t[VM_STEP_VALUES]){process, pa, owner});
}

/* Ends an access that is not below the limit. CR2 stays: it is no page
 * fault. */
static void
refuse (struct vm_tape *t, const struct vm_state *s,
        const struct vm_access *access, struct vm_translation *result)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_fault what = vm_fault_of_bounds (g, access);

  vm_step_leaf (t, VM_STEP_FAULT,
                (uint64_t[VM_STEP_VALUES]){what.kind, what.vector, what.error,
                                           what.address.v, VM_WHY_BOUNDS});
  vm_count (t, &s->counters.faults);
  result->fault = what;
}

static void
go_straight (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
             const struct vm_access *access, struct vm_translation *result)
{
  result->ok = true;
  result->pa = vm_paddr_of (access->va.v);
  vm_step_leaf (t, VM_STEP_IDENTITY,
                (uint64_t[VM_STEP_VALUES]){access->va.v, result->pa.v});
  if (access->mode == VM_USER_MODE)
    tell_trespass (t, s, s->cpus[cpu].process, result->pa.v);
}

static void
go_by_bounds (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
              const struct vm_access *access, uint32_t width,
              struct vm_translation *result)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  bool below = width <= c->limit && access->va.v <= c->limit - width;

  vm_step_leaf (
      t, VM_STEP_BOUND,
      (uint64_t[VM_STEP_VALUES]){access->va.v, c->limit, width, below});
  if (!below) {
    refuse (t, s, access, result);
    return;
  }
  result->ok = true;
  result->pa = vm_paddr_of (c->base + access->va.v);
  vm_step_leaf (
      t, VM_STEP_BASE,
      (uint64_t[VM_STEP_VALUES]){access->va.v, c->base, result->pa.v});
}

struct vm_translation
vm_bounds_translate (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                     const struct vm_access *access, uint32_t width)
{
  struct vm_translation result = {.page_shift = s->config.page_shift};

  vm_count (t, &s->counters.tick);
  if (s->config.way == VM_WAY_BOUNDS && access->mode == VM_USER_MODE)
    go_by_bounds (t, s, cpu, access, width, &result);
  else
    go_straight (t, s, cpu, access, &result);
  return result;
}

void
vm_bounds_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                  uint32_t process)
{
  if (s->config.way == VM_WAY_BOUNDS)
    load_registers (t, s, cpu, process);
  vm_put_u32 (t, &s->cpus[cpu].process, process);
}

void
vm_bounds_moved (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  if (s->config.way != VM_WAY_BOUNDS)
    return;
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (s->cpus[cpu].process == process)
      load_registers (t, s, cpu, process);
}

uint32_t
vm_image_at (const struct vm_state *s, uint64_t pa, uint32_t self)
{
  if (self < s->process_count && vm_image_holds (s, self, pa))
    return self;
  for (uint32_t i = 0; i < s->process_count; i++)
    if (vm_image_holds (s, i, pa))
      return i;
  return VM_NONE;
}
