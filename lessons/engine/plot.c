/* Loads computed figures. */
#include "plot.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "blocks.h"
#include "query.h"
#include "text.h"

#define MAX_BARS 24u

static const char *const scales[] = {"linear", "log", NULL};
static const char *const units[] = {"decimal", "hex", "bytes", "percent", NULL};

static void
series_free (gpointer data)
{
  LessonSeries *series = data;

  lesson_text_free (series->title);
  g_free (series->query);
  g_free (series);
}

static void
category_free (gpointer data)
{
  LessonCategory *category = data;

  lesson_text_free (category->title);
  g_free (category->query);
  g_free (category);
}

void
lesson_plot_free (LessonPlot *plot)
{
  if (plot == NULL)
    return;

  lesson_text_free (plot->title);
  lesson_text_free (plot->alt);
  lesson_text_free (plot->x_title);
  lesson_text_free (plot->y_title);
  g_free (plot->variable);
  g_ptr_array_unref (plot->categories);
  g_ptr_array_unref (plot->series);
  g_free (plot);
}

/* The first axis ---------------------------------------------------------- */

enum { NAME, FROM, TO, STEP, TIMES, X_SCALE, X_UNIT, X_ATTRIBUTES };

static void
load_variable (LessonLoader *loader, const xmlAttr *name, LessonPlot *plot)
{
  plot->variable = lesson_loader_name (loader, name);
  if (plot->variable != NULL && lesson_query_is_name (plot->variable))
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, name, 0),
                           _ ("“%s” has a meaning in queries already; choose "
                              "another name"),
                           plot->variable);
}

/* How many values the variable takes; G_MAXUINT for too many. */
static guint
count_values (const LessonPlot *plot)
{
  guint64 value = plot->from;
  guint count = 1;

  if (plot->categories->len > 0)
    return plot->categories->len;
  if (plot->times == 0)
    return (guint) MIN ((plot->to - plot->from) / plot->step + 1, G_MAXUINT);
  while (value != 0 && value <= plot->to / plot->times) {
    value *= plot->times;
    count++;
  }
  return count;
}

static void
check_count (LessonLoader *loader, const xmlNode *element,
             const LessonPlot *plot)
{
  guint most = plot->kind == LESSON_PLOT_BARS ? MAX_BARS
                                              : LESSON_MAX_PLOT_POINTS;
  guint count = count_values (plot);

  if (count > most)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<x> takes %u values; a figure of this kind "
                              "shows at most %u"),
                           count, most);
  if (count < 2)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<x> takes a single value; a figure compares "
                              "two at least"));
}

/* Numbers from … to …, or categories; never both. */
static void
check_range (LessonLoader *loader, const xmlNode *element,
             xmlAttr *const *found, const LessonPlot *plot)
{
  gboolean named = plot->categories->len > 0;

  for (guint i = FROM; i <= TIMES; i++)
    if (named && found[i] != NULL)
      lesson_loader_problem (
          loader, lesson_xml_attribute_place (loader->xml, found[i]),
          _ ("an <x> with categories has no “%s”"), found[i]->name);
  if (!named && (found[FROM] == NULL || found[TO] == NULL))
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<x> needs “from” and “to”, or a <category> for "
                              "each value"));
  if (named && plot->kind == LESSON_PLOT_LINES)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("a line needs numbers below it; use bars for "
                              "categories"));
  if (found[STEP] != NULL && found[TIMES] != NULL)
    lesson_loader_problem (
        loader, lesson_xml_attribute_place (loader->xml, found[TIMES]),
        _ ("“step” and “times” both say what the next value is; remove one"));
  if (!named && (found[FROM] == NULL || found[TO] == NULL))
    return;
  if (!named && plot->from > plot->to)
    lesson_loader_problem (
        loader, lesson_xml_value_place (loader->xml, found[TO], 0),
        _ ("“to” must not be less than “from”, which is %" PRIu64), plot->from);
  else
    check_count (loader, element, plot);
}

static LessonCategory *
load_category (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"is", TRUE}, {NULL}};
  LessonCategory *category = g_new0 (LessonCategory, 1);
  xmlAttr *is;

  lesson_loader_attributes (loader, element, rules, &is);
  category->query = lesson_loader_query (loader, is);
  category->title = lesson_text_load (loader, element);
  category->place = is != NULL ? lesson_xml_value_place (loader->xml, is, 0)
                               : lesson_xml_place (loader->xml, element);
  return category;
}

static void
load_x (LessonLoader *loader, xmlNode *element, LessonPlot *plot)
{
  static const LessonAttributeRule rules[]
      = {[NAME] = {"name", TRUE},    [FROM] = {"from", FALSE},
         [TO] = {"to", FALSE},       [STEP] = {"step", FALSE},
         [TIMES] = {"times", FALSE}, [X_SCALE] = {"scale", FALSE},
         [X_UNIT] = {"unit", FALSE}, [X_ATTRIBUTES] = {NULL, FALSE}};
  static const LessonChildRule children[]
      = {{"title", 0, 1, 1}, {"category", 1}, {NULL}};
  xmlAttr *found[X_ATTRIBUTES];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_children (loader, element, children);
  load_variable (loader, found[NAME], plot);
  plot->from = lesson_loader_number (loader, found[FROM], 0, G_MAXINT64, 0);
  plot->to
      = lesson_loader_number (loader, found[TO], 0, G_MAXINT64, plot->from + 1);
  plot->step = lesson_loader_number (loader, found[STEP], 1, G_MAXINT64, 1);
  plot->times = lesson_loader_number (loader, found[TIMES], 2, 1024, 0);
  plot->log_x = lesson_loader_word (loader, found[X_SCALE], scales) == 1;
  plot->x_unit = (LessonUnit) lesson_loader_word (loader, found[X_UNIT], units);
  plot->x_title = lesson_child_text (loader, element, "title");
  for (xmlNode *n = lesson_loader_first (element, children); n != NULL;
       n = lesson_loader_next (n, children))
    if (lesson_loader_named (n, "category"))
      g_ptr_array_add (plot->categories, load_category (loader, n));
  check_range (loader, element, found, plot);
}

/* The second axis, and what stands over both ------------------------------ */

static void
load_y (LessonLoader *loader, xmlNode *element, LessonPlot *plot)
{
  static const LessonAttributeRule rules[]
      = {{"scale", FALSE}, {"unit", FALSE}, {NULL}};
  static const LessonChildRule children[] = {{"title", 0, 1, 1}, {NULL}};
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_children (loader, element, children);
  plot->log_y = lesson_loader_word (loader, found[0], scales) == 1;
  plot->y_unit = (LessonUnit) lesson_loader_word (loader, found[1], units);
  plot->y_title = lesson_child_text (loader, element, "title");
}

static void
load_series (LessonLoader *loader, xmlNode *element, LessonPlot *plot)
{
  static const LessonAttributeRule rules[]
      = {{"is", TRUE}, {"per", FALSE}, {NULL}};
  LessonSeries *series = g_new0 (LessonSeries, 1);
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  series->query = lesson_loader_query_with (loader, found[0], plot->variable);
  series->per = lesson_loader_number (loader, found[1], 1, G_MAXINT64, 1);
  series->title = lesson_text_load (loader, element);
  series->place = found[0] != NULL
                      ? lesson_xml_value_place (loader->xml, found[0], 0)
                      : lesson_xml_place (loader->xml, element);
  if (plot->series->len == LESSON_MAX_SERIES)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("a figure has at most %u series"),
                           LESSON_MAX_SERIES);
  g_ptr_array_add (plot->series, series);
}

LessonPlot *
lesson_plot_load (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"kind", TRUE}, {NULL}};
  static const LessonChildRule children[]
      = {{"title", 0, 1, 1}, {"alt", 1, 1, 1}, {"x", 2, 1, 1},
         {"y", 3, 1, 1},     {"series", 4, 1}, {NULL}};
  static const char *const kinds[] = {"table", "bars", "lines", NULL};
  LessonPlot *plot = g_new0 (LessonPlot, 1);
  xmlAttr *kind;

  lesson_loader_attributes (loader, element, rules, &kind);
  lesson_loader_children (loader, element, children);
  plot->place = lesson_xml_place (loader->xml, element);
  plot->kind = (LessonPlotKind) lesson_loader_word (loader, kind, kinds);
  plot->title = lesson_child_text (loader, element, "title");
  plot->alt = lesson_child_text (loader, element, "alt");
  plot->categories = g_ptr_array_new_with_free_func (category_free);
  plot->series = g_ptr_array_new_with_free_func (series_free);
  for (xmlNode *n = lesson_loader_first (element, children); n != NULL;
       n = lesson_loader_next (n, children)) {
    if (lesson_loader_named (n, "x") && plot->x_title == NULL)
      load_x (loader, n, plot);
    else if (lesson_loader_named (n, "y") && plot->y_title == NULL)
      load_y (loader, n, plot);
    else if (lesson_loader_named (n, "series"))
      load_series (loader, n, plot);
  }
  return plot;
}
