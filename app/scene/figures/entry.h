/* The entry that was read last, as the entry figure shows it. */
#ifndef SCENE_ENTRY_H
#define SCENE_ENTRY_H

#include "figures/figure.h"

typedef struct {
  guint level; /* 0: none has been read */
  struct vm_pte pte;
  const struct vm_pte_field *fields;
  guint count;
} SceneEntry;

/* Has the kernel written the entry anew, after an access was refused? Then
 * nothing that was said of it holds any more. */
gboolean scene_entry_rewritten (const SceneContext *context,
                                const SceneEntry *entry);

/* What follows from the entry, or what is asked next: one sentence, translated,
 * owned by the still. */
const char *scene_entry_verdict (const SceneBuild *build,
                                 const SceneEntry *entry);

/* True if a refused access fails by that field of this entry. */
gboolean scene_entry_guilty (const SceneContext *context,
                             const SceneEntry *entry,
                             const struct vm_pte_field *field);

/* True if the field has a bit that this entry ought not to set. */
gboolean scene_entry_reserved (const SceneEntry *entry,
                               const struct vm_pte_field *field);

/* True if the field says whether the entry leads anywhere. */
gboolean scene_entry_says_valid (const struct vm_pte_field *field);

#endif
