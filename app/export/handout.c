/* A lesson on paper. */
#include "handout.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "handout_blocks.h"
#include "painting.h"
#include "paper.h"

#define INK 0.1
#define QUIET 0.38
#define HEADING "sans bold 13"
#define BEAT "sans bold 10"
#define WIDTH 900.0 /* that stages are laid out for, in pixels */
#define HEIGHT 620.0
#define CAPTION 40.0 /* room for the words below a picture */
#define BLEED 18.0   /* how far pictures reach into the margins */

typedef struct {
  const ExportHandout *handout;
  const ExportJob *job;
  LessonPlay *play;
  ExportPages *pages;
  ScenePage *page;
  ExportPainting *painting;
  GPtrArray *sheets; /* of LessonExerciseSheet, for the key */
  guint number;      /* of the latest question */
  guint drawn;       /* pictures */
  double done;
} Writer;

/* Pictures ---------------------------------------------------------------- */

static void
draw_sentence (Writer *w, guint64 step)
{
  g_autofree char *sentence = export_sentence (w->play);
  g_autofree char *more = export_more (w->play);
  g_autofree char *bold = g_markup_printf_escaped (
      /* Translators: below a picture: the number of its step, its sentence.
         Keep <b> and </b>. */
      _ ("<b>Step %" PRIu64 ".</b> %s"), step, sentence);

  scene_page_paragraph (w->page, SCENE_PAGE_SMALL, bold, SCENE_PAGE_MARGIN,
                        INK);
  if (more != NULL) {
    g_autofree char *quiet = g_markup_escape_text (more, -1);
    scene_page_paragraph (w->page, SCENE_PAGE_SMALL, quiet, SCENE_PAGE_MARGIN,
                          QUIET);
  }
  w->page->y += 1.5 * SCENE_PAGE_GAP;
}

/* As wide as the lines are, unless it would be higher than a page. */
static void
place_still (Writer *w, const SceneStill *still)
{
  ScenePage *page = w->page;
  double left = SCENE_PAGE_MARGIN - BLEED;
  double room = scene_page_right (page) + BLEED - left;
  double high = scene_page_bottom (page) - SCENE_PAGE_MARGIN - CAPTION;
  double scale = MIN (room / still->width, high / still->height);

  scene_page_need (page, still->height * scale + CAPTION);
  cairo_save (page->cr);
  cairo_translate (
      page->cr, SCENE_PAGE_MARGIN + (room - still->width * scale) / 2, page->y);
  cairo_scale (page->cr, scale, scale);
  export_painting_draw (w->painting, still, page->cr);
  cairo_restore (page->cr);
  page->y += still->height * scale + SCENE_PAGE_GAP / 2;
}

static gboolean
draw_step (Writer *w, guint64 step, GError **error)
{
  g_autoptr (SceneStill) still
      = export_painting_still (w->painting, step, error);

  if (still == NULL)
    return FALSE;
  place_still (w, still);
  draw_sentence (w, step);
  w->drawn++;
  return export_progress (
      w->job, w->done * w->drawn / (w->handout->steps->len + 1), error);
}

/* The chosen ones in (after, to]. */
static gboolean
draw_steps (Writer *w, gint64 after, gint64 to, GError **error)
{
  const GArray *steps = w->handout->steps;

  for (guint i = 0; i < steps->len; i++) {
    guint64 step = g_array_index (steps, guint64, i);
    if ((gint64) step > after && (gint64) step <= to
        && !draw_step (w, step, error))
      return FALSE;
  }
  return TRUE;
}

/* Parts ------------------------------------------------------------------- */

static void
draw_heading (Writer *w, const LessonText *text, const char *font, guint level,
              double room)
{
  g_autofree char *markup = scene_page_markup (text);
  g_autofree char *plain = lesson_text_plain (text);

  scene_page_need (w->page, room);
  export_pages_mark (w->pages, level, plain);
  scene_page_paragraph (w->page, font, markup, SCENE_PAGE_MARGIN, INK);
  w->page->y += SCENE_PAGE_GAP / 2;
}

static void
draw_points (Writer *w, const LessonBeatRange *range)
{
  for (guint i = 0; i < range->beat->points->len; i++) {
    const LessonPoint *point = g_ptr_array_index (range->beat->points, i);
    g_autofree char *text = scene_page_markup (point->text);
    g_autofree char *markup
        = g_strdup_printf ("%s  <span size=\"smaller\">%" PRIu64 "</span>",
                           text, range->point_steps[i] - w->play->first_step);
    export_handout_item (w->page, "▸", markup, SCENE_PAGE_MARGIN,
                         SCENE_PAGE_PROSE);
    w->page->y += 2;
  }
  w->page->y += SCENE_PAGE_GAP;
}

static gboolean
draw_beat (Writer *w, const LessonBeat *beat, GError **error)
{
  const LessonBeatRange *range = NULL;

  for (guint i = 0; i < w->play->beats->len; i++) {
    const LessonBeatRange *one
        = &g_array_index (w->play->beats, LessonBeatRange, i);
    if (one->beat == beat)
      range = one;
  }
  if (range == NULL)
    return TRUE;
  w->page->y += SCENE_PAGE_GAP / 2;
  draw_heading (w, beat->title, BEAT, 2, 80);
  draw_points (w, range);
  return draw_steps (w, (gint64) (range->first_step - w->play->first_step),
                     (gint64) (range->end_step - w->play->first_step), error);
}

static void
mark_question (Writer *w)
{
  /* Translators: a bookmark. */
  g_autofree char *title = g_strdup_printf (_ ("Question %u"), ++w->number);

  export_pages_mark (w->pages, 2, title);
}

static void
draw_exercise (Writer *w, const LessonExercise *exercise)
{
  LessonExerciseSheet *sheet
      = lesson_exercise_new (exercise->kind, exercise->level, exercise->seed);
  g_autofree char *markup = scene_page_markup (exercise->ask);

  if (sheet == NULL)
    return;
  g_ptr_array_add (w->sheets, sheet);
  scene_page_paragraph (w->page, SCENE_PAGE_PROSE, markup, SCENE_PAGE_MARGIN,
                        INK);
  w->page->y += SCENE_PAGE_GAP / 2;
  mark_question (w);
  scene_paper_question (w->page, sheet->play, sheet->place, w->number);
}

static gboolean
draw_block (Writer *w, const LessonBlock *block, GError **error)
{
  const LessonQuestionPlace *place;

  switch (block->kind) {
  case LESSON_BLOCK_BEAT:
    return draw_beat (w, block->beat, error);
  case LESSON_BLOCK_QUESTION:
    place = lesson_play_question (w->play, block->question->id);
    if (place == NULL)
      break;
    mark_question (w);
    scene_paper_question (w->page, w->play, place, w->number);
    break;
  case LESSON_BLOCK_EXERCISE:
    draw_exercise (w, block->exercise);
    break;
  case LESSON_BLOCK_PARAGRAPH:
  case LESSON_BLOCK_LIST:
  case LESSON_BLOCK_CODE:
  case LESSON_BLOCK_TABLE:
  case LESSON_BLOCK_PLOT:
  case LESSON_BLOCK_CALLOUT:
    export_handout_block (w->page, w->play, block, SCENE_PAGE_MARGIN);
    break;
  }
  return TRUE;
}

static gboolean
draw_section (Writer *w, const LessonSection *section, GError **error)
{
  w->page->y += SCENE_PAGE_GAP;
  draw_heading (w, section->title, HEADING, 1, 150);
  w->page->y += SCENE_PAGE_GAP / 2;
  for (guint i = 0; i < section->blocks->len; i++)
    if (!draw_block (w, g_ptr_array_index (section->blocks, i), error))
      return FALSE;
  return TRUE;
}

/* The key ----------------------------------------------------------------- */

/* Questions in the order in which they were asked, exercises among them. */
static void
draw_keys (Writer *w)
{
  const GPtrArray *sections = w->play->document->sections;
  guint number = 0, sheet = 0;

  for (guint s = 0; s < sections->len; s++) {
    const LessonSection *section = g_ptr_array_index (sections, s);
    for (guint i = 0; i < section->blocks->len; i++) {
      const LessonBlock *block = g_ptr_array_index (section->blocks, i);
      if (block->kind == LESSON_BLOCK_QUESTION)
        scene_paper_answer (w->page, w->play,
                            lesson_play_question (w->play, block->question->id),
                            ++number, FALSE);
      if (block->kind == LESSON_BLOCK_EXERCISE && sheet < w->sheets->len) {
        const LessonExerciseSheet *one = w->sheets->pdata[sheet++];
        scene_paper_answer (w->page, one->play, one->place, ++number, TRUE);
      }
    }
  }
}

static void
draw_key (Writer *w)
{
  g_autofree char *title = lesson_text_plain (w->play->document->title);
  /* Translators: the key of a worksheet: its title. */
  g_autofree char *key = g_strdup_printf (_ ("Key: %s"), title);
  g_autofree char *markup = g_markup_escape_text (key, -1);

  if (w->number == 0)
    return;
  scene_page_turn (w->page);
  export_pages_mark (w->pages, 0, key);
  scene_page_paragraph (w->page, SCENE_PAGE_TITLE, markup, SCENE_PAGE_MARGIN,
                        INK);
  w->page->y += 2 * SCENE_PAGE_GAP;
  draw_keys (w);
}

/* The whole --------------------------------------------------------------- */

static void
draw_title (Writer *w)
{
  const LessonDocument *document = w->play->document;
  g_autofree char *title = scene_page_markup (document->title);
  g_autofree char *plain = lesson_text_plain (document->title);
  g_autofree char *summary = scene_page_markup (document->summary);

  scene_page_turn (w->page);
  export_pages_mark (w->pages, 0, plain);
  scene_page_paragraph (w->page, SCENE_PAGE_TITLE, title, SCENE_PAGE_MARGIN,
                        INK);
  w->page->y += SCENE_PAGE_GAP;
  scene_page_paragraph (w->page, SCENE_PAGE_PROSE, summary, SCENE_PAGE_MARGIN,
                        QUIET);
  w->page->y += SCENE_PAGE_GAP;
  for (guint i = 0; i < document->objectives->len; i++) {
    g_autofree char *markup
        = scene_page_markup (document->objectives->pdata[i]);
    export_handout_item (w->page, "•", markup, SCENE_PAGE_MARGIN,
                         SCENE_PAGE_SMALL);
  }
  w->page->y += SCENE_PAGE_GAP;
}

static gboolean
draw_all (Writer *w, GError **error)
{
  const GPtrArray *sections = w->play->document->sections;

  draw_title (w);
  if (!draw_steps (w, -1, 0, error))
    return FALSE;
  for (guint i = 0; i < sections->len; i++)
    if (!draw_section (w, g_ptr_array_index (sections, i), error))
      return FALSE;
  if (w->handout->key)
    draw_key (w);
  return export_progress (w->job, w->done, error);
}

ExportPages *
export_handout (const ExportHandout *handout, const ExportJob *job, double done,
                GError **error)
{
  const ExportLook look = {.width = WIDTH,
                           .height = HEIGHT,
                           .zoom = 1,
                           .palette = scene_palette (SCENE_PALETTE_PRINT)};
  guint64 cursor = vm_machine_cursor (job->play->machine);
  g_autofree char *title = lesson_text_plain (job->play->document->title);
  g_autoptr (ExportPages) pages = export_pages_new (title);
  g_autoptr (ExportPainting) painting = export_painting_new (job->play, &look);
  g_autoptr (GPtrArray) sheets
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_exercise_free);
  Writer writer = {.handout = handout,
                   .job = job,
                   .play = job->play,
                   .pages = pages,
                   .page = export_pages_begin (pages, handout->size, title),
                   .painting = painting,
                   .sheets = sheets,
                   .done = done};
  gboolean good = draw_all (&writer, error);

  export_pages_end (pages);
  vm_machine_seek (job->play->machine, cursor);
  return good ? g_steal_pointer (&pages) : NULL;
}
