/* Loads beats. */
#include "beats.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"
#include "number.h"
#include "query.h"
#include "steps.h"
#include "suggest.h"
#include "text.h"

/* Which step: "entry-read", "level=2", the first -------------------------- */

static void
check_where (LessonLoader *loader, const xmlAttr *attribute,
             enum vm_step_kind kind)
{
  LessonStepFilter filter = {.kind = kind};
  LessonQueryFault fault = {0};

  if (attribute == NULL
      || lesson_step_filter_read (&filter, lesson_xml_value (attribute),
                                  &fault))
    return;
  lesson_loader_problem (
      loader, lesson_xml_value_place (loader->xml, attribute, fault.offset),
      "%s", fault.why);
  lesson_query_fault_clear (&fault);
}

void
lesson_step_name_load (LessonLoader *loader, const xmlAttr *step,
                       const xmlAttr *where, const xmlAttr *nth,
                       LessonStepName *name)
{
  const char *names[VM_STEP_KINDS + 1] = {NULL};

  name->step = lesson_loader_string (step);
  name->where = lesson_loader_string (where);
  name->nth = (int) lesson_loader_number (loader, nth, 1, 1000000, 1);
  if (step == NULL)
    return;

  for (int k = 0; k < VM_STEP_KINDS; k++)
    names[k] = vm_step_info_of ((enum vm_step_kind) k)->name;
  guint kind = lesson_loader_word (loader, step, names);
  if (strcmp (names[kind], name->step) == 0)
    check_where (loader, where, (enum vm_step_kind) kind);
}

/* Beats ------------------------------------------------------------------- */

static void
point_free (gpointer data)
{
  LessonPoint *point = data;

  lesson_text_free (point->text);
  g_free (point->step);
  g_free (point->where);
  g_free (point);
}

static LessonPoint *
load_point (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"step", TRUE}, {"where", FALSE}, {"nth", FALSE}, {NULL}};
  LessonPoint *point = g_new0 (LessonPoint, 1);
  xmlAttr *found[3];
  LessonStepName name;

  lesson_loader_attributes (loader, element, rules, found);
  lesson_step_name_load (loader, found[0], found[1], found[2], &name);
  point->step = name.step;
  point->where = name.where;
  point->nth = name.nth;
  point->place = lesson_xml_place (loader->xml, element);
  point->text = lesson_text_load (loader, element);
  return point;
}

static void
expect_free (gpointer data)
{
  LessonExpect *expect = data;

  g_free (expect->query);
  g_free (expect->is);
  g_free (expect);
}

/* The claim must be a number, or a word that the query can be equal to. */
static void
check_claim (LessonLoader *loader, const xmlAttr *is, LessonStyle style)
{
  const char *value = lesson_xml_value (is);
  const char *words[16] = {NULL};
  guint64 number;

  if (lesson_number_read (value, FALSE, &number)
      || lesson_value_of_word (style, value, strlen (value), &number))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (words) - 1; i++)
    if ((words[i] = lesson_style_word (style, i)) == NULL)
      break;

  LessonPlace place = lesson_xml_value_place (loader->xml, is, 0);
  if (words[0] == NULL) {
    lesson_loader_problem (loader, place, _ ("“%.40s” is not a number"), value);
    return;
  }
  g_autofree char *hint = lesson_suggest (value, words);
  lesson_loader_problem (loader, place,
                         _ ("“%.40s” is neither a number nor a word for "
                            "this; %s"),
                         value, hint);
}

static LessonExpect *
load_expect (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"that", TRUE}, {"is", TRUE}, {NULL}};
  LessonExpect *expect = g_new0 (LessonExpect, 1);
  LessonQueryFault fault = {0};
  LessonValue value;
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_empty (loader, element);
  expect->query = lesson_loader_query (loader, found[0]);
  expect->is = lesson_loader_string (found[1]);
  if (found[1] != NULL)
    expect->place = lesson_xml_value_place (loader->xml, found[1], 0);
  if (expect->query == NULL || expect->is == NULL)
    return expect;
  if (lesson_query_check (expect->query, &value, &fault))
    check_claim (loader, found[1], value.style);
  lesson_query_fault_clear (&fault);
  return expect;
}

LessonBeat *
lesson_beat_load (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule attributes[] = {{"id", TRUE}, {NULL}};
  static const LessonChildRule rules[] = {{"title", 0, 1, 1}, {"presenter", 1},
                                          {"do", 2, 1},       {"point", 3},
                                          {"expect", 3},      {NULL}};
  LessonBeat *beat = g_new0 (LessonBeat, 1);
  xmlAttr *id;

  lesson_loader_attributes (loader, element, attributes, &id);
  lesson_loader_children (loader, element, rules);
  beat->id = lesson_loader_id (loader, id);
  beat->place = lesson_xml_place (loader->xml, element);
  beat->title = lesson_child_text (loader, element, "title");
  beat->presenter = lesson_child_texts (loader, element, "presenter");
  beat->dos = lesson_dos_load (loader, element);
  beat->points = g_ptr_array_new_with_free_func (point_free);
  beat->expects = g_ptr_array_new_with_free_func (expect_free);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules)) {
    if (lesson_loader_named (n, "point"))
      g_ptr_array_add (beat->points, load_point (loader, n));
    else if (lesson_loader_named (n, "expect"))
      g_ptr_array_add (beat->expects, load_expect (loader, n));
  }
  return beat;
}

void
lesson_beat_free (LessonBeat *beat)
{
  if (beat == NULL)
    return;

  g_free (beat->id);
  g_ptr_array_unref (beat->presenter);
  g_ptr_array_unref (beat->dos);
  g_ptr_array_unref (beat->points);
  g_ptr_array_unref (beat->expects);
  lesson_text_free (beat->title);
  g_free (beat);
}
