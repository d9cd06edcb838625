/* Makes a geometry out of the parameters of "machine". */
#include "machine/geometry_op.h"

#include <string.h>

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

/* What a real geometry has no use for is a slip. */
static bool
gives_no_toy (const struct vm_op *op, struct vm_error *error)
{
  const struct vm_parameter_info *info
      = vm_op_info_of (VM_OP_MACHINE)->parameters;

  for (uint32_t p = VM_P_MACHINE_TOY_VA; p <= VM_P_MACHINE_TOY_SPLIT; p++)
    if (vm_op_gives (op, p))
      return refuse (error, VM_ERROR_NOT_A_TOY, info[p].name, 0, 0, 0);
  return true;
}

static uint8_t
log2_of (uint64_t size)
{
  uint8_t shift = 0;

  while (size >> shift > 1)
    shift++;
  return shift;
}

/* A number that was given beside the split says the same as the split. */
static bool
agrees (const struct vm_op *op, uint32_t parameter, uint64_t with,
        struct vm_error *error)
{
  if (!vm_op_gives (op, parameter) || op->values[parameter] == with)
    return true;
  return refuse (error, VM_ERROR_BAD_SPLIT,
                 vm_op_info_of (VM_OP_MACHINE)->parameters[parameter].name,
                 op->values[parameter], with, 0);
}

/* 5/5/5: the indices from the root on, then the offset. */
static bool
take_split (const struct vm_op *op, struct vm_toy *toy, struct vm_error *error)
{
  uint64_t split = op->values[VM_P_MACHINE_TOY_SPLIT];

  toy->page_shift = (uint8_t) split;
  toy->levels = (uint8_t) (vm_split_fields (split) - 1);
  for (uint32_t i = 0; i < toy->levels; i++)
    toy->index_bits[i] = (uint8_t) (split >> 8 * (toy->levels - i));
  return agrees (op, VM_P_MACHINE_TOY_VA, vm_toy_va_bits (toy), error)
         && agrees (op, VM_P_MACHINE_TOY_PAGE,
                    UINT64_C (1) << (toy->page_shift & 63), error)
         && agrees (op, VM_P_MACHINE_TOY_LEVELS, toy->levels, error);
}

static bool
take_numbers (const struct vm_op *op, struct vm_toy *toy,
              struct vm_error *error)
{
  const uint64_t *v = op->values;
  uint64_t page = v[VM_P_MACHINE_TOY_PAGE], va = v[VM_P_MACHINE_TOY_VA];

  if ((page & (page - 1)) != 0)
    return refuse (error, VM_ERROR_NOT_OF_TWO, "toy-page", page, 0, 0);
  toy->page_shift = log2_of (page);
  toy->levels = (uint8_t) v[VM_P_MACHINE_TOY_LEVELS];
  if (va < (uint64_t) toy->page_shift + toy->levels)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "toy-va", va,
                   (uint64_t) toy->page_shift + toy->levels, VM_TOY_VA_BITS);
  vm_toy_share (toy, (uint32_t) va);
  return true;
}

static bool
take_toy (const struct vm_op *op, struct vm_toy *toy, struct vm_error *error)
{
  uint64_t entry = op->values[VM_P_MACHINE_TOY_ENTRY];

  *toy = (struct vm_toy){
      .pa_bits = (uint8_t) op->values[VM_P_MACHINE_TOY_PA],
      .entry_bytes = (uint8_t) entry,
  };
  if ((entry & (entry - 1)) != 0)
    return refuse (error, VM_ERROR_NOT_OF_TWO, "toy-entry", entry, 0, 0);
  bool taken = vm_op_gives (op, VM_P_MACHINE_TOY_SPLIT)
                   ? take_split (op, toy, error)
                   : take_numbers (op, toy, error);
  return taken && vm_toy_check (toy, error);
}

const struct vm_geometry *
vm_op_geometry (const struct vm_op *op, struct vm_geometry *room, uint64_t *toy,
                struct vm_error *error)
{
  uint64_t id = op->values[VM_P_MACHINE_GEOMETRY];
  struct vm_toy numbers;

  if (toy != NULL)
    *toy = 0;
  if (id != VM_GEOMETRY_TOY)
    return gives_no_toy (op, error) ? vm_geometry_of ((enum vm_geometry_id) id)
                                    : NULL;
  if (!take_toy (op, &numbers, error))
    return NULL;
  if (toy != NULL)
    *toy = vm_toy_pack (&numbers);
  vm_toy_make (&numbers, room);
  return room;
}

/* What stands behind a word would be read as other parameters. */
static bool
is_one_word (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c <= ' ' || *c == '#')
      return false;
  return *text != '\0';
}

const struct vm_geometry *
vm_geometry_read (const char *text, struct vm_geometry *room,
                  struct vm_error *error)
{
  static const char before[] = "machine geometry=";
  char line[sizeof before + 120];
  size_t length = strlen (text);
  struct vm_op op;

  if (length > 119 || !is_one_word (text)) {
    vm_error_set (error, VM_ERROR_BAD_CHOICE, "geometry");
    return NULL;
  }
  memcpy (line, before, sizeof before - 1);
  memcpy (line + sizeof before - 1, text, length + 1);
  if (!vm_op_parse (line, NULL, &op, error))
    return NULL;
  return vm_op_geometry (&op, room, NULL, error);
}
