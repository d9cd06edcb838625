/* What the latest operation has come to about segments: what is being loaded,
 * and what an access asks of its segment. */
#ifndef SCENE_GDT_LOOK_H
#define SCENE_GDT_LOOK_H

#include "context.h"
#include "mmu/descriptor.h"

typedef struct {
  /* The shape, the same at every step. */
  gboolean ever;  /* some operation turns segments on */
  gboolean table; /* there is a table of them then: not in long mode */
  guint entries;  /* of the table */
  guint64 last;   /* linear address at the end of the picture */

  /* The state. */
  gboolean on; /* accesses go by way of a segment by now */
  guint cpu;   /* whose registers are shown */
  guint which; /* register in question, enum vm_segment_register */

  /* A load, as far as the cursor. */
  gboolean loading, split, read, judged, kept;
  guint selector;             /* being loaded, else the register's */
  gboolean known;             /* there is one */
  guint64 raw;                /* entry that was read */
  const struct vm_step *load; /* that judged it */

  /* The entry of the table in question; it may be beyond its end. */
  gboolean named; /* there is one */
  guint index;
  gboolean written; /* by this operation */

  /* An access, as far as the cursor. */
  gboolean using, checked, added;
  guint64 offset, width;
  const struct vm_step *use;   /* that asked for rights */
  const struct vm_step *limit; /* that asked for the limit */
  guint64 base, linear;
} SceneGdtLook;

void scene_gdt_look (SceneGdtLook *look, const SceneContext *context);

/* A segment as a register keeps it, or an entry of the table describes it. */
typedef struct {
  gboolean any; /* there is one */
  guint64 base, last;
  guint type;        /* four bits, enum in descriptor.h */
  gboolean ordinary; /* code or data */
  guint dpl;
  gboolean present;
} SceneGdtSegment;

SceneGdtSegment scene_gdt_kept (const SceneContext *context, guint cpu,
                                guint which);
SceneGdtSegment scene_gdt_described (guint64 raw);

/* The entry of the table, as it lies in memory; and where. */
guint64 scene_gdt_raw (const SceneContext *context, guint index);
guint64 scene_gdt_pa (const SceneContext *context, guint index);

/* Entries that the table has by now. */
guint scene_gdt_entries (const SceneContext *context);

/* Does the segment reach over all 32-bit addresses, from 0 on? */
gboolean scene_gdt_is_flat (const SceneGdtSegment *segment);

/* Does it grow down: is what lies above its limit valid? */
gboolean scene_gdt_grows_down (const SceneGdtSegment *segment);

#endif
