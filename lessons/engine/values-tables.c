/* Answers queries about page tables, as they lie in memory at the cursor. */
#include <glib/gi18n-lib.h>

#include "values.h"

/* An entry on the way from the root to an address. */
typedef struct {
  guint level;
  guint64 table; /* frame */
  guint64 pa;
  struct vm_pte pte;
} Entry;

gboolean
lesson_find_process (const LessonQueryContext *c, guint32 *process, char **why)
{
  const struct vm_state *state = vm_machine_state (c->machine);
  guint32 index = state->cpus[0].process;
  g_autofree char *no_access = NULL;
  guint64 op;

  if (lesson_find_access (c, &op, &no_access))
    index = vm_machine_result (c->machine, op)->process;
  if (index == VM_NONE)
    index = 0;
  if (index >= state->process_count)
    return lesson_no_answer (why, _ ("there is no process"));
  *process = index;
  return TRUE;
}

/* The address space of that process. */
static gboolean
find_space (const LessonQueryContext *c, const struct vm_mm **mm, char **why)
{
  guint32 process;

  if (!lesson_find_process (c, &process, why))
    return FALSE;
  *mm = vm_mm_of (vm_machine_state (c->machine), process);
  return TRUE;
}

static void
read_entry (const LessonQueryContext *c, guint64 va, Entry *entry)
{
  const struct vm_geometry *g = vm_machine_geometry (c->machine);
  const struct vm_state *state = vm_machine_state (c->machine);
  guint index = vm_geometry_index (g, entry->level, vm_vaddr_of (va));

  entry->pa = vm_geometry_entry (g, vm_frame_of (entry->table), index).v;
  guint64 raw = vm_memory_read (state, vm_paddr_of (entry->pa), g->entry_bytes);
  entry->pte = vm_pte_decode (g, entry->level, raw, state->config.nx != 0);
}

/* Walks from the root to the table of a level; with level 0, to the entry
 * that maps the page. */
static gboolean
walk_to (const LessonQueryContext *c, guint64 va, guint64 level, Entry *entry,
         char **why)
{
  const struct vm_mm *mm;

  if (!find_space (c, &mm, why))
    return FALSE;

  entry->level = vm_machine_geometry (c->machine)->levels;
  entry->table = mm->root;
  read_entry (c, va, entry);
  while (entry->level != level) {
    if (!entry->pte.present)
      return lesson_no_answer (why, _ ("the entry at level %u is not present"),
                               entry->level);
    if (entry->pte.leaf && level == 0)
      return TRUE;
    if (entry->pte.leaf)
      return lesson_no_answer (
          why, _ ("the entry at level %u maps a page; no table follows it"),
          entry->level);
    entry->level--;
    entry->table = entry->pte.frame;
    read_entry (c, va, entry);
  }
  return TRUE;
}

gboolean
lesson_answer_entry (const LessonQueryContext *c, int subject,
                     const guint64 *arguments, guint64 *value, char **why)
{
  guint64 op;
  Entry entry;

  if (!lesson_check_level (vm_machine_geometry (c->machine), arguments[0], why)
      || !lesson_find_access (c, &op, why))
    return FALSE;
  guint64 va = vm_machine_result (c->machine, op)->va.v;
  if (!walk_to (c, va, arguments[0], &entry, why))
    return FALSE;

  const guint64 answers[] = {
      [LESSON_ENTRY_TABLE] = entry.table,
      [LESSON_ENTRY_PA] = entry.pa,
      [LESSON_ENTRY_RAW] = entry.pte.raw,
      [LESSON_ENTRY_FRAME] = entry.pte.frame,
      [LESSON_ENTRY_PRESENT] = entry.pte.present,
      [LESSON_ENTRY_WRITABLE] = entry.pte.writable,
      [LESSON_ENTRY_USER] = entry.pte.user,
      [LESSON_ENTRY_ACCESSED] = entry.pte.accessed,
      [LESSON_ENTRY_DIRTY] = entry.pte.dirty,
      [LESSON_ENTRY_EXECUTABLE] = !entry.pte.no_execute,
      [LESSON_ENTRY_GLOBAL] = entry.pte.global,
  };
  *value = answers[subject];
  return TRUE;
}

/* Where the tables lead an address, permissions aside. */
static gboolean
translate (const LessonQueryContext *c, guint64 va, guint64 *pa, char **why)
{
  Entry entry;

  if (!walk_to (c, va, 0, &entry, why))
    return FALSE;
  const struct vm_geometry *g = vm_machine_geometry (c->machine);
  guint shift = g->level[entry.level].low;
  guint64 below = (G_GUINT64_CONSTANT (1) << shift) - 1;
  *pa = (entry.pte.frame << g->page_shift) | (va & below);
  return TRUE;
}

gboolean
lesson_answer_tables (const LessonQueryContext *c, int subject,
                      const guint64 *arguments, guint64 *value, char **why)
{
  const struct vm_mm *mm;

  if (subject == LESSON_TABLES_TRANSLATE)
    return translate (c, arguments[0], value, why);
  if (!find_space (c, &mm, why))
    return FALSE;
  *value = subject == LESSON_TABLES_ROOT ? mm->root : mm->tables;
  return TRUE;
}
