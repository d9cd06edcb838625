/* From an operation's numbers to the kernel's allocators. */
#include "machine/do_alloc.h"

#include "mm/kernel_layout.h"
#include "mm/kmalloc.h"

static bool
check_possible (const struct vm_state *s, struct vm_error *error)
{
  if (vm_kmalloc_possible (s))
    return true;
  if (s->config.buddy)
    vm_error_set (error, VM_ERROR_NOT_HERE, "kmalloc");
  else
    vm_error_set (error, VM_ERROR_MISSING_PARAMETER, "buddy");
  return false;
}

static uint32_t
module_of (const struct vm_op *op, uint32_t parameter)
{
  return vm_op_gives (op, parameter) ? (uint32_t) op->values[parameter]
                                     : VM_NONE;
}

static void
begin (struct vm_tape *t, enum vm_kernel_function function, uint64_t argument,
       uint32_t gfp, uint32_t module)
{
  vm_step_begin (t, VM_STEP_KERNEL_CALL,
                 (uint64_t[VM_STEP_VALUES]){function, argument, gfp, module});
}

static bool
end (struct vm_tape *t, enum vm_kernel_function function,
     const struct vm_given *given, uint64_t asked, struct vm_result *result)
{
  vm_step_leaf (t, VM_STEP_KERNEL_RETURN,
                (uint64_t[VM_STEP_VALUES]){function, given->va, given->frame,
                                           given->bytes, asked,
                                           result->refused});
  vm_step_end (t);
  result->value = given->va;
  result->translation.ok = given->frame != VM_NONE;
  result->translation.pa = vm_paddr_of (given->pa);
  result->translation.value = given->bytes;
  return true;
}

static bool
get_pages (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
           struct vm_result *result)
{
  uint32_t order = (uint32_t) op->values[VM_P_GET_PAGES_ORDER];
  enum vm_gfp gfp = (enum vm_gfp) op->values[VM_P_GET_PAGES_GFP];
  uint32_t module = module_of (op, VM_P_GET_PAGES_MODULE);
  struct vm_given given;

  begin (t, VM_FUNCTION_GET_PAGES, order, gfp, module);
  if (!vm_pages_give (t, s, order, gfp, module, &given))
    result->refused = VM_ENOMEM;
  return end (t, VM_FUNCTION_GET_PAGES, &given,
              UINT64_C (1) << (order + s->config.page_shift), result);
}

static bool
kmalloc (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result)
{
  uint64_t bytes = op->values[VM_P_KMALLOC_SIZE];
  enum vm_gfp gfp = (enum vm_gfp) op->values[VM_P_KMALLOC_GFP];
  uint32_t module = module_of (op, VM_P_KMALLOC_MODULE);
  struct vm_given given;

  begin (t, VM_FUNCTION_KMALLOC, bytes, gfp, module);
  if (!vm_kmalloc (t, s, bytes, gfp, module, &given))
    result->refused = VM_ENOMEM;
  return end (t, VM_FUNCTION_KMALLOC, &given, bytes, result);
}

static bool
end_free (struct vm_tape *t, enum vm_kernel_function function, bool freed,
          struct vm_result *result)
{
  const struct vm_given nothing = {.frame = VM_NONE};

  if (!freed)
    result->refused = VM_EINVAL;
  return end (t, function, &nothing, 0, result);
}

static bool
free_pages (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  uint64_t va = op->values[VM_P_FREE_PAGES_VA];
  bool named = vm_op_gives (op, VM_P_FREE_PAGES_FRAME);
  uint32_t order = (uint32_t) op->values[VM_P_FREE_PAGES_ORDER];
  vm_frame frame = vm_frame_of (op->values[VM_P_FREE_PAGES_FRAME]);

  if (!named && !vm_op_gives (op, VM_P_FREE_PAGES_VA)) {
    vm_error_set (error, VM_ERROR_MISSING_PARAMETER, "va");
    return false;
  }
  begin (t, VM_FUNCTION_FREE_PAGES, va, VM_NONE, VM_NONE);
  /* free_pages (0) is harmless. */
  if (!named && va == 0)
    return end_free (t, VM_FUNCTION_FREE_PAGES, true, result);
  if (!named
      && (va % VM_PAGE_SIZE != 0
          || !vm_kernel_frame (s, vm_vaddr_of (va), &frame)))
    frame = vm_frame_of (VM_NONE);
  bool freed = vm_pages_take_back (t, s, va, (uint32_t) frame.v, order);
  return end_free (t, VM_FUNCTION_FREE_PAGES, freed, result);
}

static bool
kfree (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
       struct vm_result *result)
{
  uint64_t va = op->values[VM_P_KFREE_VA];

  begin (t, VM_FUNCTION_KFREE, va, VM_NONE, VM_NONE);
  bool freed = vm_kfree (t, s, va);
  return end_free (t, VM_FUNCTION_KFREE, freed, result);
}

static bool
rmmod (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
       struct vm_result *result)
{
  uint32_t module = (uint32_t) op->values[VM_P_RMMOD_NAME];

  vm_step_begin (
      t, VM_STEP_RMMOD,
      (uint64_t[VM_STEP_VALUES]){module, vm_grant_count (s, module)});
  result->value = vm_grant_leak (t, s, module);
  vm_step_end (t);
  return true;
}

bool
vm_do_alloc (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  if (op->kind == VM_OP_RMMOD)
    return rmmod (t, s, op, result);
  if (!check_possible (s, error))
    return false;
  if (op->kind == VM_OP_GET_PAGES)
    return get_pages (t, s, op, result);
  if (op->kind == VM_OP_FREE_PAGES)
    return free_pages (t, s, op, result, error);
  if (op->kind == VM_OP_KMALLOC)
    return kmalloc (t, s, op, result);
  return kfree (t, s, op, result);
}
