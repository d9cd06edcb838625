/* Marks tables that were filled in. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "misconception.h"
#include "question-mark.h"

static const LessonCell *
cell_at (const LessonQuestion *question, guint row, guint column)
{
  const LessonRow *r = question->rows->pdata[row];

  return r->cells->pdata[column];
}

/* "Directory, Index": what people call a cell; to be freed. */
static char *
name_of (const LessonQuestion *question, guint row, guint column)
{
  const LessonRow *r = question->rows->pdata[row];
  g_autofree char *heading
      = lesson_text_plain (question->columns->pdata[column]);
  g_autofree char *name = r->name != NULL
                              ? lesson_text_plain (r->name)
                              : g_strdup_printf (_ ("row %u"), row + 1);

  /* Translators: a cell of a table: its row, its column. */
  return g_strdup_printf (_ ("%s, %s"), name, heading);
}

static char *
id_of (guint row, guint column)
{
  return g_strdup_printf ("r%uc%u", row + 1, column + 1);
}

/* The value of a cell as people read it; NULL if the machine has none. */
static char *
text_of (const LessonMarking *m, const LessonCell *cell)
{
  LessonValue key;

  return lesson_marking_ask (m, cell->query, &key)
             ? lesson_key_text (key, cell->hex)
             : NULL;
}

/* Reading ----------------------------------------------------------------- */

/* "r1c2" of a table; false if it has no such cell. */
static gboolean
read_place (const LessonQuestion *question, const char *text, guint *row,
            guint *column)
{
  char *end = NULL;

  if (g_ascii_tolower (text[0]) != 'r' || !g_ascii_isdigit (text[1]))
    return FALSE;
  guint64 r = g_ascii_strtoull (text + 1, &end, 10);
  if (g_ascii_tolower (*end) != 'c' || !g_ascii_isdigit (end[1]))
    return FALSE;
  guint64 c = g_ascii_strtoull (end + 1, &end, 10);
  if (*end != '\0' || r < 1 || r > question->rows->len || c < 1
      || c > question->columns->len)
    return FALSE;
  *row = (guint) r - 1;
  *column = (guint) c - 1;
  return TRUE;
}

/* Reads "r1c2=0x44332" into the table from "r1c2" to what was written. */
static gboolean
read_cell (const LessonMarking *m, const char *pair, GHashTable *cells,
           LessonVerdict *verdict)
{
  const char *equals = strchr (pair, '=');
  guint row = 0, column = 0;

  if (equals == NULL) {
    lesson_verdict_refuse (
        verdict, _ ("“%s” is not a cell; write it like r1c2=68."), pair);
    return FALSE;
  }
  g_autofree char *place
      = g_strstrip (g_strndup (pair, (gsize) (equals - pair)));
  if (!read_place (m->question, place, &row, &column)
      || cell_at (m->question, row, column)->given) {
    lesson_verdict_refuse (verdict, _ ("There is no “%s” to fill in."), place);
    return FALSE;
  }
  char *written = g_strstrip (g_strdup (equals + 1));
  if (!g_hash_table_insert (cells, id_of (row, column), written)) {
    lesson_verdict_refuse (verdict, _ ("“%s” stands there twice."), place);
    return FALSE;
  }
  return TRUE;
}

/* What was written into which cell; NULL after saying what is wrong. */
static GHashTable *
read_cells (const LessonMarking *m, const char *answer, LessonVerdict *verdict)
{
  g_auto (GStrv) pairs = g_strsplit_set (answer, ";\n", -1);
  g_autoptr (GHashTable) cells
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; pairs[i] != NULL; i++) {
    g_strstrip (pairs[i]);
    if (*pairs[i] != '\0' && !read_cell (m, pairs[i], cells, verdict))
      return NULL;
  }
  if (g_hash_table_size (cells) == 0) {
    lesson_verdict_refuse (verdict, _ ("Nothing is filled in yet."));
    return NULL;
  }
  return g_steal_pointer (&cells);
}

/* Marking ----------------------------------------------------------------- */

static void
mark_written (const LessonMarking *m, const LessonCell *cell,
              const char *written, LessonAnswerPart *part)
{
  const LessonText *text = NULL;
  LessonValue key = {0};

  if (written == NULL || *written == '\0'
      || !lesson_marking_ask (m, cell->query, &key))
    return;
  part->given = g_strdup (written);
  LessonReadings readings = lesson_readings_of (written, key.style, cell->hex);
  if (readings.count == 0) {
    part->mark = LESSON_MARK_UNREADABLE;
    part->why = g_strdup (_ ("This cannot be read."));
    return;
  }
  if (lesson_readings_mean (&readings, key.v)) {
    part->mark = LESSON_MARK_RIGHT;
    return;
  }

  part->mark = LESSON_MARK_WRONG;
  lesson_mistake_find (m, cell->mistakes, cell->query, key, &readings,
                       &part->misconception, &text);
  part->why = text != NULL ? lesson_text_plain (text)
                           : lesson_misconception_text (m->document,
                                                        part->misconception);
}

/* Adds "r1c2=hit" and "walk, TLB = hit". */
static void
tell_cell (const LessonMarking *m, const LessonCell *cell, guint row,
           guint column, GString *key, GString *text)
{
  g_autofree char *name = name_of (m->question, row, column);
  LessonValue value = {0};

  lesson_marking_ask (m, cell->query, &value);
  g_autofree char *printed = lesson_key_print (value, cell->hex);
  g_autofree char *shown = lesson_key_text (value, cell->hex);
  g_string_append_printf (key, "%sr%uc%u=%s", key->len > 0 ? "; " : "", row + 1,
                          column + 1, printed);
  g_string_append_printf (text, "%s%s = %s", text->len > 0 ? "; " : "", name,
                          shown);
}

static void
tell_cells (const LessonMarking *m, LessonVerdict *verdict)
{
  const LessonQuestion *question = m->question;
  GString *key = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < question->rows->len; row++)
    for (guint column = 0; column < question->columns->len; column++) {
      const LessonCell *cell = cell_at (question, row, column);
      if (cell->given)
        continue;
      tell_cell (m, cell, row, column, key, text);
      verdict->total++;
    }
  verdict->key = g_string_free (key, FALSE);
  verdict->key_text = g_string_free (text, FALSE);
}

void
lesson_mark_fill (const LessonMarking *m, const char *answer,
                  LessonVerdict *verdict)
{
  const LessonQuestion *question = m->question;

  tell_cells (m, verdict);
  if (answer == NULL)
    return;
  g_autoptr (GHashTable) cells = read_cells (m, answer, verdict);
  if (cells == NULL)
    return;

  for (guint row = 0; row < question->rows->len; row++)
    for (guint column = 0; column < question->columns->len; column++) {
      const LessonCell *cell = cell_at (question, row, column);
      if (cell->given)
        continue;
      char *id = id_of (row, column);
      LessonAnswerPart *part = lesson_verdict_add (
          verdict, id, name_of (question, row, column), LESSON_MARK_NOT_SURE);
      part->key = text_of (m, cell);
      mark_written (m, cell, g_hash_table_lookup (cells, id), part);
    }
  lesson_verdict_settle (m, verdict, verdict->parts->len, TRUE);
}

char *
lesson_question_cell (LessonPlay *play, const LessonQuestionPlace *place,
                      const LessonCell *cell)
{
  const LessonMarking marking = {.play = play,
                                 .place = place,
                                 .question = place->question,
                                 .document = play->document};

  return cell->given ? text_of (&marking, cell) : NULL;
}
