/* Which field of an entry is to blame if an access is refused. */
#include <string.h>

#include "figures/entry.h"

/* A flag that permits is to blame where it is 0; one that forbids, where it is
 * 1. Formats call them by different names. */
static gboolean
blame (const struct vm_pte_field *field, gboolean set,
       const char *const *permits, const char *const *forbids)
{
  return g_strv_contains (set ? forbids : permits, field->name);
}

/* True if the field withholds what the access would have needed. */
static gboolean
withholds (const SceneContext *c, const struct vm_pte_field *field,
           gboolean set)
{
  static const char *const none[] = {NULL};
  static const char *const user[] = {"user", "ap1", NULL};
  static const char *const not_user[] = {"ap-table0", NULL};
  static const char *const write[] = {"rw", "write", NULL};
  static const char *const not_write[] = {"ap2", "ap-table1", NULL};
  static const char *const execute[] = {"execute", NULL};
  static const char *const not_execute[] = {"nx", "uxn", "uxn-table", NULL};
  static const char *const not_by_kernel[] = {"pxn", "pxn-table", NULL};
  static const char *const read[] = {"read", NULL};
  static const char *const accessed[] = {"accessed", "af", NULL};
  static const char *const dirty[] = {"accessed", "dirty", "af", NULL};
  static const char *const leaf[] = {"read", "execute", NULL};
  gboolean arm_kernel = c->geometry->family == VM_FAMILY_ARM
                        && c->mode == VM_KERNEL_MODE;

  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_NOT_PRESENT:
  case VM_VERDICT_RESERVED:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_SUPERVISOR:
    return blame (field, set, user, not_user);
  case VM_VERDICT_READ_ONLY:
    return blame (field, set, write, not_write);
  case VM_VERDICT_NO_EXECUTE:
    return blame (field, set, execute,
                  arm_kernel ? not_by_kernel : not_execute);
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
    return blame (field, set, none, user);
  case VM_VERDICT_NO_READ:
    return blame (field, set, read, none);
  case VM_VERDICT_NO_FLAG:
    return blame (field, set, c->kind == VM_WRITE ? dirty : accessed, none);
  case VM_VERDICT_NO_LEAF:
    return blame (field, set, leaf, none);
  }
  return FALSE;
}

gboolean
scene_entry_guilty (const SceneContext *c, const SceneEntry *entry,
                    const struct vm_pte_field *field)
{
  gboolean set = entry->pte.raw >> field->low & 1;

  if (!c->checked || c->tlb == SCENE_TLB_HIT || entry->level == 0
      || scene_entry_rewritten (c, entry))
    return FALSE;
  if (c->verdict == VM_VERDICT_RESERVED)
    return scene_entry_reserved (entry, field);
  /* A descriptor of the Arm that is not what its level wants has V set. */
  if (c->verdict == VM_VERDICT_NOT_PRESENT)
    return entry->pte.raw & 1 ? g_str_equal (field->name, "type")
                              : scene_entry_says_valid (field);
  /* Where an entry points on, the bits that would be rights are none. */
  if (c->geometry->family == VM_FAMILY_RISCV && !entry->pte.leaf
      && c->verdict != VM_VERDICT_NO_LEAF)
    return FALSE;
  return withholds (c, field, set);
}

gboolean
scene_entry_reserved (const SceneEntry *entry, const struct vm_pte_field *field)
{
  guint64 mask = (G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1;

  return (entry->pte.reserved >> field->low & mask) != 0;
}

gboolean
scene_entry_says_valid (const struct vm_pte_field *field)
{
  return g_str_equal (field->name, "present")
         || g_str_equal (field->name, "valid");
}
