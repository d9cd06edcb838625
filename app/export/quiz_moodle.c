/* Quizzes in Moodle's XML. */
#include "quiz.h"

#include "html_text.h"

/* HTML within XML: the markup is text there. */
static void
add_text (GString *out, const char *element, const char *text)
{
  g_string_append_printf (out, "    <%s", element);
  g_string_append (out, "><text>");
  export_html_escaped (out, text);
  g_string_append (out, "</text>");
  g_string_append_printf (out, "</%s>\n", element);
}

static void
add_html (GString *out, const char *element, const char *html)
{
  g_string_append_printf (out, "    <%s format=\"html\"><text>", element);
  export_html_escaped (out, html);
  g_string_append_printf (out, "</text></%s>\n", element);
}

static const char *
type_of (ExportQuizKind kind)
{
  switch (kind) {
  case EXPORT_QUIZ_SHORT:
    return "shortanswer";
  case EXPORT_QUIZ_NUMBER:
    return "numerical";
  case EXPORT_QUIZ_ONE:
  case EXPORT_QUIZ_SEVERAL:
    return "multichoice";
  case EXPORT_QUIZ_PAIRS:
    return "matching";
  case EXPORT_QUIZ_ESSAY:
    return "essay";
  }
  return "";
}

static void
add_pair (GString *out, const ExportQuizAnswer *answer)
{
  g_string_append (out, "    <subquestion format=\"html\"><text>");
  export_html_escaped (out, answer->text);
  g_string_append (out, "</text><answer><text>");
  export_html_escaped (out, answer->other);
  g_string_append (out, "</text></answer></subquestion>\n");
}

static void
add_answer (GString *out, const ExportQuizItem *item,
            const ExportQuizAnswer *answer)
{
  char percent[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean choice = item->kind == EXPORT_QUIZ_ONE
                    || item->kind == EXPORT_QUIZ_SEVERAL;

  g_ascii_formatd (percent, sizeof percent, "%.7g", answer->percent);
  g_string_append_printf (out,
                          "    <answer fraction=\"%s\" format=\"%s\">\n"
                          "      <text>",
                          percent, choice ? "html" : "plain_text");
  export_html_escaped (out, answer->text);
  g_string_append (out, "</text>\n      <feedback format=\"html\"><text>");
  export_html_escaped (out, answer->feedback);
  g_string_append (out, "</text></feedback>\n");
  if (item->kind == EXPORT_QUIZ_NUMBER)
    g_string_append (out, "      <tolerance>0</tolerance>\n");
  g_string_append (out, "    </answer>\n");
}

/* What only some types have. */
static void
add_settings (GString *out, const ExportQuizItem *item)
{
  switch (item->kind) {
  case EXPORT_QUIZ_SHORT:
    g_string_append (out, "    <usecase>0</usecase>\n");
    break;
  case EXPORT_QUIZ_ONE:
  case EXPORT_QUIZ_SEVERAL:
    g_string_append_printf (out,
                            "    <single>%s</single>\n"
                            "    <shuffleanswers>true</shuffleanswers>\n"
                            "    <answernumbering>abc</answernumbering>\n",
                            item->kind == EXPORT_QUIZ_ONE ? "true" : "false");
    break;
  case EXPORT_QUIZ_PAIRS:
    g_string_append (out, "    <shuffleanswers>true</shuffleanswers>\n");
    break;
  case EXPORT_QUIZ_ESSAY:
    g_string_append (out, "    <responseformat>monospaced</responseformat>\n"
                          "    <responserequired>1</responserequired>\n"
                          "    <responsefieldlines>5</responsefieldlines>\n"
                          "    <attachments>0</attachments>\n");
    add_html (out, "graderinfo", item->general);
    break;
  case EXPORT_QUIZ_NUMBER:
    break;
  }
}

static void
add_item (GString *out, const ExportQuizItem *item)
{
  g_string_append_printf (out, "  <question type=\"%s\">\n",
                          type_of (item->kind));
  add_text (out, "name", item->name);
  add_html (out, "questiontext", item->html);
  add_html (out, "generalfeedback",
            item->kind == EXPORT_QUIZ_ESSAY ? "" : item->general);
  g_string_append (out, "    <defaultgrade>1</defaultgrade>\n"
                        "    <penalty>0.3333333</penalty>\n"
                        "    <hidden>0</hidden>\n");
  add_settings (out, item);
  for (guint i = 0; i < item->answers->len; i++)
    if (item->kind == EXPORT_QUIZ_PAIRS)
      add_pair (out, g_ptr_array_index (item->answers, i));
    else
      add_answer (out, item, g_ptr_array_index (item->answers, i));
  for (guint i = 0; i < item->hints->len; i++)
    add_html (out, "hint", g_ptr_array_index (item->hints, i));
  g_string_append (out, "  </question>\n");
}

GBytes *
export_quiz_moodle (const GPtrArray *items, const char *title)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<quiz>\n  <question type=\"category\">\n"
                               "    <category><text>$course$/");
  g_autofree char *category = g_strdup (title);

  export_html_escaped (out, g_strdelimit (category, "/\n", ' '));
  g_string_append (out, "</text></category>\n  </question>\n");
  for (guint i = 0; i < items->len; i++)
    add_item (out, g_ptr_array_index (items, i));
  g_string_append (out, "</quiz>\n");
  return g_string_free_to_bytes (out);
}
