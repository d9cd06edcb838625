/* Lays out worksheets on pages. */
#include "paper.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "question-edit.h"
#include "way.h"

/* In points, as all in page.h. */
#define NUMBER 28.0      /* column of the questions' numbers */
#define BETWEEN 22.0     /* questions */
#define CELL_WIDTH 132.0 /* usual */
#define NAME_LEAST 40.0
#define CELL_LEAST 90.0
#define RULE 190.0 /* to write an answer on */

#define CELL_FONT "sans 9"

/* A question, and what its machine says. */
typedef struct {
  LessonPlay *play;
  const LessonQuestionPlace *place;
  const LessonQuestion *question;
  LessonVerdict verdict; /* of the right answer: every part has its key */
  gboolean key;          /* the key is shown, not asked for */
} Task;

/* Tables ------------------------------------------------------------------ */

/* What stands in a cell: what is given, or the key; NULL if it is blank. To be
 * freed. */
static char *
value_of (const Task *task, gboolean key, guint row, guint column)
{
  const LessonRow *r = g_ptr_array_index (task->question->rows, row);
  const LessonCell *cell = g_ptr_array_index (r->cells, column);
  char *given = lesson_question_cell (task->play, task->place, cell);
  if (given != NULL || !key)
    return given;

  g_autofree char *id = g_strdup_printf ("r%uc%u", row + 1, column + 1);
  const LessonAnswerPart *part = lesson_verdict_part (&task->verdict, id);
  return part != NULL ? g_strdup (part->key) : NULL;
}

static char *
value_markup (const char *value, gboolean given)
{
  return g_markup_printf_escaped (given ? SCENE_PAGE_MONO "%s</span>"
                                        : SCENE_PAGE_MONO "<b>%s</b></span>",
                                  value);
}

/* How wide a cell must be for this. */
static double
width_for (const ScenePage *paper, const char *font, const char *markup)
{
  g_autoptr (PangoLayout) layout = scene_page_layout (paper, font, markup, 0);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return pango_units_to_double (width) + 2 * SCENE_PAGE_PADDING + 1;
}

static double
name_width (const ScenePage *paper, const Task *task)
{
  const GPtrArray *rows = task->question->rows;
  double width = NAME_LEAST;

  for (guint i = 0; i < rows->len; i++) {
    const LessonRow *row = g_ptr_array_index (rows, i);
    g_autofree char *name = scene_page_markup (row->name);
    width = MAX (width, width_for (paper, CELL_FONT, name));
  }
  return MIN (width, scene_page_right (paper) - SCENE_PAGE_MARGIN - NUMBER
                         - CELL_LEAST * task->question->columns->len);
}

/* Wide enough for the heading and for all that stands there once it is filled
 * in: sheet and key have one shape. */
static double
least_width (const ScenePage *paper, const Task *task, guint column)
{
  g_autofree char *heading
      = scene_page_markup (g_ptr_array_index (task->question->columns, column));
  double width = width_for (paper, SCENE_PAGE_TINY, heading);

  for (guint row = 0; row < task->question->rows->len; row++) {
    g_autofree char *value = value_of (task, TRUE, row, column);
    g_autofree char *markup = value_markup (value != NULL ? value : "", FALSE);
    width = MAX (width, width_for (paper, CELL_FONT, markup));
  }
  return width;
}

/* The first is that of the names; then the columns', alike as far as there is
 * room. To be freed. */
static double *
widths_of (const ScenePage *paper, const Task *task)
{
  guint columns = task->question->columns->len;
  double *widths = g_new0 (double, columns + 1), least = 0;

  widths[0] = name_width (paper, task);
  double room = scene_page_right (paper) - SCENE_PAGE_MARGIN - NUMBER
                - widths[0];
  double usual = MIN (CELL_WIDTH, room / columns), wanted = 0;
  for (guint i = 1; i <= columns; i++) {
    widths[i] = least_width (paper, task, i - 1);
    least += widths[i];
    wanted += MAX (widths[i], usual);
  }
  for (guint i = 1; i <= columns; i++)
    if (wanted <= room)
      widths[i] = MAX (widths[i], usual);
    else if (least <= room)
      widths[i] += (room - least) / columns;
    else
      widths[i] *= room / least;
  return widths;
}

static void
draw_cell (const ScenePage *paper, const Task *task, guint row, guint column,
           double x, double width)
{
  const LessonRow *r = g_ptr_array_index (task->question->rows, row);
  const LessonCell *cell = g_ptr_array_index (r->cells, column);
  g_autofree char *value = value_of (task, task->key, row, column);

  scene_page_box (paper, x, paper->y, width, cell->given);
  if (value == NULL)
    return;
  g_autofree char *markup = value_markup (value, cell->given);
  scene_page_cell_text (paper, CELL_FONT, markup, x, paper->y, 0.1, width);
}

static void
draw_head (ScenePage *paper, const Task *task, const double *widths)
{
  double x = SCENE_PAGE_MARGIN + NUMBER + widths[0];

  for (guint i = 0; i < task->question->columns->len; i++) {
    g_autofree char *markup
        = scene_page_markup (g_ptr_array_index (task->question->columns, i));
    scene_page_cell_text (paper, SCENE_PAGE_TINY, markup, x, paper->y, 0.35,
                          widths[i + 1]);
    x += widths[i + 1];
  }
  paper->y += SCENE_PAGE_CELL;
}

static void
draw_row (ScenePage *paper, const Task *task, const double *widths, guint row)
{
  const LessonRow *r = g_ptr_array_index (task->question->rows, row);
  double x = SCENE_PAGE_MARGIN + NUMBER;
  g_autofree char *name = scene_page_markup (r->name);

  scene_page_cell_text (paper, CELL_FONT, name, x - SCENE_PAGE_PADDING,
                        paper->y, 0.1, widths[0] + SCENE_PAGE_PADDING);
  x += widths[0];
  for (guint i = 0; i < r->cells->len; i++) {
    draw_cell (paper, task, row, i, x, widths[i + 1]);
    x += widths[i + 1];
  }
  paper->y += SCENE_PAGE_CELL;
}

static void
draw_table (ScenePage *paper, const Task *task)
{
  guint rows = task->question->rows->len;
  g_autofree double *widths = widths_of (paper, task);

  scene_page_need (paper, SCENE_PAGE_CELL * (rows + 1));
  draw_head (paper, task, widths);
  for (guint i = 0; i < rows; i++)
    draw_row (paper, task, widths, i);
  paper->y += SCENE_PAGE_GAP / 2;
}

/* Questions --------------------------------------------------------------- */

static void
draw_choice (ScenePage *paper, const LessonChoice *choice, const char *sign)
{
  g_autofree char *text = scene_page_markup (choice->text);
  g_autofree char *markup = g_strdup_printf ("%s  %s", sign, text);

  scene_page_paragraph (paper, SCENE_PAGE_PROSE, markup,
                        SCENE_PAGE_MARGIN + NUMBER, 0.1);
  paper->y += SCENE_PAGE_GAP / 2;
}

static void
draw_line (ScenePage *paper, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  scene_page_paragraph (paper, SCENE_PAGE_PROSE, markup,
                        SCENE_PAGE_MARGIN + NUMBER, 0.1);
  paper->y += SCENE_PAGE_GAP / 2;
}

/* A page that is to be mapped. */
static void
draw_mapping (ScenePage *paper, const Task *task, const LessonMapping *mapping)
{
  static const char letters[] = "rwxu";
  guint64 va = 0, frame = 0;
  char flags[5] = "";
  guint count = 0;

  lesson_question_given (task->play, task->place, mapping->va, &va, NULL);
  lesson_question_given (task->play, task->place, mapping->frame, &frame, NULL);
  for (guint i = 0; letters[i] != '\0'; i++)
    if (mapping->flags >> i & 1)
      flags[count++] = letters[i];
  /* Translators: a page that is to be mapped: its address, its frame, its
     rights as letters. */
  g_autofree char *text = g_strdup_printf (
      _ ("0x%" PRIx64 " to frame 0x%" PRIx64 ", %s"), va, frame, flags);
  g_autofree char *line = g_strconcat ("→  ", text, NULL);
  draw_line (paper, line);
}

/* Goals of an entry; tables, and what they are to map. */
static void
draw_wanted (ScenePage *paper, const Task *task)
{
  const GPtrArray *choices = task->question->choices;
  gboolean build = task->question->kind == LESSON_QUESTION_BUILD;

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *plain = lesson_text_plain (choice->text);
    guint64 frame = 0;
    if (build)
      lesson_question_given (task->play, task->place, choice->query, &frame,
                             NULL);
    /* Translators: a table of pages, the frame that it lies in. */
    g_autofree char *table
        = g_strdup_printf (_ ("%s: frame 0x%" PRIx64), plain, frame);
    g_autofree char *line = g_strconcat ("•  ", build ? table : plain, NULL);
    draw_line (paper, line);
  }
  for (guint i = 0; i < task->question->maps->len; i++)
    draw_mapping (paper, task, task->question->maps->pdata[i]);
}

static void
draw_choices (ScenePage *paper, const Task *task)
{
  const GPtrArray *choices = task->question->choices;
  const GPtrArray *targets = task->question->targets;

  if (task->question->kind == LESSON_QUESTION_EDIT
      || task->question->kind == LESSON_QUESTION_BUILD) {
    draw_wanted (paper, task);
    return;
  }
  for (guint i = 0; i < choices->len; i++) {
    g_autofree char *sign = g_strdup_printf ("☐ %c)", 'a' + (int) i);
    draw_choice (paper, g_ptr_array_index (choices, i), sign);
  }
  for (guint i = 0; i < targets->len; i++) {
    g_autofree char *sign = g_strdup_printf ("%u)", i + 1);
    draw_choice (paper, g_ptr_array_index (targets, i), sign);
  }
}

static void
draw_number (const ScenePage *paper, guint number)
{
  g_autofree char *markup = g_strdup_printf ("<b>%u.</b>", number);
  g_autoptr (PangoLayout) layout
      = scene_page_layout (paper, SCENE_PAGE_PROSE, markup, 0);

  scene_page_gray (paper, 0.1);
  scene_page_put (paper, layout, SCENE_PAGE_MARGIN, paper->y);
}

/* About as high as the question will be, so that it stays on one page. */
static double
room_for (const ScenePage *paper, const Task *task)
{
  g_autofree char *ask = scene_page_markup (task->question->ask);
  g_autoptr (PangoLayout) layout = scene_page_layout (
      paper, SCENE_PAGE_PROSE, ask,
      scene_page_right (paper) - SCENE_PAGE_MARGIN - NUMBER);
  guint lines = task->question->choices->len + task->question->targets->len;
  double table = task->question->columns->len > 0
                     ? SCENE_PAGE_CELL * (task->question->rows->len + 1)
                     : 2 * SCENE_PAGE_CELL;

  return scene_page_height (layout) + SCENE_PAGE_GAP
         + lines * (SCENE_PAGE_CELL - 2) + table;
}

/* Where boxes are ticked no line is needed. */
static void
draw_answer_line (ScenePage *paper, const Task *task)
{
  if (task->question->kind == LESSON_QUESTION_CHOOSE
      || task->question->kind == LESSON_QUESTION_SEVERAL)
    return;
  paper->y += SCENE_PAGE_GAP;
  scene_page_blank (paper, _ ("Answer:"), SCENE_PAGE_MARGIN + NUMBER, paper->y,
                    RULE);
  paper->y += SCENE_PAGE_CELL;
}

static void
draw_question (ScenePage *paper, const Task *task, guint number)
{
  g_autofree char *ask = scene_page_markup (task->question->ask);

  scene_page_need (paper, room_for (paper, task));
  draw_number (paper, number);
  scene_page_paragraph (paper, SCENE_PAGE_PROSE, ask,
                        SCENE_PAGE_MARGIN + NUMBER, 0.1);
  paper->y += SCENE_PAGE_GAP;
  if (task->question->columns->len > 0) {
    draw_table (paper, task);
  } else {
    draw_choices (paper, task);
    draw_answer_line (paper, task);
  }
  paper->y += BETWEEN;
}

static void
draw_way (ScenePage *paper, const Task *task)
{
  g_autoptr (GPtrArray) way = scene_way (task->play, task->place);

  paper->y += SCENE_PAGE_GAP / 2;
  for (guint i = 0; i < way->len; i++) {
    g_autofree char *markup = g_markup_printf_escaped (
        "•  %s", (const char *) g_ptr_array_index (way, i));
    scene_page_paragraph (paper, SCENE_PAGE_TINY, markup,
                          SCENE_PAGE_MARGIN + NUMBER, 0.35);
  }
}

static void
draw_answer (ScenePage *paper, const Task *task, guint number, gboolean way)
{
  g_autofree char *right = scene_page_markup (task->question->right);
  g_autofree char *key = g_markup_printf_escaped (
      SCENE_PAGE_MONO "<b>%s</b></span>", task->verdict.key_text);

  scene_page_need (paper, room_for (paper, task));
  draw_number (paper, number);
  if (task->question->columns->len > 0)
    draw_table (paper, task);
  else
    scene_page_paragraph (paper, SCENE_PAGE_PROSE, key,
                          SCENE_PAGE_MARGIN + NUMBER, 0.1);
  paper->y += SCENE_PAGE_GAP / 2;
  scene_page_paragraph (paper, SCENE_PAGE_SMALL, right,
                        SCENE_PAGE_MARGIN + NUMBER, 0.1);
  if (way)
    draw_way (paper, task);
  paper->y += BETWEEN * 0.7;
}

/* The whole --------------------------------------------------------------- */

static Task
task_of (LessonPlay *play, const LessonQuestionPlace *place, gboolean key)
{
  LessonVerdict shown = lesson_question_mark (play, place, NULL);
  Task task = {.play = play,
               .place = place,
               .question = place->question,
               .verdict = lesson_question_mark (play, place, shown.key),
               .key = key};

  lesson_verdict_clear (&shown);
  return task;
}

void
scene_paper_question (ScenePage *paper, LessonPlay *play,
                      const LessonQuestionPlace *place, guint number)
{
  Task task = task_of (play, place, FALSE);

  draw_question (paper, &task, number);
  lesson_verdict_clear (&task.verdict);
}

void
scene_paper_answer (ScenePage *paper, LessonPlay *play,
                    const LessonQuestionPlace *place, guint number,
                    gboolean way)
{
  Task task = task_of (play, place, TRUE);

  draw_answer (paper, &task, number, way);
  lesson_verdict_clear (&task.verdict);
}

static void
draw_task (ScenePage *paper, const LessonExerciseSheet *sheet, guint number,
           gboolean key)
{
  if (key)
    scene_paper_answer (paper, sheet->play, sheet->place, number, TRUE);
  else
    scene_paper_question (paper, sheet->play, sheet->place, number);
}

static void
draw_title (ScenePage *paper, const char *title)
{
  g_autofree char *markup = g_markup_escape_text (title, -1);

  scene_page_paragraph (paper, SCENE_PAGE_TITLE, markup, SCENE_PAGE_MARGIN,
                        0.1);
  paper->y += SCENE_PAGE_GAP;
}

static void
draw_head_of_class (ScenePage *paper)
{
  double x
      = scene_page_blank (paper, _ ("Name:"), SCENE_PAGE_MARGIN, paper->y, 190);

  scene_page_blank (paper, _ ("Date:"), x + 20, paper->y, 90);
  paper->y += SCENE_PAGE_CELL + BETWEEN;
}

static void
draw_all (ScenePage *paper, const SceneWorksheet *worksheet)
{
  const GPtrArray *sheets = worksheet->sheets;
  const LessonExerciseSheet *first = g_ptr_array_index (sheets, 0);
  g_autofree char *title = lesson_text_plain (first->document->title);

  scene_page_turn (paper);
  draw_title (paper, title);
  draw_head_of_class (paper);
  for (guint i = 0; i < sheets->len; i++)
    draw_task (paper, g_ptr_array_index (sheets, i), i + 1, FALSE);
  if (worksheet->answers) {
    /* Translators: the key of a worksheet: its title. */
    g_autofree char *key = g_strdup_printf (_ ("Key: %s"), title);
    scene_page_turn (paper);
    draw_title (paper, key);
    for (guint i = 0; i < sheets->len; i++)
      draw_task (paper, g_ptr_array_index (sheets, i), i + 1, TRUE);
  }
  scene_page_foot (paper);
  cairo_show_page (paper->cr);
}

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Writes the pages; their number if all went well, else 0. */
static guint
write_pages (const SceneWorksheet *worksheet, guint pages, GByteArray *bytes)
{
  const ScenePaperSize *size = worksheet->size != NULL ? worksheet->size
                                                       : scene_paper_sizes;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append, bytes, size->width, size->height);
  ScenePage paper = {.size = size, .foot = worksheet->foot, .pages = pages};

  /* When it was made does not matter: the same must be the same. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  "2000-01-01T00:00:00Z");
  paper.cr = cairo_create (surface);
  draw_all (&paper, worksheet);
  gboolean good = cairo_status (paper.cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (paper.cr);
  cairo_surface_finish (surface);
  good = good && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return good ? paper.page : 0;
}

GBytes *
scene_worksheet_pdf (const SceneWorksheet *worksheet, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint pages = write_pages (worksheet, 0, bytes);

  g_byte_array_set_size (bytes, 0);
  if (pages > 0)
    pages = write_pages (worksheet, pages, bytes);
  if (pages == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("the pages cannot be drawn"));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
