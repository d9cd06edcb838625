/* Marks an edited entry: it is put into a machine, and tried. */
#include "question-edit.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "misconception.h"
#include "question-mark.h"
#include "question-scratch.h"

gboolean
lesson_question_given (LessonPlay *play, const LessonQuestionPlace *place,
                       const char *query, guint64 *value, char **why)
{
  return lesson_play_query (play, place->beat, place->ask_at, query, value,
                            why);
}

gboolean
lesson_edited_find (LessonPlay *play, const LessonQuestionPlace *place,
                    LessonEdited *edited, char **why)
{
  const struct vm_geometry *g = vm_machine_geometry (play->machine);
  guint64 cursor = vm_machine_cursor (play->machine);

  if ((guint) place->question->level > g->levels) {
    if (why != NULL)
      *why = g_strdup_printf (_ ("the machine has %u levels"), g->levels);
    return FALSE;
  }
  edited->form = (LessonEntryForm){g, (guint) place->question->level};
  if (!lesson_question_given (play, place, place->question->entry_pa,
                              &edited->pa, why))
    return FALSE;
  if (edited->pa % g->entry_bytes != 0) {
    if (why != NULL)
      *why = g_strdup_printf (_ ("no entry begins at 0x%" PRIx64), edited->pa);
    return FALSE;
  }
  vm_machine_seek (play->machine, place->ask_at);
  edited->raw = vm_memory_read (vm_machine_state (play->machine),
                                vm_paddr_of (edited->pa), g->entry_bytes);
  vm_machine_seek (play->machine, cursor);
  return TRUE;
}

static gboolean
ask_goals (LessonScratch *scratch, const GPtrArray *goals, guint *reached,
           char **why)
{
  *reached = 0;
  for (guint i = 0; i < goals->len; i++) {
    const LessonChoice *goal = goals->pdata[i];
    LessonQueryFault fault = {0};
    LessonValue value;
    if (lesson_scratch_ask (scratch, goal->query, &value, &fault)) {
      *reached |= (guint) (value.v != 0) << i;
      continue;
    }
    /* What a fault leaves without a value is a goal that was missed. */
    if (why != NULL && *why == NULL)
      *why = g_steal_pointer (&fault.why);
    lesson_query_fault_clear (&fault);
  }
  return TRUE;
}

gboolean
lesson_edited_try (LessonPlay *play, const LessonQuestionPlace *place,
                   const LessonEdited *edited, guint64 raw, guint *reached,
                   char **why)
{
  const LessonQuestion *question = place->question;
  g_autoptr (LessonScratch) scratch = lesson_scratch_new (play, place->ask_at);
  struct vm_error error = {0};

  if (scratch == NULL || !lesson_scratch_write (scratch, edited->pa, raw))
    return FALSE;
  for (guint i = 0; i < question->tries->len; i++) {
    const LessonDo *try = question->tries->pdata[i];
    if (lesson_scratch_do (scratch, try->line, &error))
      continue;
    if (why != NULL)
      *why = lesson_error_text (&error);
    return FALSE;
  }
  return ask_goals (scratch, question->choices, reached, why);
}

/* Marking ----------------------------------------------------------------- */

typedef struct {
  const LessonMarking *marking;
  LessonEdited edited;
  guint64 key;
  guint all; /* all goals */
} Edit;

static gboolean
reaches_all (const Edit *edit, guint64 raw)
{
  guint reached = 0;

  return lesson_edited_try (edit->marking->play, edit->marking->place,
                            &edit->edited, raw, &reached, NULL)
         && reached == edit->all;
}

static void
blame (const Edit *edit, const struct vm_pte_field *field, guint64 raw,
       LessonVerdict *verdict)
{
  guint64 mask = lesson_field_mask (field);
  LessonAnswerPart *part = lesson_verdict_add (verdict, g_strdup (field->name),
                                               g_strdup (field->label),
                                               LESSON_MARK_WRONG);

  part->why = g_strdup (_ ("Look at this part of the entry again."));
  part->given = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                                 (raw & mask) >> field->low);
  part->key = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                               (edit->key & mask) >> field->low);
}

/* Says which fields are wrong: those that spoil a right entry when they are
 * taken over into it. If none does so alone, all that differ are. */
static void
blame_fields (const Edit *edit, guint64 raw, LessonVerdict *verdict)
{
  guint count, blamed = 0;
  const struct vm_pte_field *fields
      = lesson_entry_fields (&edit->edited.form, edit->key, &count);

  for (guint pass = 0; pass < 2 && blamed == 0; pass++)
    for (guint i = 0; i < count; i++) {
      guint64 mask = lesson_field_mask (&fields[i]);
      if (((raw ^ edit->key) & mask) == 0)
        continue;
      if (pass == 0 && reaches_all (edit, (edit->key & ~mask) | (raw & mask)))
        continue;
      blame (edit, &fields[i], raw, verdict);
      blamed++;
    }
}

static const LessonMistake *
find_mistake (const Edit *edit, guint64 raw)
{
  const GPtrArray *mistakes = edit->marking->question->mistakes;

  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = mistakes->pdata[i];
    guint64 value;
    if (lesson_question_given (edit->marking->play, edit->marking->place,
                               mistake->query, &value, NULL)
        && value == raw)
      return mistake;
  }
  return NULL;
}

/* A goal as it is named: without the full stop of its sentence. */
static char *
name_of (const LessonChoice *goal)
{
  char *name = lesson_text_plain (goal->text);
  const char *const stops[] = {".", "。"};

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (g_str_has_suffix (name, stops[i]))
      name[strlen (name) - strlen (stops[i])] = '\0';
  return name;
}

static void
mark_goals (const Edit *edit, guint reached, LessonVerdict *verdict)
{
  const GPtrArray *goals = edit->marking->question->choices;

  for (guint i = 0; i < goals->len; i++) {
    const LessonChoice *goal = goals->pdata[i];
    gboolean done = reached >> i & 1;
    lesson_verdict_add (verdict, g_strdup_printf ("%u", i + 1), name_of (goal),
                        done ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
  }
}

static void
explain (const Edit *edit, guint64 raw, LessonVerdict *verdict)
{
  const LessonMistake *mistake = find_mistake (edit, raw);

  blame_fields (edit, raw, verdict);
  if (mistake != NULL) {
    verdict->why = mistake->text;
    verdict->misconception = mistake->of;
  }
}

static void
mark_entry (const Edit *edit, const char *answer, LessonVerdict *verdict)
{
  guint64 raw = edit->edited.raw;
  g_autofree char *why = NULL;
  guint reached = 0, before = 0;

  if (!lesson_entry_read (&edit->edited.form, answer, &raw, &why)) {
    lesson_verdict_refuse (verdict, "%s", why);
    return;
  }
  if (!lesson_edited_try (edit->marking->play, edit->marking->place,
                          &edit->edited, raw, &reached, NULL)) {
    lesson_verdict_refuse (verdict, _ ("This entry cannot be tried."));
    return;
  }
  /* What was so before is no part of the answer. */
  lesson_edited_try (edit->marking->play, edit->marking->place, &edit->edited,
                     edit->edited.raw, &before, NULL);
  mark_goals (edit, reached, verdict);
  if (reached != edit->all)
    explain (edit, raw, verdict);
  lesson_verdict_settle (edit->marking, verdict,
                         edit->marking->question->choices->len,
                         (reached & ~before) != 0);
}

void
lesson_mark_edit (const LessonMarking *m, const char *answer,
                  LessonVerdict *verdict)
{
  Edit edit = {.marking = m, .all = (1u << m->question->choices->len) - 1};

  verdict->total = m->question->choices->len;
  if (!lesson_edited_find (m->play, m->place, &edit.edited, NULL)
      || !lesson_question_given (m->play, m->place, m->question->answer,
                                 &edit.key, NULL))
    return;
  verdict->key
      = lesson_entry_words (&edit.edited.form, edit.edited.raw, edit.key);
  verdict->key_text = g_strdup (verdict->key);
  if (answer != NULL)
    mark_entry (&edit, answer, verdict);
}
