/* Does the operations about bare memory. */
#include "machine/execute_bare.h"

#include "mm/program.h"
#include "mm/way.h"
#include "mmu/bounds.h"
#include "mmu/cpu.h"

/* Programs lie in bare memory only: not where pages are given. */
static bool
find_process (const struct vm_state *s, uint64_t name, uint32_t *index,
              struct vm_error *error)
{
  if (s->config.way == VM_WAY_PAGING) {
    vm_error_set (error, VM_ERROR_NEEDS_BARE, NULL);
    return false;
  }
  *index = vm_process_find (s, (uint32_t) name);
  if (*index != VM_NONE)
    return true;
  vm_error_set_range (error, VM_ERROR_UNKNOWN_PROCESS, NULL, name, 0, 0);
  return false;
}

bool
vm_execute_way (struct vm_tape *t, const struct vm_state *s,
                const struct vm_op *op, struct vm_result *result,
                struct vm_error *error)
{
  enum vm_way way = (enum vm_way) op->values[VM_P_WAY_WAY];

  if (!vm_way_possible (s->config.geometry, way)) {
    vm_error_set (error, VM_ERROR_ALWAYS_PAGES, NULL);
    return false;
  }
  vm_step_begin (t, VM_STEP_WAY,
                 (uint64_t[VM_STEP_VALUES]){way, s->config.way});
  result->translation.ok = vm_way_set (t, s, way, error);
  vm_step_end (t);
  return result->translation.ok;
}

bool
vm_execute_program (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_op *op, struct vm_result *result,
                    struct vm_error *error)
{
  const uint64_t *v = op->values;
  struct vm_program program
      = {.size = v[VM_P_PROGRAM_SIZE],
         .linked = v[VM_P_PROGRAM_LINKED],
         .references = (uint32_t) v[VM_P_PROGRAM_REFERENCES]};
  struct vm_spot spot = {.given = vm_op_gives (op, VM_P_PROGRAM_AT),
                         .at = v[VM_P_PROGRAM_AT],
                         .fit = (enum vm_fit) v[VM_P_PROGRAM_FIT]};

  if (!find_process (s, v[VM_P_PROGRAM_PROCESS], &result->process, error))
    return false;
  program.process = result->process;
  return vm_program_load (t, s, &program, &spot, &result->translation.ok,
                          error);
}

bool
vm_execute_swap_out (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op, struct vm_result *result,
                     struct vm_error *error)
{
  result->translation.ok = true;
  return find_process (s, op->values[VM_P_SWAP_PROCESS], &result->process,
                       error)
         && vm_program_swap_out (t, s, result->process, error);
}

bool
vm_execute_swap_in (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_op *op, struct vm_result *result,
                    struct vm_error *error)
{
  struct vm_spot spot = {.given = vm_op_gives (op, VM_P_SWAP_AT),
                         .at = op->values[VM_P_SWAP_AT],
                         .fit = (enum vm_fit) op->values[VM_P_SWAP_FIT]};

  return find_process (s, op->values[VM_P_SWAP_PROCESS], &result->process,
                       error)
         && vm_program_swap_in (t, s, result->process, &spot,
                                &result->translation.ok, error);
}

bool
vm_execute_relocate (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op, struct vm_result *result,
                     struct vm_error *error)
{
  result->translation.ok = true;
  return find_process (s, op->values[VM_P_RELOCATE_PROCESS], &result->process,
                       error)
         && vm_program_relocate (t, s, result->process, error);
}

bool
vm_execute_compact (struct vm_tape *t, const struct vm_state *s,
                    struct vm_result *result, struct vm_error *error)
{
  if (s->config.way == VM_WAY_PAGING) {
    vm_error_set (error, VM_ERROR_NEEDS_BARE, NULL);
    return false;
  }
  result->translation.ok = true;
  vm_program_compact (t, s);
  return true;
}

/* One access of a running program. */
static struct vm_translation
access (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        uint64_t va, uint32_t width)
{
  struct vm_access access
      = {.va = vm_vaddr_of (va), .kind = VM_READ, .mode = VM_USER_MODE};
  uint64_t before;

  vm_step_begin (
      t, VM_STEP_ACCESS,
      (uint64_t[VM_STEP_VALUES]){va, access.kind, access.mode, width, process});
  struct vm_translation result
      = vm_cpu_access (t, s, 0, &access, width, false, 0, &before);
  vm_step_end (t);
  return result;
}

/* The address that the reference holds, even if it crosses a page, is read
 * only where it can be: a wrong one may be anything. */
static struct vm_translation
read_target (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t va, uint32_t width)
{
  uint64_t whole = va & ~(uint64_t) (width - 1);

  return access (t, s, process, whole, width);
}

/* Reads one of its addresses, and what lies there. False if the program did not
 * find its own datum. */
static bool
follow (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        uint32_t index, struct vm_translation *result)
{
  const struct vm_image *image = &s->images[process];
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint32_t width = vm_program_word (g);
  uint64_t own = vm_program_reference (image, g, index);
  uint64_t va = s->config.way == VM_WAY_BOUNDS ? own : image->base + own;
  uint64_t expected = vm_program_datum (s, process, index);

  vm_step_begin (t, VM_STEP_FOLLOW,
                 (uint64_t[VM_STEP_VALUES]){process, index, va});
  *result = access (t, s, process, va, width);
  if (result->ok)
    *result = read_target (t, s, process, result->value, width);
  bool right = result->ok && result->value == expected;
  if (result->ok)
    vm_step_leaf (
        t, VM_STEP_FOUND,
        (uint64_t[VM_STEP_VALUES]){index, result->value, expected, right});
  vm_step_end (t);
  return right;
}

bool
vm_execute_run (struct vm_tape *t, const struct vm_state *s,
                const struct vm_op *op, struct vm_result *result,
                struct vm_error *error)
{
  uint32_t process;

  if (!find_process (s, op->values[VM_P_RUN_PROCESS], &process, error))
    return false;
  const struct vm_image *image = &s->images[process];
  if (image->place != VM_IMAGE_MEMORY) {
    vm_error_set_range (error, VM_ERROR_WRONG_PLACE, "process", VM_IMAGE_MEMORY,
                        image->place, 0);
    return false;
  }
  result->process = process;
  vm_step_begin (t, VM_STEP_RUN,
                 (uint64_t[VM_STEP_VALUES]){process, image->base, image->size,
                                            image->references});
  vm_cpu_switch (t, s, 0, process, &result->translation.fault);
  bool right = true;
  struct vm_translation each = {.ok = true};
  for (uint32_t i = 0; i < image->references && each.ok && !vm_tape_failed (t);
       i++)
    right &= follow (t, s, process, i, &each);
  result->translation = each;
  result->translation.ok = right;
  vm_step_end (t);
  return true;
}
