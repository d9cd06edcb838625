/* The entries of a process's two roots, half by half, read from memory. */
#ifndef SCENE_ROOT_ENTRIES_H
#define SCENE_ROOT_ENTRIES_H

#include "figures/figure.h"

/* Entries of a half that are read, at most. */
#define SCENE_ROOT_ENTRIES 5

/* Index 0 of the arrays is the kernel's root, 1 that of user mode. */
typedef struct {
  guint index;
  guint64 table[2]; /* frame that the entry names; 0: not present */
  guint64 pa[2];    /* of the entry */
} SceneRootEntry;

/* Half 0 is the kernel's, 1 the user's; the highest addresses come first. */
typedef struct {
  guint64 frame[2]; /* of the roots; 0: there is none */
  SceneRootEntry half[2][SCENE_ROOT_ENTRIES];
  guint count[2];
} SceneRootEntries;

/* Reads at most rows[half] entries that are present in either root. process may
 * be VM_NONE: nothing is there. */
void scene_root_entries_read (SceneRootEntries *entries,
                              const SceneContext *context, guint32 process,
                              const guint rows[2]);

/* How many entries of a half the list of operations can ever fill. */
guint scene_root_entries_most (const SceneContext *context, guint half);

/* The process in question: that of the operation, or the first. */
guint32 scene_root_process (const SceneContext *context);

/* The processor that runs a process, or the operation's. */
guint scene_root_cpu (const SceneContext *context, guint32 process);

/* True if a processor that runs the process has that root loaded. */
gboolean scene_root_is_loaded (const SceneContext *context, guint32 process,
                               guint64 frame);

/* True if the access goes by way of an entry of the root. */
gboolean scene_root_entry_is_used (const SceneContext *context, guint index);

/* The latest change of roots in this operation: sets how many entries of the
 * TLB it dropped. False if there was none. */
gboolean scene_root_switch (const SceneContext *context, guint *dropped);

#endif
