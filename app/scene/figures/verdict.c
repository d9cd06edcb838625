/* What follows from the entry read last, in words, and which flag is to blame
 * if the access is refused. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/entry.h"
#include "figures/kit.h"

/* The question that a leaf entry must answer. */
static const char *
question (const SceneContext *c)
{
  static const char *const questions[2][3]
      = {{N_ ("present. Next: may the kernel read it?"),
          N_ ("present. Next: may the kernel write it?"),
          N_ ("present. Next: may the kernel execute it?")},
         {N_ ("present. Next: may user mode read it?"),
          N_ ("present. Next: may user mode write it?"),
          N_ ("present. Next: may user mode execute it?")}};

  return _ (questions[c->mode == VM_USER_MODE][c->kind]);
}

static const char *
verdict_words (const SceneContext *c)
{
  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
    return c->tlb == SCENE_TLB_HIT
               ? _ ("allowed, by the rights that the TLB kept")
               : _ ("allowed: every level's flags permit this access");
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
  case VM_VERDICT_USER_PAGE:
    return _ ("U = 1: a page of user mode. Page fault.");
  case VM_VERDICT_NO_READ:
    return _ ("R = 0: not to be read. Page fault.");
  case VM_VERDICT_NO_FLAG:
    return _ ("a flag is 0 that software must set. Page fault.");
  case VM_VERDICT_NO_LEAF:
    return _ ("the last entry points on. Page fault.");
  case VM_VERDICT_UPPER_BITS:
    return _ ("the address has bits that are not translated. Page fault.");
  }
  return NULL;
}

const char *
scene_entry_verdict (const SceneBuild *b, const SceneEntry *entry)
{
  const SceneContext *c = b->context;
  guint below = entry->level - 1;

  if (c->checked)
    return verdict_words (c);
  if (c->tlb == SCENE_TLB_HIT)
    return _ ("the TLB knows the page: no entry is read");
  if (entry->level == 0)
    return _ ("no entry has been read yet");
  if (!entry->pte.present)
    return _ ("P = 0: nothing is mapped here");
  if (!c->access)
    return _ ("written by software");
  if (entry->pte.leaf)
    return question (c);
  return scene_still_printf (
      b->still, _ ("present. Next: entry %u of the table in frame %s"),
      vm_geometry_index (c->geometry, below, vm_vaddr_of (c->va)),
      scene_keep (b, scene_number_frame (entry->pte.frame)));
}

/* Formats call the same flag by different names. */
static gboolean
one_of (const char *name, const char *a, const char *b)
{
  return strcmp (name, a) == 0 || strcmp (name, b) == 0;
}

gboolean
scene_entry_guilty (const SceneContext *c, const SceneEntry *entry,
                    const char *name)
{
  if (!c->checked || c->tlb == SCENE_TLB_HIT)
    return FALSE;
  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
    return FALSE;
  case VM_VERDICT_NOT_PRESENT:
    return one_of (name, "present", "valid");
  case VM_VERDICT_RESERVED:
    return strcmp (name, "reserved") == 0;
  case VM_VERDICT_SUPERVISOR:
    return !entry->pte.user && one_of (name, "user", "ap1");
  case VM_VERDICT_READ_ONLY:
    return !entry->pte.writable
           && (one_of (name, "rw", "write") || strcmp (name, "ap2") == 0);
  case VM_VERDICT_NO_EXECUTE:
    return entry->pte.no_execute && one_of (name, "nx", "execute");
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
    return entry->pte.user && strcmp (name, "user") == 0;
  case VM_VERDICT_NO_READ:
    return strcmp (name, "read") == 0;
  case VM_VERDICT_NO_FLAG:
    return !entry->pte.accessed && one_of (name, "accessed", "af");
  case VM_VERDICT_NO_LEAF:
    return one_of (name, "read", "execute");
  case VM_VERDICT_UPPER_BITS:
    return FALSE;
  }
  return FALSE;
}
