/* What of an address space is mapped. */
#include "figures/runs.h"

#include "process/process.h"
#include "tape/memory.h"

/* Tables looked into at most. Beyond, an upper entry counts as mapped whole:
 * no picture could tell the difference. */
#define TABLE_LIMIT 4096

typedef struct {
  const SceneContext *context;
  GArray *runs;  /* of SceneRun, or */
  GArray *pages; /* of ScenePage */
  guint limit;   /* of pages */
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

/* With one root the bits above those translated repeat the top one; with two
 * they come with the root. */
static guint64
extend_sign (const struct vm_geometry *g, guint64 va)
{
  guint spare = 64u - g->va_bits;

  if (!g->sign_extended || g->two_roots)
    return va;
  return (guint64) ((gint64) (va << spare) >> spare);
}

static struct vm_pte
entry_at (const SceneContext *c, guint level, guint64 pa)
{
  const struct vm_geometry *g = c->geometry;

  return vm_pte_decode (
      g, level, vm_memory_read (c->state, vm_paddr_of (pa), g->entry_bytes),
      c->state->config.nx);
}

/* What is allowed is what every level allows. */
static ScenePage
restrict_page (ScenePage above, const struct vm_pte *pte)
{
  above.readable = above.readable && pte->readable;
  above.writable = above.writable && pte->writable;
  above.user = above.user && pte->user;
  above.executable = above.executable && !pte->no_execute;
  return above;
}

static void
add_page (Scan *scan, ScenePage page)
{
  if (scan->pages->len >= scan->limit)
    return;
  const struct vm_geometry *g = scan->context->geometry;

  page.va = extend_sign (g, page.va);
  page.last = page.va + (page.frames << g->page_shift) - 1;
  g_array_append_val (scan->pages, page);
}

static void
scan_table (Scan *scan, guint level, guint64 table, ScenePage above)
{
  const SceneContext *c = scan->context;
  const struct vm_geometry *g = c->geometry;
  guint entries = vm_geometry_entries (g, level);
  guint64 span = G_GUINT64_CONSTANT (1) << g->level[level].low;

  scan->tables++;
  for (guint i = 0; i < entries; i++) {
    guint64 pa = vm_geometry_entry (g, vm_frame_of (table), i).v;
    struct vm_pte pte = entry_at (c, level, pa);
    ScenePage page = restrict_page (above, &pte);

    if (!pte.present)
      continue;
    page.va += i * span;
    page.entry_pa = pa;
    page.frame = pte.frame;
    page.frames = span >> g->page_shift;
    if (!pte.leaf && level > 1 && scan->tables < TABLE_LIMIT)
      scan_table (scan, level - 1, pte.frame, page);
    else if (scan->runs != NULL)
      add_run (scan->runs, extend_sign (g, page.va),
               extend_sign (g, page.va + span - 1));
    else if (pte.leaf)
      add_page (scan, page);
  }
}

static void
scan_process (Scan *scan, guint32 process)
{
  const SceneContext *c = scan->context;
  ScenePage all
      = {.readable = TRUE, .writable = TRUE, .executable = TRUE, .user = TRUE};

  if (!scene_process_lives (c, process))
    return;
  scan_table (scan, c->geometry->levels, vm_mm_of (c->state, process)->root,
              all);
  if (!c->geometry->two_roots)
    return;
  all.va = ~scene_last_user (c->geometry);
  scan_table (scan, c->geometry->levels, c->state->config.kernel_root, all);
}

guint64
scene_last_user (const struct vm_geometry *g)
{
  if (g->sign_extended)
    return (G_GUINT64_CONSTANT (1) << (g->va_bits - !g->two_roots)) - 1;
  return g->va_bits == 32 ? G_GUINT64_CONSTANT (0xbfffffff)
                          : vm_geometry_last_address (g);
}

gboolean
scene_process_lives (const SceneContext *context, guint32 process)
{
  const struct vm_state *s = context->state;

  return process < s->process_count
         && (s->processes[process].state == VM_PROCESS_RUNNING
             || s->processes[process].state == VM_PROCESS_WAITING);
}

GArray *
scene_runs (const SceneContext *context, guint32 process)
{
  Scan scan = {.context = context,
               .runs = g_array_new (FALSE, FALSE, sizeof (SceneRun))};

  scan_process (&scan, process);
  return scan.runs;
}

GArray *
scene_pages (const SceneContext *context, guint32 process, guint limit)
{
  Scan scan = {.context = context,
               .pages = g_array_new (FALSE, FALSE, sizeof (ScenePage)),
               .limit = limit};

  scan_process (&scan, process);
  return scan.pages;
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
