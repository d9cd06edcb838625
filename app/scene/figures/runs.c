/* What of an address space is mapped. */
#include "figures/runs.h"

#include "tape/memory.h"

/* Tables looked into at most. Beyond, an upper entry counts as mapped whole:
 * no picture could tell the difference. */
#define TABLE_LIMIT 4096

typedef struct {
  const SceneContext *context;
  GArray *runs;
  guint tables;
} Scan;

static void
add_run (GArray *runs, guint64 first, guint64 last)
{
  SceneRun run = {first, last};
  SceneRun *before
      = runs->len == 0 ? NULL : &g_array_index (runs, SceneRun, runs->len - 1);

  if (before != NULL && before->last + 1 == first) {
    before->last = last;
    return;
  }
  g_array_append_val (runs, run);
}

/* Addresses above the translated bits repeat the top one. */
static guint64
extend_sign (const struct vm_geometry *g, guint64 va)
{
  guint spare = 64u - g->va_bits;

  if (!g->sign_extended)
    return va;
  return (guint64) ((gint64) (va << spare) >> spare);
}

static void
scan_table (Scan *scan, guint level, guint64 table, guint64 base)
{
  const SceneContext *c = scan->context;
  const struct vm_geometry *g = c->geometry;
  guint entries = vm_geometry_entries (g, level);
  guint64 span = G_GUINT64_CONSTANT (1) << g->level[level].low;

  scan->tables++;
  for (guint i = 0; i < entries; i++) {
    guint64 pa = (table << VM_PAGE_SHIFT) + (guint64) i * g->entry_bytes;
    guint64 raw = vm_memory_read (c->state, vm_paddr_of (pa), g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (g, level, raw, c->state->config.nx);
    guint64 first = base + i * span;

    if (!pte.present)
      continue;
    if (pte.leaf || level == 1 || scan->tables >= TABLE_LIMIT)
      add_run (scan->runs, extend_sign (g, first),
               extend_sign (g, first + span - 1));
    else
      scan_table (scan, level - 1, pte.frame, first);
  }
}

GArray *
scene_runs (const SceneContext *context, guint32 process)
{
  Scan scan = {.context = context,
               .runs = g_array_new (FALSE, FALSE, sizeof (SceneRun))};

  if (process < context->state->process_count)
    scan_table (&scan, context->geometry->levels,
                context->state->processes[process].root, 0);
  return scan.runs;
}

void
scene_runs_merge (GArray *runs, guint limit)
{
  SceneRun *run = (SceneRun *) (void *) runs->data;

  while (runs->len > MAX (1, limit)) {
    guint at = 0;
    for (guint i = 1; i + 1 < runs->len; i++)
      if (run[i + 1].first - run[i].last < run[at + 1].first - run[at].last)
        at = i;
    run[at].last = run[at + 1].last;
    g_array_remove_index (runs, at + 1);
  }
}
