/* What follows from the entry read last, in words. */
#include <glib/gi18n-lib.h>

#include "figures/entry.h"
#include "figures/kit.h"

/* The question that a leaf entry must answer. */
static const char *
question (const SceneContext *c)
{
  static const char *const questions[2][3]
      = {{N_ ("may the kernel read it?"), N_ ("may the kernel write it?"),
          N_ ("may the kernel execute it?")},
         {N_ ("may user mode read it?"), N_ ("may user mode write it?"),
          N_ ("may user mode execute it?")}};

  return _ (questions[c->mode == VM_USER_MODE][c->kind]);
}

/* What is known of an entry that is good. */
static const char *
good_word (const SceneContext *c, const SceneEntry *entry)
{
  switch (c->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return entry->pte.leaf ? _ ("valid, and a leaf")
                           : _ ("valid, and R = W = X = 0: no leaf");
  case VM_FAMILY_ARM:
    if (!entry->pte.leaf)
      return _ ("a table descriptor");
    return entry->level == 1 ? _ ("a page descriptor")
                             : _ ("a block descriptor");
  }
  return _ ("present");
}

/* An entry that is not present may say where the page went: Linux keeps that
 * there. NULL if it is all 0. */
static const char *
swap_words (const SceneBuild *b, const SceneEntry *entry)
{
  const struct vm_geometry *g = b->context->geometry;
  struct vm_swap_slot slot;

  if (entry->level != 1 || !vm_pte_swap (g, entry->pte.raw, &slot))
    return NULL;
  /* Translators: number of a swap area, of a page in it. */
  return scene_still_printf (
      b->still, _ ("not present; to Linux, page %s of swap area %u"),
      scene_keep (b, scene_number_offset (slot.offset, 0)), slot.type);
}

static const char *
absent_words (const SceneContext *c, const SceneEntry *entry)
{
  switch (c->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return _ ("V = 0: nothing is mapped here");
  case VM_FAMILY_ARM:
    return entry->pte.raw & 1 ? _ ("T = 0: no descriptor of this level")
                              : _ ("V = 0: an invalid descriptor");
  }
  return _ ("P = 0: nothing is mapped here");
}

static const char *
allowed_words (const SceneContext *c)
{
  if (c->tlb == SCENE_TLB_HIT)
    return _ ("allowed, by the rights that the TLB kept");
  return c->geometry->family == VM_FAMILY_RISCV
             ? _ ("allowed: the page's own flags permit this access")
             : _ ("allowed: every level's flags permit this access");
}

static const char *
verdict_x86 (const SceneContext *c)
{
  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_FLAG:
  case VM_VERDICT_NO_LEAF:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return _ ("P = 0: nothing is mapped here. Page fault.");
  case VM_VERDICT_RESERVED:
    return _ ("a reserved bit is 1. Page fault.");
  case VM_VERDICT_SUPERVISOR:
    return _ ("U = 0 on some level: not for user mode. Page fault.");
  case VM_VERDICT_READ_ONLY:
    return _ ("W = 0 on some level: not to be written. Page fault.");
  case VM_VERDICT_NO_EXECUTE:
    return _ ("NX = 1 on some level: not to be executed. Page fault.");
  case VM_VERDICT_SMEP:
    return _ ("SMEP: the kernel must not execute a user page. Page fault.");
  case VM_VERDICT_SMAP:
    return _ ("SMAP: the kernel must not touch a user page. Page fault.");
  }
  return allowed_words (c);
}

/* Which of RISC-V's rules the reserved bits break. */
static const char *
reserved_riscv (const SceneEntry *entry)
{
  uint64_t raw = entry->pte.raw;

  if (raw & VM_RISCV_W && !(raw & VM_RISCV_R))
    return _ ("W = 1 and R = 0 is reserved. Page fault.");
  if (entry->pte.leaf && entry->pte.reserved & VM_RISCV_PPN)
    return _ ("the PPN is not aligned to so large a page. Page fault.");
  return _ ("a reserved bit is 1. Page fault.");
}

static const char *
verdict_riscv (const SceneContext *c, const SceneEntry *entry)
{
  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return _ ("V = 0: nothing is mapped here. Page fault.");
  case VM_VERDICT_RESERVED:
    return reserved_riscv (entry);
  case VM_VERDICT_SUPERVISOR:
    return _ ("U = 0: not for user mode. Page fault.");
  case VM_VERDICT_USER_PAGE:
    return c->kind == VM_FETCH
               ? _ ("U = 1: the kernel never executes it. Page fault.")
               : _ ("U = 1 and SUM = 0: user mode's own. Page fault.");
  case VM_VERDICT_NO_READ:
    return _ ("R = 0: not to be read. Page fault.");
  case VM_VERDICT_READ_ONLY:
    return _ ("W = 0: not to be written. Page fault.");
  case VM_VERDICT_NO_EXECUTE:
    return _ ("X = 0: not to be executed. Page fault.");
  case VM_VERDICT_NO_FLAG:
    return _ ("A or D is 0, and software must set it. Page fault.");
  case VM_VERDICT_NO_LEAF:
    return _ ("the last table's entry points on. Page fault.");
  }
  return allowed_words (c);
}

static const char *
verdict_arm (const SceneContext *c, const SceneEntry *entry)
{
  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_RESERVED:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_LEAF:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return entry->pte.raw & 1
               ? _ ("T = 0: no descriptor of this level. Translation fault.")
               : _ ("V = 0: an invalid descriptor. Translation fault.");
  case VM_VERDICT_SUPERVISOR:
    return _ ("AP: not for EL0. Permission fault.");
  case VM_VERDICT_READ_ONLY:
    return _ ("AP: not to be written. Permission fault.");
  case VM_VERDICT_NO_EXECUTE:
    if (c->mode == VM_USER_MODE)
      return _ ("UXN = 1: not to be executed by EL0. Permission fault.");
    return entry->pte.kernel_no_execute
               ? _ ("PXN = 1: not to be executed by EL1. Permission fault.")
               : _ ("EL0 may write it: EL1 must not execute it. Permission "
                    "fault.");
  case VM_VERDICT_NO_FLAG:
    return _ ("AF = 0, and software must set it. Access flag fault.");
  }
  return allowed_words (c);
}

static const char *
verdict_words (const SceneContext *c, const SceneEntry *entry)
{
  switch (c->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return verdict_riscv (c, entry);
  case VM_FAMILY_ARM:
    return verdict_arm (c, entry);
  }
  return verdict_x86 (c);
}

/* What comes after an entry that is good. */
static const char *
next_words (const SceneBuild *b, const SceneEntry *entry)
{
  const SceneContext *c = b->context;
  const char *word = good_word (c, entry);

  if (entry->pte.leaf)
    /* Translators: "present", and a question: "may user mode read it?" */
    return scene_still_printf (b->still, _ ("%s. Next: %s"), word,
                               question (c));
  return scene_still_printf (
      /* Translators: "present", number of an entry, of a frame. */
      b->still, _ ("%s. Next: entry %u of the table in frame %s"), word,
      vm_geometry_index (c->geometry, entry->level - 1, vm_vaddr_of (c->va)),
      scene_keep (b, scene_number_frame (c->geometry, entry->pte.frame)));
}

gboolean
scene_entry_rewritten (const SceneContext *c, const SceneEntry *entry)
{
  return c->checked && c->verdict != VM_VERDICT_ALLOWED
         && c->level[entry->level].written;
}

const char *
scene_entry_verdict (const SceneBuild *b, const SceneEntry *entry)
{
  const SceneContext *c = b->context;
  const char *swap
      = entry->level > 0 && !entry->pte.present ? swap_words (b, entry) : NULL;

  if (swap != NULL)
    return swap;
  if (scene_entry_rewritten (c, entry))
    return _ ("written by software");
  if (c->checked)
    return verdict_words (c, entry);
  if (c->tlb == SCENE_TLB_HIT)
    return _ ("the TLB knows the page: no entry is read");
  if (entry->level == 0)
    return _ ("no entry has been read yet");
  if (!entry->pte.present)
    return absent_words (c, entry);
  if (!c->access)
    return _ ("written by software");
  return next_words (b, entry);
}
