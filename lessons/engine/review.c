/* Looks for what hinders a reader although nothing is false. */
#include "review.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const LessonDocument *document;
  LessonProblems *problems;
  const char *language;
} Review;

static void G_GNUC_PRINTF (3, 4)
    complain (const Review *review, LessonPlace place, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lesson_problems_add (review->problems, review->document->file, place.line,
                       place.column, "%s", what);
}

/* Lengths ----------------------------------------------------------------- */

/* What fits its place in a window of usual size, with a little to spare:
 * a title two lines of the library, a point three of the prose. */
guint
lesson_role_limit (LessonRole role)
{
  static const guint limits[LESSON_ROLES] = {
      [LESSON_ROLE_TITLE] = 60,      [LESSON_ROLE_SUMMARY] = 240,
      [LESSON_ROLE_OBJECTIVE] = 160, [LESSON_ROLE_HEADING] = 60,
      [LESSON_ROLE_ITEM] = 400,      [LESSON_ROLE_PARAGRAPH] = 900,
      [LESSON_ROLE_CAPTION] = 120,   [LESSON_ROLE_CELL] = 120,
      [LESSON_ROLE_ALT] = 400,       [LESSON_ROLE_LABEL] = 40,
      [LESSON_ROLE_CALLOUT] = 80,    [LESSON_ROLE_BEAT] = 90,
      [LESSON_ROLE_POINT] = 140,     [LESSON_ROLE_ASK] = 400,
      [LESSON_ROLE_CHOICE] = 160,    [LESSON_ROLE_ANSWER] = 400,
  };

  g_return_val_if_fail (role < LESSON_ROLES, 0);
  return limits[role];
}

guint
lesson_text_columns (const LessonText *text)
{
  g_autofree char *plain = lesson_text_plain (text);
  guint columns = 0;

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!g_unichar_iszerowidth (c))
      columns += g_unichar_iswide (c) ? 2 : 1;
  }
  return columns;
}

static void
check_length (const LessonText *text, LessonRole role, gpointer data)
{
  guint limit = lesson_role_limit (role), columns = lesson_text_columns (text);

  if (limit != 0 && columns > limit)
    complain (data, text->place,
              /* Translators: what kind of text it is, two numbers. */
              _ ("%s is %u characters long; at most %u fit its place"),
              lesson_role_name (role), columns, limit);
}

/* Beats ------------------------------------------------------------------- */

/* A point is the current one from its own step to that of the next. */
static void
check_points (const Review *review, const LessonBeatRange *range)
{
  const GPtrArray *points = range->beat->points;

  for (guint i = 0; i + 1 < points->len; i++) {
    const LessonPoint *point = points->pdata[i];
    if (range->point_steps[i] == range->point_steps[i + 1])
      complain (review, point->place,
                _ ("this point can never be reached: the next one stands for "
                   "the same step"));
  }
}

static void
check_beats (const Review *review, const LessonPlay *play)
{
  for (guint i = 0; i < play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, i);
    if (range->first_step == range->end_step)
      complain (review, range->beat->place,
                _ ("the beat “%s” can never be reached: what it does has no "
                   "step; move it into <machine>"),
                range->beat->id);
    check_points (review, range);
  }
}

void
lesson_review (const LessonPlay *play, LessonProblems *problems)
{
  Review review = {.document = play->document, .problems = problems};

  lesson_document_each_text (play->document, check_length, &review);
  check_beats (&review, play);
}

/* Translation ------------------------------------------------------------- */

/* What holds no letter of its own, such as a number, reads the same in every
 * language. */
static gboolean
has_words (const LessonText *text)
{
  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = text->runs->pdata[i];
    if (run->kind == LESSON_RUN_CODE || run->kind == LESSON_RUN_NUM
        || run->kind == LESSON_RUN_MAN || run->kind == LESSON_RUN_URL)
      continue;
    for (const char *p = run->text; *p != '\0'; p = g_utf8_next_char (p))
      if (g_unichar_isalpha (g_utf8_get_char (p)))
        return TRUE;
  }
  return FALSE;
}

static void
check_translated (const LessonText *text, LessonRole role, gpointer data)
{
  const Review *review = data;

  if (text->translation == LESSON_TRANSLATION_NONE && has_words (text))
    complain (review, text->place, _ ("%s has no translation in “%s”: %s"),
              lesson_role_name (role), review->language, text->msgid);
}

void
lesson_review_translation (const LessonDocument *document, const char *language,
                           LessonProblems *problems)
{
  Review review
      = {.document = document, .problems = problems, .language = language};

  lesson_document_each_text (document, check_translated, &review);
}
