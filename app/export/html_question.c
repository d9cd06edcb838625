/* The cards of questions in a page. */
#include "html_question.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "html_build.h"
#include "html_edit.h"
#include "html_text.h"
#include "question-edit.h"
#include "question-slips.h"
#include "way.h"

static const char *
badge_of (const ExportQuestion *q)
{
  if (q->exercise != NULL)
    return _ ("Exercise");
  switch (q->place->question->kind) {
  case LESSON_QUESTION_PREDICT:
    return _ ("Predict");
  case LESSON_QUESTION_CHOOSE:
    return _ ("Choose");
  case LESSON_QUESTION_SEVERAL:
    return _ ("Choose all that hold");
  case LESSON_QUESTION_ORDER:
    return _ ("Put into order");
  case LESSON_QUESTION_MATCH:
    return _ ("Match");
  case LESSON_QUESTION_FILL:
    return _ ("Fill in");
  case LESSON_QUESTION_EDIT:
    return _ ("Change the entry");
  case LESSON_QUESTION_BUILD:
    return _ ("Build the tables");
  }
  return "";
}

/* Where to answer --------------------------------------------------------- */

static void
add_field (GString *out, const char *name, const char *label)
{
  g_string_append_printf (out,
                          "<input type=\"text\" class=\"n\" name=\"%s\" "
                          "autocomplete=\"off\" autocapitalize=\"off\" "
                          "spellcheck=\"false\" maxlength=\"80\" "
                          "aria-label=\"",
                          name);
  export_html_escaped (out, label);
  g_string_append (out, "\">");
}

static void
add_choice (GString *out, const ExportQuestion *q, const char *type,
            const char *value, const char *html)
{
  g_string_append_printf (out,
                          "<label class=\"choice\"><input type=\"%s\" "
                          "name=\"%s\" value=\"%s\"> <span>%s</span></label>\n",
                          type, q->id, value, html);
}

/* Where only some words can be the answer, they are chosen from. */
static void
add_value (const ExportQuestion *q, GString *out)
{
  LessonValue key = {0};
  const char *word;

  lesson_question_key (q->play, q->place, NULL, &key);
  if (lesson_style_word (key.style, 0) == NULL) {
    add_field (out, "answer", _ ("Your answer"));
    return;
  }
  for (guint64 i = 0; (word = lesson_style_word (key.style, i)) != NULL; i++) {
    g_autoptr (GString) shown = g_string_new (NULL);
    export_html_escaped (shown, lesson_style_word_translated (key.style, i));
    add_choice (out, q, "radio", word, shown->str);
  }
}

static void
add_choices (const ExportQuestion *q, const char *type, GString *out)
{
  const GPtrArray *choices = q->place->question->choices;

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    const char letter[] = {(char) ('a' + i), '\0'};
    g_autofree char *html = export_html_of (q->play, choice->text);
    add_choice (out, q, type, letter, html);
  }
}

static void
add_select (GString *out, const char *name, const char *label, guint count,
            const GPtrArray *targets)
{
  g_string_append_printf (out, "<select name=\"%s\" aria-label=\"", name);
  export_html_escaped (out, label);
  g_string_append (out, "\"><option value=\"\">");
  export_html_escaped (out, _ ("choose…"));
  g_string_append (out, "</option>");
  for (guint i = 0; i < count; i++) {
    g_string_append_printf (out, "<option value=\"%u\">", i);
    if (targets != NULL) {
      const LessonChoice *target = g_ptr_array_index (targets, i);
      g_autofree char *plain = lesson_text_plain (target->text);
      export_html_escaped (out, plain);
    } else {
      g_string_append_printf (out, "%u", i + 1);
    }
    g_string_append (out, "</option>");
  }
  g_string_append (out, "</select>");
}

/* Each item with its place, or with what belongs to it. */
static void
add_pairs (const ExportQuestion *q, GString *out)
{
  const LessonQuestion *question = q->place->question;
  gboolean order = question->kind == LESSON_QUESTION_ORDER;

  for (guint i = 0; i < question->choices->len; i++) {
    const LessonChoice *item = g_ptr_array_index (question->choices, i);
    g_autofree char *name = g_strdup_printf ("i%u", i);
    g_autofree char *plain = lesson_text_plain (item->text);
    g_string_append (out, "<div class=\"pair\"><span>");
    export_html_inline (out, q->play, item->text);
    g_string_append (out, "</span>");
    add_select (out, name, plain,
                order ? question->choices->len : question->targets->len,
                order ? NULL : question->targets);
    g_string_append (out, "</div>\n");
  }
}

static void
add_cell (const ExportQuestion *q, const LessonRow *row, guint r, guint c,
          GString *out)
{
  const LessonCell *cell = g_ptr_array_index (row->cells, c);
  g_autofree char *given = lesson_question_cell (q->play, q->place, cell);
  g_autofree char *id = g_strdup_printf ("r%uc%u", r + 1, c + 1);
  g_autofree char *heading
      = lesson_text_plain (q->place->question->columns->pdata[c]);
  g_autofree char *row_name = row->name != NULL
                                  ? lesson_text_plain (row->name)
                                  : g_strdup_printf (_ ("row %u"), r + 1);
  /* Translators: a cell of a table: its row, its column. */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s"), row_name, heading);

  g_string_append (out, "<td>");
  if (given != NULL) {
    g_string_append (out, "<span class=\"n\">");
    export_html_escaped (out, given);
    g_string_append (out, "</span>");
  } else {
    add_field (out, id, name);
  }
  g_string_append (out, "</td>");
}

static void
add_table (const ExportQuestion *q, GString *out)
{
  const LessonQuestion *question = q->place->question;

  g_string_append (out, "<div class=\"wide\"><table><thead><tr><td></td>");
  for (guint c = 0; c < question->columns->len; c++) {
    g_string_append (out, "<th scope=\"col\">");
    export_html_inline (out, q->play, question->columns->pdata[c]);
    g_string_append (out, "</th>");
  }
  g_string_append (out, "</tr></thead><tbody>\n");
  for (guint r = 0; r < question->rows->len; r++) {
    const LessonRow *row = g_ptr_array_index (question->rows, r);
    g_string_append (out, "<tr><th scope=\"row\">");
    export_html_inline (out, q->play, row->name);
    g_string_append (out, "</th>");
    for (guint c = 0; c < row->cells->len; c++)
      add_cell (q, row, r, c, out);
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</tbody></table></div>\n");
}

static void
add_answer_place (const ExportQuestion *q, GString *out)
{
  switch (q->place->question->kind) {
  case LESSON_QUESTION_PREDICT:
    add_value (q, out);
    break;
  case LESSON_QUESTION_CHOOSE:
    add_choices (q, "radio", out);
    break;
  case LESSON_QUESTION_SEVERAL:
    add_choices (q, "checkbox", out);
    break;
  case LESSON_QUESTION_ORDER:
  case LESSON_QUESTION_MATCH:
    add_pairs (q, out);
    break;
  case LESSON_QUESTION_FILL:
    add_table (q, out);
    break;
  case LESSON_QUESTION_EDIT:
    export_edit_html (q, out);
    break;
  case LESSON_QUESTION_BUILD:
    export_build_html (q, out);
    break;
  }
}

/* What is given ----------------------------------------------------------- */

static void
add_goals (const ExportQuestion *q, GString *out)
{
  const GPtrArray *goals = q->place->question->choices;

  g_string_append (out, "<ul class=\"goals\">");
  for (guint i = 0; i < goals->len; i++) {
    const LessonChoice *goal = g_ptr_array_index (goals, i);
    g_string_append (out, "<li>");
    export_html_inline (out, q->play, goal->text);
    if (q->place->question->kind == LESSON_QUESTION_BUILD) {
      guint64 frame = 0;
      lesson_question_given (q->play, q->place, goal->query, &frame, NULL);
      g_string_append_printf (out, ": <span class=\"n\">0x%" PRIx64 "</span>",
                              frame);
    }
    g_string_append (out, "</li>");
  }
  g_string_append (out, "</ul>\n");
}

static void
add_given (const ExportQuestion *q, GString *out)
{
  LessonQuestionKind kind = q->place->question->kind;

  if (kind == LESSON_QUESTION_EDIT || kind == LESSON_QUESTION_BUILD)
    add_goals (q, out);
}

/* The card ---------------------------------------------------------------- */

static void
add_hints (const ExportQuestion *q, GString *out)
{
  const GPtrArray *hints = q->place->question->hints;

  for (guint i = 0; i < hints->len; i++) {
    g_string_append (out, "<details class=\"hint\"><summary>");
    export_html_escaped (out, i == 0 ? _ ("Hint") : _ ("Next hint"));
    g_string_append (out, "</summary><p>");
    export_html_inline (out, q->play, hints->pdata[i]);
    g_string_append (out, "</p></details>\n");
  }
}

/* How the machine came to the answer of an exercise. */
static void
add_way (const ExportQuestion *q, GString *out)
{
  if (q->exercise == NULL)
    return;
  g_autoptr (GPtrArray) way = scene_way (q->play, q->place);
  g_string_append (out, "<ul>");
  for (guint i = 0; i < way->len; i++) {
    g_string_append (out, "<li>");
    export_html_escaped (out, g_ptr_array_index (way, i));
    g_string_append (out, "</li>");
  }
  g_string_append (out, "</ul>");
}

static void
add_answer (const ExportQuestion *q, GString *out)
{
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, NULL);

  g_string_append (out, "<details class=\"answer\"><summary>");
  export_html_escaped (out, _ ("Answer"));
  g_string_append (out, "</summary><p class=\"n\">");
  export_html_escaped (out, verdict.key_text != NULL ? verdict.key_text : "");
  g_string_append (out, "</p>");
  if (q->place->question->right != NULL) {
    g_string_append (out, "<p>");
    export_html_inline (out, q->play, q->place->question->right);
    g_string_append (out, "</p>");
  }
  add_way (q, out);
  g_string_append (out, "</details>\n");
  lesson_verdict_clear (&verdict);
}

/* What a page cannot mark can only be compared with the answer. */
static void
add_buttons (const ExportQuestion *q, GString *out)
{
  gboolean built = q->place->question->kind == LESSON_QUESTION_BUILD;

  g_string_append (out, "<div class=\"buttons script\">");
  if (!built || export_build_can (q)) {
    g_string_append (out, "<button type=\"submit\">");
    export_html_escaped (out, C_ ("button", "Check"));
    g_string_append (out, "</button> ");
  }
  g_string_append (out, "<button type=\"button\" class=\"unsure\">");
  export_html_escaped (out, _ ("Not sure"));
  g_string_append (out, "</button></div>\n"
                        "<div class=\"feedback\" role=\"status\"></div>\n");
}

void
export_question_html (const ExportQuestion *q, GString *out)
{
  g_string_append_printf (out,
                          "<form class=\"question\" id=\"%s\">\n"
                          "<fieldset><legend>",
                          q->id);
  export_html_escaped (out, badge_of (q));
  g_string_append (out, "</legend>\n");
  if (q->exercise != NULL && q->exercise->ask != NULL) {
    g_string_append (out, "<p>");
    export_html_inline (out, NULL, q->exercise->ask);
    g_string_append (out, "</p>\n");
  }
  g_string_append (out, "<p class=\"ask\">");
  export_html_inline (out, q->exercise == NULL ? q->play : NULL,
                      q->place->question->ask);
  g_string_append (out, "</p>\n");
  add_given (q, out);
  add_answer_place (q, out);
  add_buttons (q, out);
  g_string_append (out, "</fieldset>\n");
  add_hints (q, out);
  add_answer (q, out);
  g_string_append (out, "</form>\n");
}
