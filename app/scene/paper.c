/* Lays out worksheets on pages. */
#include "paper.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "fonts.h"
#include "way.h"

/* All in points: A4, and what stands on it. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 56.0
#define NUMBER 24.0 /* column of the questions' numbers */
#define FOOT 30.0
#define GAP 8.0
#define BETWEEN 22.0 /* questions */
#define CELL 20.0
#define CELL_WIDTH 132.0
#define PADDING 6.0
#define RULE 190.0 /* to write an answer on */

#define PROSE "sans 10"
#define SMALL "sans 8.5"
#define TINY "sans 8"
#define TITLE "sans bold 16"
#define MONO_SPAN "<span font_family=\"" SCENE_MONO_FAMILIES "\">"

/* A sheet of paper that is being written on, from top to bottom. */
typedef struct {
  cairo_t *cr;
  const SceneWorksheet *worksheet;
  double y;
  guint page, pages; /* pages: how many there will be; 0 if nobody knows */
} Paper;

/* A question, and what its machine says. */
typedef struct {
  const LessonExerciseSheet *sheet;
  const LessonQuestion *question;
  LessonVerdict verdict; /* of the right answer: every part has its key */
  gboolean key;          /* the key is shown, not asked for */
} Task;

/* Text -------------------------------------------------------------------- */

static void
append_run (GString *markup, const LessonRun *run)
{
  g_autofree char *text = g_markup_escape_text (run->text, -1);

  if (run->kind == LESSON_RUN_CODE || run->kind == LESSON_RUN_NUM)
    g_string_append_printf (markup, MONO_SPAN "%s</span>", text);
  else if (run->kind == LESSON_RUN_EM)
    g_string_append_printf (markup, "<i>%s</i>", text);
  else if (run->kind == LESSON_RUN_STRONG)
    g_string_append_printf (markup, "<b>%s</b>", text);
  else
    g_string_append (markup, text);
}

/* Inline text as Pango's markup; to be freed. NULL gives "". */
static char *
markup_of (const LessonText *text)
{
  GString *markup = g_string_new (NULL);

  for (guint i = 0; text != NULL && i < text->runs->len; i++)
    append_run (markup, g_ptr_array_index (text->runs, i));
  return g_string_free (markup, FALSE);
}

static PangoLayout *
layout_of (const Paper *paper, const char *font, const char *markup,
           double width)
{
  PangoLayout *layout = pango_cairo_create_layout (paper->cr);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_markup (layout, markup, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.2f);
  if (width > 0)
    pango_layout_set_width (layout, pango_units_from_double (width));
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return pango_units_to_double (height);
}

static void
set_gray (const Paper *paper, double gray)
{
  cairo_set_source_rgb (paper->cr, gray, gray, gray);
}

static void
draw_layout (const Paper *paper, PangoLayout *layout, double x, double y)
{
  cairo_move_to (paper->cr, x, y);
  pango_cairo_show_layout (paper->cr, layout);
}

/* Pages ------------------------------------------------------------------- */

static double
right_edge (void)
{
  return PAGE_WIDTH - MARGIN;
}

static void
draw_foot (const Paper *paper)
{
  g_autofree char *number
      = g_strdup_printf ("%u / %u", paper->page, paper->pages);
  g_autofree char *foot
      = g_markup_printf_escaped (MONO_SPAN "%s</span>", paper->worksheet->foot);
  g_autoptr (PangoLayout) left = layout_of (paper, "sans 7.5", foot, 0);
  g_autoptr (PangoLayout) right = layout_of (paper, TINY, number, 0);
  double y = PAGE_HEIGHT - MARGIN + GAP;
  int width;

  pango_layout_get_size (right, &width, NULL);
  set_gray (paper, 0.35);
  draw_layout (paper, left, MARGIN, y);
  draw_layout (paper, right, right_edge () - pango_units_to_double (width), y);
}

static void
next_page (Paper *paper)
{
  if (paper->page > 0) {
    draw_foot (paper);
    cairo_show_page (paper->cr);
  }
  paper->page++;
  paper->y = MARGIN;
}

/* Goes to the next page if this one has not so much room left. */
static void
need (Paper *paper, double height)
{
  if (paper->y + height > PAGE_HEIGHT - MARGIN - FOOT && paper->y > MARGIN)
    next_page (paper);
}

/* A paragraph; what is longer than a page is not expected here. */
static void
paragraph (Paper *paper, const char *font, const char *markup, double x,
           double gray)
{
  g_autoptr (PangoLayout) layout
      = layout_of (paper, font, markup, right_edge () - x);
  double height = height_of (layout);

  need (paper, height);
  set_gray (paper, gray);
  draw_layout (paper, layout, x, paper->y);
  paper->y += height;
}

static void
rule (const Paper *paper, double x, double width, double y)
{
  set_gray (paper, 0.45);
  cairo_set_line_width (paper->cr, 0.6);
  cairo_move_to (paper->cr, x, y);
  cairo_line_to (paper->cr, x + width, y);
  cairo_stroke (paper->cr);
}

/* A word, and a line to write on behind it. */
static double
blank (const Paper *paper, const char *word, double x, double y, double width)
{
  g_autofree char *markup = g_markup_escape_text (word, -1);
  g_autoptr (PangoLayout) layout = layout_of (paper, PROSE, markup, 0);
  int wide;

  pango_layout_get_size (layout, &wide, NULL);
  set_gray (paper, 0.1);
  draw_layout (paper, layout, x, y);
  x += pango_units_to_double (wide) + PADDING;
  rule (paper, x, width, y + height_of (layout) - 2);
  return x + width;
}

/* Tables ------------------------------------------------------------------ */

static double
name_width (const Task *task)
{
  guint columns = task->question->columns->len;
  double room = right_edge () - MARGIN - NUMBER - columns * CELL_WIDTH;

  return CLAMP (room, 70.0, 150.0);
}

static double
cell_width (const Task *task)
{
  guint columns = task->question->columns->len;
  double room = right_edge () - MARGIN - NUMBER - name_width (task);

  return MIN (CELL_WIDTH, room / columns);
}

/* One line of text in the middle of a cell's height. */
static void
cell_text (const Paper *paper, const char *font, const char *markup, double x,
           double y, double gray, double width)
{
  g_autoptr (PangoLayout) layout = layout_of (paper, font, markup, 0);

  pango_layout_set_width (layout,
                          pango_units_from_double (width - 2 * PADDING));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  set_gray (paper, gray);
  draw_layout (paper, layout, x + PADDING, y + (CELL - height_of (layout)) / 2);
}

static void
draw_box (const Paper *paper, double x, double y, double width, gboolean filled)
{
  cairo_rectangle (paper->cr, x, y, width, CELL);
  if (filled) {
    set_gray (paper, 0.94);
    cairo_fill_preserve (paper->cr);
  }
  set_gray (paper, 0.45);
  cairo_set_line_width (paper->cr, 0.6);
  cairo_stroke (paper->cr);
}

/* What stands in a cell: what is given, or the key; NULL if it is blank. */
static char *
value_of (const Task *task, const LessonCell *cell, guint row, guint column)
{
  char *given
      = lesson_question_cell (task->sheet->play, task->sheet->place, cell);
  if (given != NULL || !task->key)
    return given;

  g_autofree char *id = g_strdup_printf ("r%uc%u", row + 1, column + 1);
  const LessonAnswerPart *part = lesson_verdict_part (&task->verdict, id);
  return part != NULL ? g_strdup (part->key) : NULL;
}

static void
draw_cell (const Paper *paper, const Task *task, guint row, guint column,
           double x)
{
  const LessonRow *r = g_ptr_array_index (task->question->rows, row);
  const LessonCell *cell = g_ptr_array_index (r->cells, column);
  g_autofree char *value = value_of (task, cell, row, column);
  double width = cell_width (task);

  draw_box (paper, x, paper->y, width, cell->given);
  if (value == NULL)
    return;
  g_autofree char *markup = g_markup_printf_escaped (
      cell->given ? MONO_SPAN "%s</span>" : MONO_SPAN "<b>%s</b></span>",
      value);
  cell_text (paper, "sans 9", markup, x, paper->y, 0.1, width);
}

static void
draw_head (Paper *paper, const Task *task)
{
  double x = MARGIN + NUMBER + name_width (task);

  for (guint i = 0; i < task->question->columns->len; i++) {
    g_autofree char *markup
        = markup_of (g_ptr_array_index (task->question->columns, i));
    cell_text (paper, TINY, markup, x, paper->y, 0.35, cell_width (task));
    x += cell_width (task);
  }
  paper->y += CELL;
}

static void
draw_row (Paper *paper, const Task *task, guint row)
{
  const LessonRow *r = g_ptr_array_index (task->question->rows, row);
  double x = MARGIN + NUMBER;
  g_autofree char *name = markup_of (r->name);

  cell_text (paper, "sans 9", name, x - PADDING, paper->y, 0.1,
             name_width (task) + PADDING);
  x += name_width (task);
  for (guint i = 0; i < r->cells->len; i++) {
    draw_cell (paper, task, row, i, x);
    x += cell_width (task);
  }
  paper->y += CELL;
}

static void
draw_table (Paper *paper, const Task *task)
{
  guint rows = task->question->rows->len;

  need (paper, CELL * (rows + 1));
  draw_head (paper, task);
  for (guint i = 0; i < rows; i++)
    draw_row (paper, task, i);
}

/* Questions --------------------------------------------------------------- */

static void
draw_choice (Paper *paper, const LessonChoice *choice, const char *sign)
{
  g_autofree char *text = markup_of (choice->text);
  g_autofree char *markup = g_strdup_printf ("%s  %s", sign, text);

  paragraph (paper, PROSE, markup, MARGIN + NUMBER, 0.1);
  paper->y += GAP / 2;
}

static void
draw_choices (Paper *paper, const Task *task)
{
  const GPtrArray *choices = task->question->choices;
  const GPtrArray *targets = task->question->targets;

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
draw_number (const Paper *paper, guint number)
{
  g_autofree char *markup = g_strdup_printf ("<b>%u.</b>", number);
  g_autoptr (PangoLayout) layout = layout_of (paper, PROSE, markup, 0);

  set_gray (paper, 0.1);
  draw_layout (paper, layout, MARGIN, paper->y);
}

/* About as high as the question will be, so that it stays on one page. */
static double
room_for (const Paper *paper, const Task *task)
{
  g_autofree char *ask = markup_of (task->question->ask);
  g_autoptr (PangoLayout) layout
      = layout_of (paper, PROSE, ask, right_edge () - MARGIN - NUMBER);
  guint lines = task->question->choices->len + task->question->targets->len;
  double table = task->question->columns->len > 0
                     ? CELL * (task->question->rows->len + 1)
                     : 2 * CELL;

  return height_of (layout) + GAP + lines * (CELL - 2) + table;
}

/* Where boxes are ticked no line is needed. */
static void
draw_answer_line (Paper *paper, const Task *task)
{
  if (task->question->kind == LESSON_QUESTION_CHOOSE
      || task->question->kind == LESSON_QUESTION_SEVERAL)
    return;
  paper->y += GAP;
  blank (paper, _ ("Answer:"), MARGIN + NUMBER, paper->y, RULE);
  paper->y += CELL;
}

static void
draw_question (Paper *paper, const Task *task, guint number)
{
  g_autofree char *ask = markup_of (task->question->ask);

  need (paper, room_for (paper, task));
  draw_number (paper, number);
  paragraph (paper, PROSE, ask, MARGIN + NUMBER, 0.1);
  paper->y += GAP;
  if (task->question->columns->len > 0) {
    draw_table (paper, task);
  } else {
    draw_choices (paper, task);
    draw_answer_line (paper, task);
  }
  paper->y += BETWEEN;
}

static void
draw_way (Paper *paper, const Task *task)
{
  g_autoptr (GPtrArray) way = scene_way (task->sheet->play, task->sheet->place);

  paper->y += GAP / 2;
  for (guint i = 0; i < way->len; i++) {
    g_autofree char *markup = g_markup_printf_escaped (
        "•  %s", (const char *) g_ptr_array_index (way, i));
    paragraph (paper, TINY, markup, MARGIN + NUMBER, 0.35);
  }
}

static void
draw_answer (Paper *paper, const Task *task, guint number)
{
  g_autofree char *right = markup_of (task->question->right);
  g_autofree char *key = g_markup_printf_escaped (MONO_SPAN "<b>%s</b></span>",
                                                  task->verdict.key_text);

  need (paper, room_for (paper, task));
  draw_number (paper, number);
  if (task->question->columns->len > 0)
    draw_table (paper, task);
  else
    paragraph (paper, PROSE, key, MARGIN + NUMBER, 0.1);
  paper->y += GAP / 2;
  paragraph (paper, SMALL, right, MARGIN + NUMBER, 0.1);
  draw_way (paper, task);
  paper->y += BETWEEN * 0.7;
}

/* The whole --------------------------------------------------------------- */

static void
draw_task (Paper *paper, const LessonExerciseSheet *sheet, guint number,
           gboolean key)
{
  LessonVerdict shown = lesson_exercise_mark (sheet, NULL);
  Task task = {.sheet = sheet,
               .question = sheet->place->question,
               .verdict = lesson_exercise_mark (sheet, shown.key),
               .key = key};

  if (key)
    draw_answer (paper, &task, number);
  else
    draw_question (paper, &task, number);
  lesson_verdict_clear (&task.verdict);
  lesson_verdict_clear (&shown);
}

static void
draw_title (Paper *paper, const char *title)
{
  g_autofree char *markup = g_markup_escape_text (title, -1);

  paragraph (paper, TITLE, markup, MARGIN, 0.1);
  paper->y += GAP;
}

static void
draw_head_of_class (Paper *paper)
{
  double x = blank (paper, _ ("Name:"), MARGIN, paper->y, 190);

  blank (paper, _ ("Date:"), x + 20, paper->y, 90);
  paper->y += CELL + BETWEEN;
}

static void
draw_all (Paper *paper)
{
  const GPtrArray *sheets = paper->worksheet->sheets;
  const LessonExerciseSheet *first = g_ptr_array_index (sheets, 0);
  g_autofree char *title = lesson_text_plain (first->document->title);

  next_page (paper);
  draw_title (paper, title);
  draw_head_of_class (paper);
  for (guint i = 0; i < sheets->len; i++)
    draw_task (paper, g_ptr_array_index (sheets, i), i + 1, FALSE);
  if (paper->worksheet->answers) {
    /* Translators: the key of a worksheet: its title. */
    g_autofree char *key = g_strdup_printf (_ ("Key: %s"), title);
    next_page (paper);
    draw_title (paper, key);
    for (guint i = 0; i < sheets->len; i++)
      draw_task (paper, g_ptr_array_index (sheets, i), i + 1, TRUE);
  }
  draw_foot (paper);
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
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  Paper paper = {.worksheet = worksheet, .pages = pages};

  /* When it was made does not matter: the same must be the same. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  "2000-01-01T00:00:00Z");
  paper.cr = cairo_create (surface);
  draw_all (&paper);
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
