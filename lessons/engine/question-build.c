/* Marks page tables that were built: by the accesses that they serve. */
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

/* One access that shows whether a page is mapped as it should be. */
typedef struct {
  const char *kind, *mode;
  gboolean allowed;
} Probe;

/* The accesses that a page's flags allow, then those that they forbid. Kernel
 * and user are told apart by U/S, read and write by R/W. */
static guint
list_probes (guint flags, gboolean nx, Probe *probes)
{
  gboolean user = (flags & VM_MAP_USER) != 0;
  const char *mode = user ? "user" : "kernel";
  guint count = 0;

  probes[count++] = (Probe){"read", mode, TRUE};
  probes[count++] = (Probe){"write", mode, (flags & VM_MAP_WRITE) != 0};
  if (!user)
    probes[count++] = (Probe){"read", "user", FALSE};
  if (nx)
    probes[count++] = (Probe){"fetch", mode, (flags & VM_MAP_EXECUTE) != 0};
  return count;
}

/* "A user write at 0x11223000", as an operation. */
static char *
operation_of (const Probe *probe, const char *process, guint64 va)
{
  return g_strdup_printf ("access process=%s va=0x%" PRIx64 " kind=%s mode=%s",
                          process, va, probe->kind, probe->mode);
}

/* What an access showed; NULL if all is as it should be. */
static char *
tell_probe (const Probe *probe, const char *operation, guint64 wanted,
            const struct vm_translation *found)
{
  if (found->ok != probe->allowed)
    return found->ok
               ? g_strdup_printf (_ ("“%s” succeeds; it should not."),
                                  operation)
               : g_strdup_printf (_ ("“%s” ends in a fault: %s."), operation,
                                  lesson_style_word_translated (
                                      LESSON_STYLE_FAULT, found->fault.kind));
  if (found->ok && found->pa.v != wanted)
    return g_strdup_printf (
        _ ("“%s” reaches 0x%" PRIx64 "; it should reach 0x%" PRIx64 "."),
        operation, (guint64) found->pa.v, wanted);
  return NULL;
}

/* Tries a mapping; what is wrong with it, or NULL. To be freed. */
static char *
try_mapping (const Build *b, LessonScratch *scratch, guint64 va, guint64 frame,
             guint flags)
{
  const struct vm_state *state = vm_machine_state (scratch->machine);
  Probe probes[4];
  guint count = list_probes (flags, state->config.nx != 0, probes);

  for (guint i = 0; i < count; i++) {
    g_autofree char *operation = operation_of (
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

  for (guint i = 0; i < pages->len && told < 4; i++) {
    const LessonBuiltPage *page = &g_array_index (pages, LessonBuiltPage, i);
    if ((page->shift == g->page_shift && is_wanted (b, page->va))
        || has_page (before, page))
      continue;
    char *id = g_strdup_printf ("0x%" PRIx64, page->va);
    LessonAnswerPart *part
        = lesson_verdict_add (verdict, id, g_strdup (id), LESSON_MARK_WRONG);
    part->why
        = g_strdup_printf (_ ("This page is mapped, too, to frame 0x%" PRIx64
                              "; nobody asked for it."),
                           page->frame);
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
