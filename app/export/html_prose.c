/* The prose of a lesson as HTML. */
#include "html_prose.h"

#include <glib/gi18n-lib.h>

#include "html_text.h"
#include "lesson_bars.h"
#include "lesson_plot.h"

/* Paragraphs and lists ---------------------------------------------------- */

static void
add_inline (GString *out, LessonPlay *play, const char *element,
            const LessonText *text)
{
  g_string_append_printf (out, "<%s>", element);
  export_html_inline (out, play, text);
  g_string_append_printf (out, "</%s>\n", element);
}

static void
add_list (GString *out, LessonPlay *play, const GPtrArray *items)
{
  g_string_append (out, "<ul>\n");
  for (guint i = 0; i < items->len; i++)
    add_inline (out, play, "li", g_ptr_array_index (items, i));
  g_string_append (out, "</ul>\n");
}

/* Listings ---------------------------------------------------------------- */

static void
add_code_line (GString *out, const LessonBlock *block, const char *line,
               int number)
{
  gboolean shell = block->language == LESSON_LANGUAGE_SHELL;
  gboolean output = shell && !g_str_has_prefix (line, "$ ");

  if (number == block->highlight)
    g_string_append (out, "<mark>");
  if (output)
    g_string_append (out, "<samp>");
  export_html_escaped (out, line);
  if (output)
    g_string_append (out, "</samp>");
  if (number == block->highlight)
    g_string_append (out, "</mark>");
  g_string_append_c (out, '\n');
}

/* It scrolls sideways, for which a keyboard must reach it. */
static void
add_code (GString *out, const LessonBlock *block)
{
  g_auto (GStrv) lines = g_strsplit (block->code, "\n", -1);

  g_string_append (out, "<pre tabindex=\"0\" role=\"group\" aria-label=\"");
  export_html_escaped (out, _ ("Listing"));
  g_string_append (out, "\"><code>");
  for (int i = 0; lines[i] != NULL; i++)
    add_code_line (out, block, lines[i], i + 1);
  g_string_append (out, "</code></pre>\n");
}

/* Tables ------------------------------------------------------------------ */

static const char *
align_of (LessonAlign align)
{
  switch (align) {
  case LESSON_ALIGN_START:
    return "";
  case LESSON_ALIGN_CENTER:
    return " class=\"center\"";
  case LESSON_ALIGN_END:
    return " class=\"end\"";
  }
  return "";
}

static void
add_row (GString *out, LessonPlay *play, const LessonTable *table,
         const GPtrArray *row, const char *cell)
{
  g_string_append (out, "<tr>");
  for (guint i = 0; i < row->len; i++) {
    g_string_append_printf (out, "<%s%s>", cell, align_of (table->align[i]));
    export_html_inline (out, play, row->pdata[i]);
    g_string_append_printf (out, "</%.2s>", cell);
  }
  g_string_append (out, "</tr>\n");
}

static void
add_table (GString *out, LessonPlay *play, const LessonTable *table)
{
  g_string_append (out, "<div class=\"wide\" tabindex=\"0\"><table>\n");
  if (table->caption != NULL)
    add_inline (out, play, "caption", table->caption);
  if (table->head != NULL) {
    g_string_append (out, "<thead>");
    add_row (out, play, table, table->head, "th scope=\"col\"");
    g_string_append (out, "</thead>");
  }
  g_string_append (out, "<tbody>\n");
  for (guint i = 0; i < table->rows->len; i++)
    add_row (out, play, table, table->rows->pdata[i], "td");
  g_string_append (out, "</tbody></table></div>\n");
}

/* Computed figures -------------------------------------------------------- */

static void
add_cell (GString *out, const char *element, const char *text)
{
  g_string_append_printf (out, "<%s>", element);
  export_html_escaped (out, text);
  g_string_append_printf (out, "</%.2s>", element);
}

static void
add_numbers (GString *out, LessonPlay *play, const LessonPlot *plot,
             const LessonPlotData *data)
{
  g_string_append (out, "<div class=\"wide\" tabindex=\"0\"><table>\n<thead>"
                        "<tr><th scope=\"col\">");
  export_html_inline (out, play, plot->x_title);
  g_string_append (out, "</th>");
  for (guint s = 0; s < data->series; s++)
    add_cell (out, "th scope=\"col\" class=\"end\"", data->names[s]);
  g_string_append (out, "</tr></thead><tbody>\n");
  for (guint p = 0; p < data->points; p++) {
    g_string_append (out, "<tr>");
    add_cell (out, "th scope=\"row\"", data->labels[p]);
    for (guint s = 0; s < data->series; s++)
      add_cell (out, "td class=\"end n\"", data->texts[s * data->points + p]);
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</tbody></table></div>\n");
}

#define PLOT_WIDTH 400

/* As the window draws it: lines or bars. NULL of a table. */
static SceneStill *
draw (const ExportProse *prose, const LessonPlot *plot,
      const LessonPlotData *data, const char *alt)
{
  g_autofree char *x_title = lesson_text_plain (plot->x_title);
  g_autofree char *y_title = lesson_text_plain (plot->y_title);
  g_autoptr (SceneLessonPlot) lines = NULL;

  switch (plot->kind) {
  case LESSON_PLOT_TABLE:
    return NULL;
  case LESSON_PLOT_BARS:
    return scene_lesson_bars_still (plot, data, prose->metrics, PLOT_WIDTH);
  case LESSON_PLOT_LINES:
    lines = scene_lesson_plot_new (plot, data, x_title, y_title, alt);
    return scene_lesson_plot_still (lines, prose->metrics, PLOT_WIDTH);
  }
  return NULL;
}

/* The picture, above the numbers. */
static void
add_picture (GString *out, ExportProse *prose, const LessonPlot *plot,
             const LessonPlotData *data)
{
  g_autofree char *alt = lesson_text_plain (plot->alt);
  g_autoptr (SceneStill) still = draw (prose, plot, data, alt);

  if (still == NULL)
    return;
  g_autofree char *prefix = g_strdup_printf ("p%u-", ++prose->plots);
  const SceneSvgStyle style
      = {.metrics = prose->metrics, .inks = prose->inks, .prefix = prefix};
  g_string_append (out, "<svg class=\"plot\"");
  scene_svg_view_box (out, still->width, still->height);
  g_string_append (out, " role=\"img\" aria-label=\"");
  export_html_escaped (out, alt);
  g_string_append (out, "\">\n");
  for (guint i = 0; i < still->items->len; i++)
    scene_svg_item (out, &style, still,
                    &g_array_index (still->items, SceneItem, i));
  g_string_append (out, "</svg>\n");
}

static void
add_plot (GString *out, ExportProse *prose, const LessonPlot *plot)
{
  LessonPlay *play = prose->play;
  g_autoptr (LessonPlotData) data = lesson_plot_compute (play, plot, NULL);

  g_string_append (out, "<figure>");
  add_inline (out, play, "figcaption", plot->title);
  if (data != NULL) {
    add_picture (out, prose, plot, data);
    add_numbers (out, play, plot, data);
  }
  add_inline (out, play, "p", plot->alt);
  g_string_append (out, "</figure>\n");
}

/* Remarks ----------------------------------------------------------------- */

static const char *
callout_class (LessonCalloutKind kind)
{
  switch (kind) {
  case LESSON_CALLOUT_NOTE:
  case LESSON_CALLOUT_LINUX:
    return "note";
  case LESSON_CALLOUT_MISCONCEPTION:
    return "mistake";
  case LESSON_CALLOUT_COST:
    return "cost";
  case LESSON_CALLOUT_SIMPLIFICATION:
  case LESSON_CALLOUT_HISTORY:
    return "quiet";
  }
  return "";
}

static void
add_callout (GString *out, ExportProse *prose, const LessonBlock *block)
{
  g_string_append_printf (out, "<aside class=\"callout %s\"><p class=\"kind\">",
                          callout_class (block->callout));
  export_html_escaped (out, lesson_callout_title (block->callout));
  g_string_append (out, "</p>\n");
  if (block->title != NULL) {
    g_string_append (out, "<p class=\"title\">");
    export_html_inline (out, prose->play, block->title);
    g_string_append (out, "</p>\n");
  }
  for (guint i = 0; i < block->blocks->len; i++)
    export_html_block (out, prose, g_ptr_array_index (block->blocks, i));
  g_string_append (out, "</aside>\n");
}

void
export_html_block (GString *out, ExportProse *prose, const LessonBlock *block)
{
  LessonPlay *play = prose->play;

  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
    add_inline (out, play, "p", block->text);
    break;
  case LESSON_BLOCK_LIST:
    add_list (out, play, block->items);
    break;
  case LESSON_BLOCK_CODE:
    add_code (out, block);
    break;
  case LESSON_BLOCK_TABLE:
    add_table (out, play, block->table);
    break;
  case LESSON_BLOCK_PLOT:
    add_plot (out, prose, block->plot);
    break;
  case LESSON_BLOCK_CALLOUT:
    add_callout (out, prose, block);
    break;
  case LESSON_BLOCK_BEAT:
  case LESSON_BLOCK_QUESTION:
  case LESSON_BLOCK_EXERCISE:
    break;
  }
}

/* Before and behind ------------------------------------------------------- */

static void
begin_folded (GString *out, const char *title)
{
  g_string_append (out, "<details class=\"folded\"><summary>");
  export_html_escaped (out, title);
  g_string_append (out, "</summary>\n");
}

void
export_html_folded (GString *out, LessonPlay *play, const char *title,
                    const GPtrArray *items)
{
  if (items->len == 0)
    return;
  begin_folded (out, title);
  add_list (out, play, items);
  g_string_append (out, "</details>\n");
}

void
export_html_definitions (GString *out, LessonPlay *play)
{
  const GPtrArray *definitions = play->document->definitions;

  if (definitions->len == 0)
    return;
  begin_folded (out, _ ("Words of this lesson"));
  g_string_append (out, "<dl>\n");
  for (guint i = 0; i < definitions->len; i++) {
    const LessonDefinition *one = g_ptr_array_index (definitions, i);
    add_inline (out, play, "dt", one->title);
    g_string_append (out, "<dd>");
    for (guint j = 0; j < one->paragraphs->len; j++)
      add_inline (out, play, "p", g_ptr_array_index (one->paragraphs, j));
    g_string_append (out, "</dd>\n");
  }
  g_string_append (out, "</dl></details>\n");
}
