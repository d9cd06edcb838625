/* A lesson as one page of HTML that needs nothing else. */
#include "html.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "export-resources.h"
#include "html_pictures.h"
#include "html_prose.h"
#include "html_question.h"
#include "html_text.h"

/* Sizes that the stage is laid out for: beside the prose, and on a telephone.
 */
#define WIDE 920
#define HEIGHT 640
#define NARROW 400

#define RESOURCE "/io/github/pagewalk/export/"

typedef struct {
  const ExportJob *job;
  LessonPlay *play;
  SceneSvgInks *inks;
  ExportPictures *wide, *narrow;
  GPtrArray *sentences; /* of char *, from step 0 on; NULL ends it */
  GPtrArray *mores;     /* of char *, some NULL */
  ExportProse reading;
  GString *prose, *questions;
  guint count; /* of questions */
} Page;

/* Steps ------------------------------------------------------------------- */

static gboolean
take_steps (Page *page, GError **error)
{
  guint64 last = export_last_step (page->play);

  for (guint64 step = 0; step <= last; step++) {
    if (!export_seek (page->play, step, error)
        || !export_progress (page->job, (double) step / (double) (last + 1),
                             error))
      return FALSE;
    export_pictures_add (page->wide, page->play);
    export_pictures_add (page->narrow, page->play);
    g_ptr_array_add (page->sentences, export_sentence (page->play));
    g_ptr_array_add (page->mores, export_more (page->play));
  }
  return TRUE;
}

static guint
depth_of (const Page *page, guint64 step)
{
  const struct vm_step *one
      = step > 0 ? vm_machine_step (page->play->machine,
                                    page->play->first_step + step - 1)
                 : NULL;

  return one != NULL ? one->depth : 0;
}

static void
add_step (Page *page, guint64 step)
{
  GString *out = page->prose;
  const char *more = g_ptr_array_index (page->mores, step);

  g_string_append_printf (
      out,
      "<li id=\"s%" PRIu64 "\" value=\"%" PRIu64
      "\" class=\"d%u\"><a href=\"#s%" PRIu64 "\" data-step=\"%" PRIu64 "\">",
      step, step, MIN (depth_of (page, step), 6), step, step);
  export_html_escaped (out, g_ptr_array_index (page->sentences, step));
  g_string_append (out, "</a>");
  if (more != NULL) {
    g_string_append (out, " <small>");
    export_html_escaped (out, more);
    g_string_append (out, "</small>");
  }
  g_string_append (out, "</li>\n");
}

/* Beats ------------------------------------------------------------------- */

static const LessonBeatRange *
range_of (const LessonPlay *play, const LessonBeat *beat)
{
  for (guint i = 0; i < play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, i);
    if (range->beat == beat)
      return range;
  }
  return NULL;
}

static void
add_points (Page *page, const LessonBeatRange *range)
{
  const GPtrArray *points = range->beat->points;

  g_string_append (page->prose, "<ol class=\"points\">\n");
  for (guint i = 0; i < points->len; i++) {
    const LessonPoint *point = g_ptr_array_index (points, i);
    guint64 step = range->point_steps[i] - page->play->first_step;
    g_string_append_printf (
        page->prose, "<li><a href=\"#s%" PRIu64 "\" data-step=\"%" PRIu64 "\">",
        step, step);
    export_html_inline (page->prose, NULL, point->text);
    g_string_append (page->prose, "</a></li>\n");
  }
  g_string_append (page->prose, "</ol>\n");
}

static void
add_beat (Page *page, const LessonBeat *beat)
{
  const LessonBeatRange *range = range_of (page->play, beat);
  GString *out = page->prose;

  if (range == NULL)
    return;
  guint64 first = range->first_step - page->play->first_step;
  guint64 end = range->end_step - page->play->first_step;
  g_string_append (out, "<section class=\"beat\"><h3>");
  g_string_append_printf (
      out, "<a href=\"#s%" PRIu64 "\" data-step=\"%" PRIu64 "\">", first + 1,
      first);
  export_html_inline (out, NULL, beat->title);
  g_string_append (out, "</a></h3>\n");
  if (beat->points->len > 0)
    add_points (page, range);
  g_string_append (out, "<details class=\"every\"><summary>");
  export_html_escaped (out, _ ("Every step"));
  g_string_append (out, "</summary><ol class=\"steps\">\n");
  for (guint64 step = first + 1; step <= end; step++)
    add_step (page, step);
  g_string_append (out, "</ol></details></section>\n");
}

/* Questions --------------------------------------------------------------- */

static void
add_card (Page *page, const ExportQuestion *question)
{
  export_question_html (question, page->prose);
  g_string_append (page->questions, page->count++ > 0 ? ",\n" : "");
  export_question_json (question, page->questions);
}

static void
add_question (Page *page, const LessonQuestion *question)
{
  const LessonQuestionPlace *place
      = lesson_play_question (page->play, question->id);
  g_autofree char *id = g_strconcat ("q-", question->id, NULL);

  if (place != NULL)
    add_card (page, &(ExportQuestion){.play = page->play,
                                      .place = place,
                                      .id = id,
                                      .first_step = page->play->first_step});
}

static void
add_exercise (Page *page, const LessonExercise *exercise)
{
  g_autoptr (LessonExerciseSheet) sheet
      = lesson_exercise_new (exercise->kind, exercise->level, exercise->seed);
  g_autofree char *id = g_strconcat ("e-", exercise->id, NULL);

  if (sheet != NULL)
    add_card (page, &(ExportQuestion){.play = sheet->play,
                                      .place = sheet->place,
                                      .id = id,
                                      .exercise = exercise});
}

/* Sections ---------------------------------------------------------------- */

static void
add_block (Page *page, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_BEAT:
    add_beat (page, block->beat);
    break;
  case LESSON_BLOCK_QUESTION:
    add_question (page, block->question);
    break;
  case LESSON_BLOCK_EXERCISE:
    add_exercise (page, block->exercise);
    break;
  case LESSON_BLOCK_PARAGRAPH:
  case LESSON_BLOCK_LIST:
  case LESSON_BLOCK_CODE:
  case LESSON_BLOCK_TABLE:
  case LESSON_BLOCK_PLOT:
  case LESSON_BLOCK_CALLOUT:
    export_html_block (page->prose, &page->reading, block);
    break;
  }
}

static void
add_section (Page *page, const LessonSection *section)
{
  g_string_append_printf (page->prose, "<section id=\"at-%s\"><h2>",
                          section->id);
  export_html_inline (page->prose, NULL, section->title);
  g_string_append (page->prose, "</h2>\n");
  for (guint i = 0; i < section->blocks->len; i++)
    add_block (page, g_ptr_array_index (section->blocks, i));
  g_string_append (page->prose, "</section>\n");
}

static void
add_prose (Page *page)
{
  const LessonDocument *document = page->play->document;
  GString *out = page->prose;

  export_html_folded (out, page->play, _ ("What you will be able to do"),
                      document->objectives);
  for (guint i = 0; i < document->sections->len; i++)
    add_section (page, g_ptr_array_index (document->sections, i));
  export_html_definitions (out, page->play);
  export_html_folded (out, page->play, _ ("Where to read on"),
                      document->reading);
  export_html_folded (out, page->play, _ ("Sources"), document->sources);
}

/* Style and script -------------------------------------------------------- */

static void
add_resource (GString *out, const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      export_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_string_append_len (out, data, (gssize) size);
}

/* The page has the colours of the stage. */
static void
add_colors (Page *page, GString *css)
{
#define OF(palette, field) (scene_palette (palette)->field)
#define NAMED(name, field)                                                     \
  {                                                                            \
    name,                                                                      \
    {                                                                          \
      {                                                                        \
        OF (0, field), OF (1, field), OF (2, field), OF (3, field),            \
            OF (4, field)                                                      \
      }                                                                        \
    }                                                                          \
  }
  const struct {
    const char *name;
    SceneSvgColor color;
  } named[] = {
      NAMED ("ground", ground),
      NAMED ("panel", panel),
      NAMED ("border", border),
      NAMED ("text", text),
      NAMED ("muted", muted),
      NAMED ("accent", accent),
      NAMED ("now", roles[SCENE_ROLE_ACCENT].fill),
      NAMED ("right", roles[SCENE_ROLE_HIT].text),
      NAMED ("right-ground", roles[SCENE_ROLE_HIT].fill),
      NAMED ("wrong", roles[SCENE_ROLE_FAULT].text),
      NAMED ("wrong-ground", roles[SCENE_ROLE_FAULT].fill),
      NAMED ("cost", roles[SCENE_ROLE_MISS].text),
      NAMED ("cost-ground", roles[SCENE_ROLE_MISS].fill),
      NAMED ("quiet", roles[SCENE_ROLE_NEUTRAL].fill),
  };

  g_string_append (css, ":root{");
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    g_string_append_printf (css, "--%s:var(--k%u);", named[i].name,
                            scene_svg_ink (page->inks, &named[i].color));
  g_string_append (css, "}\n");
#undef NAMED
#undef OF
}

static void
add_style (Page *page, GString *out)
{
  g_string_append (out, "<style>\n");
  add_colors (page, out);
  scene_svg_inks_css (page->inks, out);
  export_pictures_css (page->wide, out);
  add_resource (out, "page.css");
  g_string_append (out, "</style>\n");
}

/* Words that the script says. */
static void
add_words (GString *out)
{
  g_autofree char *part = g_strdup_printf (_ ("%s: %s"), "{name}", "{why}");
  const struct {
    const char *name, *text;
  } words[] = {
      /* Translators: keep {step} and {last}: a step's number, and that of the
         last. */
      {"position", _ ("Step {step} of {last}")},
      {"nothing", _ ("Nothing is filled in yet.")},
      {"unreadable", _ ("This cannot be read.")},
      {"wrong", _ ("Not quite.")},
      {"asked", _ ("A question is asked here.")},
      {"part", part},
      {"show", _ ("Show the true step")},
  };

  g_string_append (out, "\"words\":{");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_string_append (out, i > 0 ? "," : "");
    export_json_member (out, words[i].name, words[i].text);
  }
  g_string_append_c (out, '}');
}

static void
add_script (const Page *page, GString *out)
{
  g_string_append (out, "<script type=\"application/json\" id=\"lesson\">{");
  add_words (out);
  g_string_append (out, ",\n\"start\":");
  export_json_string (out, g_ptr_array_index (page->sentences, 0));
  g_string_append (out, ",\n\"questions\":[");
  g_string_append (out, page->questions->str);
  g_string_append (out, "],\n\"wide\":");
  export_pictures_json (page->wide, out);
  g_string_append (out, ",\n\"narrow\":");
  export_pictures_json (page->narrow, out);
  g_string_append (out, "}</script>\n<script>\n");
  if (strstr (page->questions->str, "\"build\":{") != NULL)
    add_resource (out, "page-tables.js");
  add_resource (out, "page.js");
  g_string_append (out, "</script>\n");
}

/* The document ------------------------------------------------------------ */

static void
add_head (Page *page, const char *title, GString *out)
{
  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"");
  /* Translators: the code of your language, as HTML writes it: "zh-CN". */
  export_html_escaped (out, C_ ("language code", "en"));
  g_string_append (
      out,
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"generator\" content=\"Pagewalk\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src "
      "data:\">\n<link rel=\"icon\" href=\"data:,\">\n<title>");
  export_html_escaped (out, title);
  g_string_append (out, "</title>\n");
  add_style (page, out);
  g_string_append (out, "</head>\n");
}

static void
add_button (GString *out, const char *name, const char *path, const char *label)
{
  g_string_append_printf (
      out, "<button type=\"button\" data-go=\"%s\" title=\"", name);
  export_html_escaped (out, label);
  g_string_append (out, "\" aria-label=\"");
  export_html_escaped (out, label);
  g_string_append_printf (out,
                          "\"><svg viewBox=\"0 0 16 16\" "
                          "aria-hidden=\"true\"><path d=\"%s\"/></svg>"
                          "</button>\n",
                          path);
}

static void
add_transport (const Page *page, GString *out)
{
  g_string_append (out, "<div class=\"transport script\">\n");
  add_button (out, "first", "M3 3h2v10h-2zM13 3v10l-7-5z", _ ("First step"));
  add_button (out, "back", "M11 3v10l-7.5-5z", _ ("Step back"));
  add_button (out, "step", "M5 3v10l7.5-5z", _ ("Step"));
  add_button (out, "last", "M11 3h2v10h-2zM3 3v10l7-5z", _ ("Last step"));
  g_string_append_printf (out,
                          "<input type=\"range\" min=\"0\" max=\"%" PRIu64
                          "\" value=\"0\" "
                          "aria-label=\"",
                          export_last_step (page->play));
  export_html_escaped (out, _ ("Steps"));
  g_string_append (out, "\">\n<output></output></div>\n");
}

static void
add_stage (const Page *page, GString *out)
{
  g_string_append (out, "<div class=\"side\"><figure id=\"stage\" "
                        "tabindex=\"0\" aria-label=\"");
  export_html_escaped (out, _ ("Stage"));
  g_string_append (out, "\">\n");
  g_string_append (out, "<div class=\"pictures\">\n");
  export_pictures_first (page->wide, "wide", _ ("Stage"), out);
  export_pictures_first (page->narrow, "narrow", _ ("Stage"), out);
  g_string_append (
      out, "</div>\n<div class=\"below\"><figcaption aria-live=\"polite\" "
           "aria-atomic=\"true\"><p id=\"say\">");
  export_html_escaped (out, g_ptr_array_index (page->sentences, 0));
  g_string_append (out, "</p><p id=\"more\"></p></figcaption>\n");
  add_transport (page, out);
  g_string_append (out, "<p id=\"asked\" class=\"script\"></p>\n"
                        "<noscript><p class=\"muted\">");
  export_html_escaped (out, _ ("This is the picture before the first step. "
                               "With scripts the page can step on."));
  g_string_append (out, "</p></noscript>\n</div></figure></div>\n");
}

static GBytes *
write_page (Page *page)
{
  const LessonDocument *document = page->play->document;
  g_autofree char *title = lesson_text_plain (document->title);
  GString *out = g_string_sized_new (1 << 20);

  add_head (page, title, out);
  g_string_append (out, "<body>\n<main>\n<header><h1>");
  export_html_inline (out, NULL, document->title);
  g_string_append (out, "</h1>\n<p>");
  export_html_inline (out, NULL, document->summary);
  g_string_append (out, "</p></header>\n");
  add_stage (page, out);
  g_string_append (out, "<article>\n");
  g_string_append (out, page->prose->str);
  g_string_append (out, "</article>\n</main>\n<footer><p>");
  export_html_escaped (out, _ ("Made with Pagewalk. All pictures, numbers and "
                               "answers are computed."));
  g_string_append (out, "</p></footer>\n");
  add_script (page, out);
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free_to_bytes (out);
}

GBytes *
export_html (const ExportJob *job, GError **error)
{
  guint64 cursor = vm_machine_cursor (job->play->machine);
  g_autoptr (SceneSvgInks) inks = scene_svg_inks_new ();
  g_autoptr (ExportPictures) wide
      = export_pictures_new (job->play, WIDE, HEIGHT, "w", inks);
  g_autoptr (ExportPictures) narrow
      = export_pictures_new (job->play, NARROW, 0, "n", inks);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) mores = g_ptr_array_new_with_free_func (g_free);
  Page page = {.job = job,
               .play = job->play,
               .inks = inks,
               .reading = {.play = job->play,
                           .metrics = export_pictures_metrics (wide),
                           .inks = inks},
               .wide = wide,
               .narrow = narrow,
               .sentences = sentences,
               .mores = mores,
               .prose = g_string_new (NULL),
               .questions = g_string_new (NULL)};
  GBytes *bytes = NULL;

  if (take_steps (&page, error)) {
    add_prose (&page);
    bytes = write_page (&page);
  }
  vm_machine_seek (job->play->machine, cursor);
  g_string_free (page.prose, TRUE);
  g_string_free (page.questions, TRUE);
  return bytes;
}
