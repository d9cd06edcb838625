/* What marking says about each answer to a question, for a page that has no
 * machine: everything it knows was marked by one. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "html_build.h"
#include "html_edit.h"
#include "html_text.h"
#include "question-slips.h"

/* What is said ------------------------------------------------------------ */

/* The first words, in front of a reason. To be freed. */
static char *
words_of (const LessonVerdict *verdict)
{
  switch (verdict->mark) {
  case LESSON_MARK_RIGHT:
    return g_markup_printf_escaped ("<b>%s</b>", _ ("Right."));
  case LESSON_MARK_WRONG:
    return g_markup_printf_escaped ("<b>%s</b>", _ ("Not quite."));
  case LESSON_MARK_PARTLY:
    return g_strdup_printf (_ ("<b>Partly right:</b> %u of %u."),
                            verdict->right, verdict->total);
  case LESSON_MARK_UNREADABLE:
    return g_strdup ("");
  case LESSON_MARK_NOT_SURE:
    break;
  }
  g_autofree char *key = g_markup_printf_escaped (
      "<span class=\"n\">%s</span>",
      verdict->key_text != NULL ? verdict->key_text : "");
  return g_strdup_printf (_ ("<b>The answer is</b> %s."), key);
}

/* Why, as HTML; to be freed. "" if there is nothing to say. */
static char *
reason_of (const ExportQuestion *q, const LessonVerdict *verdict)
{
  g_autoptr (GString) html = g_string_new (NULL);

  if (verdict->why != NULL)
    export_html_inline (html, q->play, verdict->why);
  else if (verdict->says != NULL)
    export_html_escaped (html, verdict->says);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

static char *
feedback_of (const ExportQuestion *q, const LessonVerdict *verdict)
{
  g_autofree char *words = words_of (verdict);
  g_autofree char *reason = reason_of (q, verdict);

  if (*words == '\0' || *reason == '\0')
    return g_strconcat (words, reason, NULL);
  /* Translators: "Not quite.", and why: two sentences. */
  return g_strdup_printf (_ ("%s %s"), words, reason);
}

/* Parts that are wrong, and why, below the line. */
static void
add_reasons (const LessonVerdict *verdict, GString *html)
{
  gboolean any = FALSE;

  for (guint i = 0; i < verdict->parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict->parts, i);
    if (part->mark != LESSON_MARK_WRONG || verdict->total < 2)
      continue;
    g_string_append (html, any ? "<li>" : "<ul><li>");
    g_autofree char *line = part->why != NULL ? g_strdup_printf (
                                _ ("%s: %s"), part->name, part->why)
                                              : g_strdup (part->name);
    export_html_escaped (html, line);
    g_string_append (html, "</li>");
    any = TRUE;
  }
  if (any)
    g_string_append (html, "</ul>");
}

void
export_mark_json (const ExportQuestion *q, const char *answer, GString *out)
{
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, answer);
  g_autofree char *feedback = feedback_of (q, &verdict);
  g_autoptr (GString) html = g_string_new (feedback);

  add_reasons (&verdict, html);
  g_string_append_printf (out, "[\"%s\",", lesson_mark_name (verdict.mark));
  export_json_string (out, html->str);
  g_string_append_c (out, ']');
  lesson_verdict_clear (&verdict);
}

void
export_partly_json (guint total, GString *out)
{
  for (guint right = 0; right <= total; right++) {
    LessonVerdict verdict
        = {.mark = right == 0 ? LESSON_MARK_WRONG : LESSON_MARK_PARTLY,
           .right = right,
           .total = total};
    g_autofree char *words = words_of (&verdict);
    g_string_append_c (out, right > 0 ? ',' : '[');
    export_json_string (out, words);
  }
  g_string_append_c (out, ']');
}

/* Appends `"name":["mark","feedback"]` of an answer; NULL: not sure. */
static void
add_mark (const ExportQuestion *q, const char *name, const char *answer,
          GString *out)
{
  if (name != NULL)
    g_string_append_printf (out, ",\n\"%s\":", name);
  export_mark_json (q, answer, out);
}

/* Values ------------------------------------------------------------------ */

static char *
written (guint64 value, gboolean hex)
{
  return hex ? g_strdup_printf ("0x%" PRIx64, value)
             : g_strdup_printf ("%" PRIu64, value);
}

/* A wrong value that nothing is known about: what is said then is said of
 * every other one, too. */
static guint64
any_other (const GArray *slips, guint64 key)
{
  guint64 value = key ^ G_GUINT64_CONSTANT (0x5a5a5a5a5a);

  for (guint i = 0; i < slips->len; i++)
    if (g_array_index (slips, guint64, i) == value)
      return any_other (slips, value);
  return value;
}

static void
add_words (const ExportQuestion *q, LessonStyle style, GString *out)
{
  const char *word;

  g_string_append (out, ",\n\"words\":{");
  for (guint64 i = 0; (word = lesson_style_word (style, i)) != NULL; i++) {
    g_string_append_printf (out, "%s\"%s\":", i > 0 ? ",\n" : "", word);
    add_mark (q, NULL, word, out);
  }
  g_string_append_c (out, '}');
}

static void
add_values (const ExportQuestion *q, LessonValue key, GString *out)
{
  gboolean hex = strcmp (q->place->question->format, "hex") == 0;
  g_autoptr (GArray) slips = lesson_question_slips (q->play, q->place, NULL);
  g_autofree char *right = written (key.v, hex);
  g_autofree char *other = written (any_other (slips, key.v), hex);

  g_string_append_printf (out,
                          ",\"hex\":%s,\"key\":\"%" PRIu64 "\",\n\"told\":[",
                          hex ? "true" : "false", key.v);
  for (guint i = 0; i < slips->len; i++) {
    guint64 value = g_array_index (slips, guint64, i);
    g_autofree char *text = written (value, hex);
    g_string_append_printf (out, "%s[\"%" PRIu64 "\",", i > 0 ? ",\n" : "",
                            value);
    add_mark (q, NULL, text, out);
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, ']');
  add_mark (q, "right", right, out);
  add_mark (q, "other", other, out);
  add_mark (q, "unreadable", "—", out);
}

static void
add_predict (const ExportQuestion *q, GString *out)
{
  LessonValue key = {0};

  if (!lesson_question_key (q->play, q->place, NULL, &key))
    return;
  if (lesson_style_word (key.style, 0) != NULL)
    add_words (q, key.style, out);
  else
    add_values (q, key, out);
}

/* Letters ----------------------------------------------------------------- */

static char *
letter_of (guint i)
{
  return g_strdup_printf ("%c", 'a' + (int) i);
}

static void
add_choose (const ExportQuestion *q, GString *out)
{
  g_string_append (out, ",\n\"words\":{");
  for (guint i = 0; i < q->place->question->choices->len; i++) {
    g_autofree char *letter = letter_of (i);
    g_string_append_printf (out, "%s\"%s\":", i > 0 ? ",\n" : "", letter);
    add_mark (q, NULL, letter, out);
  }
  g_string_append_c (out, '}');
  add_mark (q, "unreadable", "a, b", out);
}

/* All of them at once, so that the answer has all its parts. To be freed. */
static char *
all_letters (guint count)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (all, "%s%c", i > 0 ? ", " : "", 'a' + (int) i);
  return g_string_free (all, FALSE);
}

static void
add_partly (guint total, GString *out)
{
  g_string_append (out, ",\n\"partly\":");
  export_partly_json (total, out);
}

/* Whether each choice holds, and what is said to those who take one that does
 * not. */
static void
add_several (const ExportQuestion *q, const LessonVerdict *key, GString *out)
{
  guint count = q->place->question->choices->len;
  g_autofree char *all = all_letters (count);
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, all);

  g_string_append (out, ",\n\"items\":[");
  for (guint i = 0; i < verdict.parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict.parts, i);
    g_autofree char *letter = letter_of (i);
    g_string_append (out, i > 0 ? "," : "");
    g_string_append_printf (out, "[\"%s\",%s,", letter,
                            g_strcmp0 (part->key, "yes") == 0 ? "true"
                                                              : "false");
    if (part->misconception != NULL) {
      LessonVerdict alone = lesson_question_mark (q->play, q->place, letter);
      g_autofree char *reason = reason_of (q, &alone);
      export_json_string (out, reason);
      lesson_verdict_clear (&alone);
    } else {
      g_string_append (out, "\"\"");
    }
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, ']');
  add_partly (count, out);
  add_mark (q, "right", key->key, out);
  add_mark (q, "unreadable", " ", out);
  lesson_verdict_clear (&verdict);
}

/* The keys of all parts, as places from 0 on. */
static void
add_keys (const ExportQuestion *q, const LessonVerdict *key, GString *out)
{
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, key->key);

  g_string_append (out, ",\n\"keys\":[");
  for (guint i = 0; i < verdict.parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict.parts, i);
    int place = g_ascii_isalpha (part->key[0]) ? part->key[0] - 'a'
                                               : atoi (part->key) - 1;
    g_string_append_printf (out, "%s%d", i > 0 ? "," : "", place);
  }
  g_string_append_c (out, ']');
  add_partly (verdict.parts->len, out);
  add_mark (q, "right", key->key, out);
  lesson_verdict_clear (&verdict);
}

/* Tables ------------------------------------------------------------------ */

/* What is said of one value in one cell; to be freed, NULL if nothing is. */
static char *
said_of_cell (const ExportQuestion *q, const char *id, const char *value)
{
  g_autofree char *answer = g_strdup_printf ("%s=%s", id, value);
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, answer);
  const LessonAnswerPart *part = lesson_verdict_part (&verdict, id);
  char *why = part != NULL ? g_strdup (part->why) : NULL;

  lesson_verdict_clear (&verdict);
  return why;
}

static void
add_told (const ExportQuestion *q, const LessonCell *cell, const char *id,
          GString *out)
{
  g_autoptr (GArray) slips = lesson_question_slips (q->play, q->place, cell);
  guint count = 0;

  g_string_append (out, ",\"told\":[");
  for (guint i = 0; i < slips->len; i++) {
    guint64 value = g_array_index (slips, guint64, i);
    g_autofree char *text = written (value, cell->hex);
    g_autofree char *why = said_of_cell (q, id, text);
    if (why == NULL)
      continue;
    g_string_append_printf (out, "%s[\"%" PRIu64 "\",",
                            count++ > 0 ? ",\n" : "", value);
    export_json_string (out, why);
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, ']');
}

/* The words that mean each value, in the book's language and the reader's. */
static void
add_cell_words (LessonStyle style, GString *out)
{
  const char *word;

  if (lesson_style_word (style, 0) == NULL)
    return;
  g_string_append (out, ",\"words\":[");
  for (guint64 i = 0; (word = lesson_style_word (style, i)) != NULL; i++) {
    g_string_append (out, i > 0 ? ",[" : "[");
    export_json_string (out, word);
    g_string_append_c (out, ',');
    export_json_string (out, lesson_style_word_translated (style, i));
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, ']');
}

static void
add_cell (const ExportQuestion *q, const LessonCell *cell,
          const LessonAnswerPart *part, GString *out)
{
  LessonValue key = {0};

  lesson_question_key (q->play, q->place, cell, &key);
  g_string_append (out, "{");
  export_json_member (out, "id", part->id);
  g_string_append_c (out, ',');
  export_json_member (out, "name", part->name);
  g_string_append_c (out, ',');
  export_json_member (out, "shown", part->key);
  g_string_append_printf (out, ",\"hex\":%s,\"key\":\"%" PRIu64 "\"",
                          cell->hex ? "true" : "false", key.v);
  add_cell_words (key.style, out);
  add_told (q, cell, part->id, out);
  g_string_append_c (out, '}');
}

static const LessonCell *
cell_of (const ExportQuestion *q, const char *id)
{
  const GPtrArray *rows = q->place->question->rows;

  for (guint r = 0; r < rows->len; r++) {
    const LessonRow *row = g_ptr_array_index (rows, r);
    for (guint c = 0; c < row->cells->len; c++) {
      g_autofree char *own = g_strdup_printf ("r%uc%u", r + 1, c + 1);
      if (strcmp (own, id) == 0)
        return g_ptr_array_index (row->cells, c);
    }
  }
  return NULL;
}

static void
add_fill (const ExportQuestion *q, const LessonVerdict *key, GString *out)
{
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, key->key);

  g_string_append (out, ",\n\"cells\":[");
  for (guint i = 0; i < verdict.parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict.parts, i);
    g_string_append (out, i > 0 ? ",\n" : "");
    add_cell (q, cell_of (q, part->id), part, out);
  }
  g_string_append_c (out, ']');
  add_partly (verdict.parts->len, out);
  add_mark (q, "right", key->key, out);
  lesson_verdict_clear (&verdict);
}

/* The whole --------------------------------------------------------------- */

static void
add_kind (const ExportQuestion *q, const LessonVerdict *key, GString *out)
{
  switch (q->place->question->kind) {
  case LESSON_QUESTION_PREDICT:
    add_predict (q, out);
    break;
  case LESSON_QUESTION_CHOOSE:
    add_choose (q, out);
    break;
  case LESSON_QUESTION_SEVERAL:
    add_several (q, key, out);
    break;
  case LESSON_QUESTION_ORDER:
  case LESSON_QUESTION_MATCH:
    add_keys (q, key, out);
    break;
  case LESSON_QUESTION_FILL:
    add_fill (q, key, out);
    break;
  case LESSON_QUESTION_EDIT:
    export_edit_json (q, out);
    break;
  case LESSON_QUESTION_BUILD:
    if (!export_build_can (q))
      break;
    export_build_json (q, out);
    add_mark (q, "right", key->key, out);
    break;
  }
}

void
export_question_json (const ExportQuestion *q, GString *out)
{
  LessonVerdict key = lesson_question_mark (q->play, q->place, NULL);

  g_string_append_c (out, '{');
  export_json_member (out, "id", q->id);
  g_string_append_printf (out, ",\"kind\":\"%s\"",
                          lesson_question_kind_name (q->place->question->kind));
  if (q->exercise == NULL)
    g_string_append_printf (out, ",\"at\":%" PRIu64 ",\"reveal\":%" PRIu64,
                            q->place->ask_at - q->first_step,
                            q->place->reveal_at - q->first_step);
  add_kind (q, &key, out);
  add_mark (q, "unsure", NULL, out);
  g_string_append_c (out, '}');
  lesson_verdict_clear (&key);
}
