/* Marks page tables that were built: by the accesses that they serve. */
#include "question-build.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "question-edit.h"
#include "question-mark.h"
#include "question-tables.h"

typedef struct {
  const LessonMarking *marking;
  GArray *tables;
  guint64 root;
} Build;

/* Pages that are wanted --------------------------------------------------- */

/* What an access showed; NULL if all is as it should be. */
static char *
tell_probe (const LessonProbe *probe, const char *operation, guint64 wanted,
            const struct vm_translation *found)
{
  if (found->ok != probe->allowed)
    return found->ok ? lesson_built_allowed (operation)
                     : lesson_built_refused (operation, found->fault.kind);
  if (!found->ok || found->pa.v == wanted)
    return NULL;
  g_autofree char *reached = g_strdup_printf ("0x%" PRIx64, found->pa.v);
  g_autofree char *expected = g_strdup_printf ("0x%" PRIx64, wanted);
  return lesson_built_elsewhere (operation, reached, expected);
}

/* Tries a mapping; what is wrong with it, or NULL. To be freed. */
static char *
try_mapping (const Build *b, LessonScratch *scratch, guint64 va, guint64 frame,
             guint flags)
{
  const struct vm_state *state = vm_machine_state (scratch->machine);
  LessonProbe probes[LESSON_PROBES];
  guint count = lesson_built_probes (flags, state->config.nx != 0, probes);

  for (guint i = 0; i < count; i++) {
    g_autofree char *operation = lesson_built_operation (
        &probes[i], lesson_built_process (scratch, b->root), va);
    struct vm_error error = {0};
    if (!lesson_scratch_do (scratch, operation, &error))
      return lesson_error_text (&error);
    char *why = tell_probe (&probes[i], operation,
                            frame << state->config.page_shift,
                            lesson_scratch_outcome (scratch));
    if (why != NULL)
      return why;
  }
  return NULL;
}

static void
mark_mapping (const Build *b, LessonScratch *scratch,
              const LessonMapping *mapping, LessonVerdict *verdict)
{
  const LessonMarking *m = b->marking;
  guint64 va = 0, frame = 0;

  lesson_question_given (m->play, m->place, mapping->va, &va, NULL);
  lesson_question_given (m->play, m->place, mapping->frame, &frame, NULL);
  char *why = try_mapping (b, scratch, va, frame, mapping->flags);
  char *id = g_strdup_printf ("0x%" PRIx64, va);
  LessonAnswerPart *part = lesson_verdict_add (verdict, id, g_strdup (id),
                                               why == NULL ? LESSON_MARK_RIGHT
                                                           : LESSON_MARK_WRONG);
  part->why = why;
}

/* What else is mapped ----------------------------------------------------- */

static gboolean
is_wanted (const Build *b, guint64 va)
{
  const LessonMarking *m = b->marking;
  const GPtrArray *maps = m->question->maps;

  for (guint i = 0; i < maps->len; i++) {
    const LessonMapping *mapping = maps->pdata[i];
    guint64 wanted;
    if (lesson_question_given (m->play, m->place, mapping->va, &wanted, NULL)
        && wanted == va)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_page (const GArray *pages, const LessonBuiltPage *page)
{
  for (guint i = 0; i < pages->len; i++) {
    const LessonBuiltPage *other = &g_array_index (pages, LessonBuiltPage, i);
    if (other->va == page->va && other->frame == page->frame
        && other->shift == page->shift)
      return TRUE;
  }
  return FALSE;
}

/* A page that nobody asked for is a wrong part; the first few are told. */
static void
mark_excess (const Build *b, const GArray *before, const GArray *pages,
             LessonVerdict *verdict)
{
  const struct vm_geometry *g
      = g_array_index (b->tables, LessonBuiltTable, 0).form.geometry;
  guint told = 0;

  for (guint i = 0; i < pages->len && told < LESSON_BUILT_MORE; i++) {
    const LessonBuiltPage *page = &g_array_index (pages, LessonBuiltPage, i);
    if ((page->shift == g->page_shift && is_wanted (b, page->va))
        || has_page (before, page))
      continue;
    char *id = g_strdup_printf ("0x%" PRIx64, page->va);
    LessonAnswerPart *part
        = lesson_verdict_add (verdict, id, g_strdup (id), LESSON_MARK_WRONG);
    g_autofree char *frame = g_strdup_printf ("0x%" PRIx64, page->frame);
    part->why = lesson_built_excess (frame);
    told++;
  }
}

/* The whole --------------------------------------------------------------- */

static void
mark_entries (const Build *b, const GArray *entries, LessonVerdict *verdict)
{
  const LessonMarking *m = b->marking;
  g_autoptr (LessonScratch) scratch
      = lesson_scratch_new (m->play, m->place->ask_at);

  if (scratch == NULL)
    return;
  g_autoptr (GArray) before = lesson_built_pages (scratch, b->root);
  for (guint i = 0; i < entries->len; i++) {
    const LessonBuiltEntry *e = &g_array_index (entries, LessonBuiltEntry, i);
    const LessonBuiltTable *table
        = &g_array_index (b->tables, LessonBuiltTable, e->table);
    if (lesson_scratch_write (scratch, lesson_built_pa (table, e->index),
                              e->raw))
      continue;
    lesson_verdict_refuse (verdict, _ ("This entry cannot be tried."));
    return;
  }
  g_autoptr (GArray) pages = lesson_built_pages (scratch, b->root);
  for (guint i = 0; i < m->question->maps->len; i++)
    mark_mapping (b, scratch, m->question->maps->pdata[i], verdict);
  mark_excess (b, before, pages, verdict);
  lesson_verdict_settle (m, verdict, verdict->parts->len, TRUE);
}

void
lesson_mark_build (const LessonMarking *m, const char *answer,
                   LessonVerdict *verdict)
{
  g_autofree char *why = NULL;
  Build b = {.marking = m};
  g_autoptr (GArray) tables = lesson_built_tables (m->play, m->place, NULL);
  g_autoptr (GArray) key
      = tables != NULL ? lesson_built_key (m->play, m->place, tables) : NULL;

  verdict->total = m->question->maps->len;
  if (key == NULL)
    return;
  b.tables = tables;
  b.root = g_array_index (tables, LessonBuiltTable, 0).frame;
  verdict->key = lesson_built_words (tables, key);
  verdict->key_text = g_strdup (verdict->key);
  if (answer == NULL)
    return;

  g_autoptr (GArray) entries
      = lesson_built_read (m->play, m->place, tables, answer, &why);
  if (entries != NULL)
    mark_entries (&b, entries, verdict);
  else
    lesson_verdict_refuse (verdict, "%s", why);
}

/* What is tried, and said ------------------------------------------------- */

guint
lesson_built_probes (guint flags, gboolean nx,
                     LessonProbe probes[LESSON_PROBES])
{
  enum vm_mode mode = (flags & VM_MAP_USER) != 0 ? VM_USER_MODE
                                                 : VM_KERNEL_MODE;
  guint count = 0;

  probes[count++] = (LessonProbe){VM_READ, mode, TRUE};
  probes[count++] = (LessonProbe){VM_WRITE, mode, (flags & VM_MAP_WRITE) != 0};
  if (mode == VM_KERNEL_MODE)
    probes[count++] = (LessonProbe){VM_READ, VM_USER_MODE, FALSE};
  if (nx)
    probes[count++]
        = (LessonProbe){VM_FETCH, mode, (flags & VM_MAP_EXECUTE) != 0};
  return count;
}

char *
lesson_built_operation (const LessonProbe *probe, const char *process,
                        guint64 va)
{
  return g_strdup_printf ("access process=%s va=0x%" PRIx64 " kind=%s mode=%s",
                          process, va, vm_access_kind_name (probe->kind),
                          vm_mode_name (probe->mode));
}

char *
lesson_built_allowed (const char *operation)
{
  return g_strdup_printf (_ ("“%s” succeeds; it should not."), operation);
}

char *
lesson_built_refused (const char *operation, enum vm_fault_kind kind)
{
  return g_strdup_printf (
      _ ("“%s” ends in a fault: %s."), operation,
      lesson_style_word_translated (LESSON_STYLE_FAULT, kind));
}

char *
lesson_built_elsewhere (const char *operation, const char *reached,
                        const char *wanted)
{
  /* Translators: an operation and two physical addresses. */
  return g_strdup_printf (_ ("“%s” reaches %s; it should reach %s."), operation,
                          reached, wanted);
}

char *
lesson_built_excess (const char *frame)
{
  return g_strdup_printf (
      _ ("This page is mapped, too, to frame %s; nobody asked for it."), frame);
}
