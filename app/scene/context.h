/* What the latest operation has come to so far: what all figures ask.
 *
 * Read from the steps of the operation that the cursor stands in, up to the
 * cursor, and from nothing else; so every figure tells the same story. */
#ifndef SCENE_CONTEXT_H
#define SCENE_CONTEXT_H

#include <glib.h>

#include "machine/machine.h"
#include "mmu/tlb.h"

/* One level of the walk, once its entry was read (or, when a page is mapped,
 * written). */
typedef struct {
  gboolean read;    /* the entry was read at or before the cursor */
  gboolean written; /* software wrote it */
  gboolean now;     /* by the very step that led to the cursor */
  guint index;
  guint64 table; /* frame of the table */
  guint64 entry_pa, raw;
  struct vm_pte pte; /* raw, decoded */
} SceneWalkLevel;

typedef enum {
  SCENE_TLB_UNKNOWN,
  SCENE_TLB_PROBING,
  SCENE_TLB_HIT,
  SCENE_TLB_MISS
} SceneTlbOutcome;

typedef struct {
  const struct vm_machine *machine;
  const struct vm_state *state;
  const struct vm_geometry *geometry; /* NULL: no machine yet */
  const struct vm_step *step;         /* that led to the cursor; NULL at 0 */
  guint64 cursor;
  guint32 process; /* index of the process it is about, or VM_NONE */

  guint64 last_frame; /* the largest number of a frame that any operation maps:
                         columns of frames are as wide as that */
  gboolean regions;   /* some operation makes regions: the kernel manages
                         address spaces, and knows whose a frame is */
  gboolean mapping;   /* the operation maps a page: va is its first address */
  gboolean access;    /* the operation is an access; the rest is about it */
  guint64 va;
  enum vm_access_kind kind;
  enum vm_mode mode;
  guint width;         /* bytes */
  gboolean segments;   /* some operation turns segments on */
  gboolean by_segment; /* the access goes by way of one: */
  enum vm_segment_register segment;
  guint64 segment_offset; /* in it: va is base plus this */
  guint cpu;              /* the processor it happens on */
  struct vm_tlb own;      /* its first-level TLB that is asked */
  struct vm_tlb most;     /* sets and ways of the largest that can be asked */
  guint most_entries;     /* entries of that with most of them */
  SceneTlbOutcome tlb;
  enum vm_tlb_unit tlb_unit; /* of the processor, that said so */
  guint tlb_set, tlb_way;    /* set: once probed; way: hit or filled */
  guint64 tlb_page;          /* the page number looked for */
  guint tlb_shift;
  gboolean tlb_filled; /* the translation was put into tlb_way */
  gboolean walking;    /* CR3 was read */
  SceneWalkLevel level[VM_MAX_LEVELS + 1];
  gboolean checked; /* the permission step has happened */
  enum vm_verdict verdict;
  gboolean composed; /* the physical address is known */
  guint64 pa, frame, offset;
  guint page_shift;
  gboolean data_done;
  gboolean faulted;
  gboolean handled; /* the kernel has answered the fault; when the access is
                       tried again, this begins anew */
  gboolean stores;  /* the operation says what is stored: data is that */
  guint64 data;
  struct vm_fault fault;
} SceneContext;

/* Reads the context at the machine's cursor. */
void scene_context_read (SceneContext *context,
                         const struct vm_machine *machine);

/* Frame of the table that translation of an address begins with: that of the
 * context's process, which must be one, or of the upper half where that has one
 * of its own. */
guint64 scene_context_root (const SceneContext *context, guint64 va);

/* True if the operation is about an address, and so about a page of it. */
gboolean scene_context_about_page (const SceneContext *context);

/* The table of a level as far as the reader may know it: the root of the
 * process, the table an entry already read points to, or, where a page is
 * mapped, the one in memory. False if it is not known (yet). */
gboolean scene_context_table (const SceneContext *context, guint level,
                              guint64 *frame);

/* The level whose entry was read (or written) last; 0 if none was. */
guint scene_context_last_level (const SceneContext *context);

/* True if the step that led to the cursor is of that kind. */
gboolean scene_context_is (const SceneContext *context, enum vm_step_kind kind);

/* Leaves the machine as it is and forgets what happened last: how a lesson
 * begins. */
void scene_context_forget_operation (SceneContext *context);

#endif
