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
    return strcmp (name, "present") == 0;
  case VM_VERDICT_RESERVED:
    return strcmp (name, "reserved") == 0;
  case VM_VERDICT_SUPERVISOR:
    return !entry->pte.user && strcmp (name, "user") == 0;
  case VM_VERDICT_READ_ONLY:
    return !entry->pte.writable && strcmp (name, "rw") == 0;
  case VM_VERDICT_NO_EXECUTE:
    return entry->pte.no_execute && strcmp (name, "nx") == 0;
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
    return entry->pte.user && strcmp (name, "user") == 0;
  }
  return FALSE;
}
