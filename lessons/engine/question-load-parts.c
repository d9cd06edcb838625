/* Loads the parts of questions that are tables, entries and mappings. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"
#include "machine/ops.h"
#include "query.h"
#include "question-load.h"
#include "text.h"

static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const formats[] = {"hex", "dec", NULL};

/* Rows of a table to be filled -------------------------------------------- */

static void
cell_free (gpointer data)
{
  LessonCell *cell = data;

  g_free (cell->query);
  g_ptr_array_unref (cell->mistakes);
  g_free (cell);
}

/* Without a format, a value is printed as its kind asks. */
static gboolean
is_hex (const char *query)
{
  LessonQueryFault fault = {0};
  LessonValue value = {0};

  gboolean known = query != NULL && lesson_query_check (query, &value, &fault);
  lesson_query_fault_clear (&fault);
  return known && value.style == LESSON_STYLE_HEX;
}

static LessonCell *
load_cell (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule attributes[]
      = {{"is", TRUE}, {"given", FALSE}, {"format", FALSE}, {NULL}};
  static const LessonChildRule rules[] = {{"mistake", 0}, {NULL}};
  LessonCell *cell = g_new0 (LessonCell, 1);
  xmlAttr *found[3];

  lesson_loader_attributes (loader, element, attributes, found);
  lesson_loader_children (loader, element, rules);
  cell->place = found[0] != NULL
                    ? lesson_xml_value_place (loader->xml, found[0], 0)
                    : lesson_xml_place (loader->xml, element);
  cell->query = lesson_loader_query (loader, found[0]);
  cell->given = lesson_loader_word (loader, found[1], no_yes) == 1;
  cell->hex = found[2] != NULL
                  ? lesson_loader_word (loader, found[2], formats) == 0
                  : is_hex (cell->query);
  cell->mistakes = g_ptr_array_new_with_free_func (lesson_mistake_free);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    g_ptr_array_add (cell->mistakes, lesson_mistake_load (loader, n));
  return cell;
}

void
lesson_row_free (gpointer data)
{
  LessonRow *row = data;

  lesson_text_free (row->name);
  g_ptr_array_unref (row->cells);
  g_free (row);
}

LessonRow *
lesson_row_load (LessonLoader *loader, xmlNode *element, guint columns)
{
  static const LessonAttributeRule attributes[] = {{NULL}};
  static const LessonChildRule rules[]
      = {{"name", 0, 0, 1}, {"cell", 1, 1}, {NULL}};
  LessonRow *row = g_new0 (LessonRow, 1);

  lesson_loader_attributes (loader, element, attributes, NULL);
  lesson_loader_children (loader, element, rules);
  row->place = lesson_xml_place (loader->xml, element);
  row->name = lesson_child_text (loader, element, "name");
  row->cells = g_ptr_array_new_with_free_func (cell_free);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    if (lesson_loader_named (n, "cell"))
      g_ptr_array_add (row->cells, load_cell (loader, n));
  if (row->cells->len != columns)
    lesson_loader_problem (
        loader, row->place,
        _ ("the row has %u of <cell>, and the table %u of <column>; they "
           "must be as many"),
        row->cells->len, columns);
  return row;
}

/* Entries ----------------------------------------------------------------- */

void
lesson_entry_load (LessonLoader *loader, xmlNode *element,
                   LessonQuestion *question)
{
  static const LessonAttributeRule rules[]
      = {{"level", FALSE}, {"at", FALSE}, {NULL}};
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_empty (loader, element);
  if (question->entry_pa != NULL)
    return;
  question->level
      = (int) lesson_loader_number (loader, found[0], 1, VM_MAX_LEVELS, 1);
  question->entry_pa = found[1] != NULL
                           ? lesson_loader_query (loader, found[1])
                           : g_strdup_printf ("entry-pa(%d)", question->level);
}

/* Mappings ---------------------------------------------------------------- */

void
lesson_mapping_free (gpointer data)
{
  LessonMapping *mapping = data;

  g_free (mapping->va);
  g_free (mapping->frame);
  g_free (mapping);
}

/* Letters out of "rwxu"; r must be among them. */
static guint
load_flags (LessonLoader *loader, const xmlAttr *attribute)
{
  static const char letters[] = "rwxu";
  guint flags = 0;

  if (attribute == NULL)
    return 0;
  const char *value = lesson_xml_value (attribute);
  for (const char *p = value; *p != '\0'; p++) {
    const char *letter = strchr (letters, *p);
    if (letter == NULL) {
      lesson_loader_problem (
          loader,
          lesson_xml_value_place (loader->xml, attribute, (gsize) (p - value)),
          _ ("“flags” is made of the letters r, w, x and u"));
      return VM_MAP_READ;
    }
    flags |= 1u << (letter - letters);
  }
  if (!(flags & VM_MAP_READ))
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, attribute, 0),
                           _ ("“flags” needs an r: no page is without it"));
  return flags;
}

LessonMapping *
lesson_mapping_load (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"va", TRUE}, {"frame", TRUE}, {"flags", TRUE}, {NULL}};
  LessonMapping *mapping = g_new0 (LessonMapping, 1);
  xmlAttr *found[3];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_empty (loader, element);
  mapping->place = lesson_xml_place (loader->xml, element);
  mapping->va = lesson_loader_query (loader, found[0]);
  mapping->frame = lesson_loader_query (loader, found[1]);
  mapping->flags = load_flags (loader, found[2]);
  return mapping;
}
