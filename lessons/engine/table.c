/* Loads tables. */
#include "table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"
#include "suggest.h"
#include "text.h"

static const LessonAttributeRule no_attributes[] = {{NULL}};
static const LessonChildRule row_children[] = {{"cell", 0, 1}, {NULL}};

/* Columns ----------------------------------------------------------------- */

static void
load_align_word (LessonLoader *loader, const xmlAttr *attribute,
                 const char *word, gsize offset, LessonAlign *align)
{
  static const char *const words[] = {"start", "center", "end", NULL};

  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0) {
      *align = (LessonAlign) i;
      return;
    }
  g_autofree char *hint = lesson_suggest (word, words);
  lesson_loader_problem (
      loader, lesson_xml_value_place (loader->xml, attribute, offset),
      _ ("“%.40s” is no way to align a column; %s"), word, hint);
}

/* align="start end end": a word for each column. */
static void
load_align (LessonLoader *loader, const xmlAttr *attribute, LessonTable *table)
{
  const char *value = lesson_xml_value (attribute);
  guint count = 0;

  for (gsize at = strspn (value, " "); value[at] != '\0';
       at += strspn (value + at, " ")) {
    gsize length = strcspn (value + at, " ");
    g_autofree char *word = g_strndup (value + at, length);
    if (count < LESSON_MAX_COLUMNS)
      load_align_word (loader, attribute, word, at, &table->align[count]);
    count++;
    at += length;
  }
  if (count != table->columns)
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, attribute, 0),
                           _ ("“align” has %u words, but the table has %u "
                              "columns"),
                           count, table->columns);
}

/* Rows -------------------------------------------------------------------- */

static void
cell_free (gpointer cell)
{
  lesson_text_free (cell);
}

/* A cell may be empty; only then it is NULL. */
static LessonText *
load_cell (LessonLoader *loader, xmlNode *element)
{
  lesson_loader_attributes (loader, element, no_attributes, NULL);
  return element->children != NULL ? lesson_text_load (loader, element) : NULL;
}

static GPtrArray *
load_row (LessonLoader *loader, xmlNode *element)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (cell_free);

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, row_children);
  for (xmlNode *n = lesson_loader_first (element, row_children); n != NULL;
       n = lesson_loader_next (n, row_children))
    g_ptr_array_add (row, load_cell (loader, n));
  return row;
}

/* The first row, be it the head, says how many columns there are. */
static void
check_row (LessonLoader *loader, const xmlNode *element, const GPtrArray *row,
           LessonTable *table)
{
  LessonPlace place = lesson_xml_place (loader->xml, element);

  if (table->columns == 0 && row->len <= LESSON_MAX_COLUMNS)
    table->columns = row->len;
  else if (table->columns == 0)
    lesson_loader_problem (loader, place,
                           _ ("a table has at most %u columns, not %u"),
                           LESSON_MAX_COLUMNS, row->len);
  else if (row->len != table->columns)
    lesson_loader_problem (loader, place,
                           _ ("this row has %u cells; the table has %u "
                              "columns"),
                           row->len, table->columns);
}

static void
row_free (gpointer row)
{
  g_ptr_array_unref (row);
}

static void
load_table_row (LessonLoader *loader, xmlNode *element, LessonTable *table)
{
  GPtrArray *row = load_row (loader, element);

  check_row (loader, element, row, table);
  if (lesson_loader_named (element, "head") && table->head == NULL)
    table->head = row;
  else
    g_ptr_array_add (table->rows, row);
  if (table->rows->len == LESSON_MAX_ROWS + 1)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("a table has at most %u rows"), LESSON_MAX_ROWS);
}

/* Public ------------------------------------------------------------------ */

LessonTable *
lesson_table_load (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule attributes[] = {{"align", FALSE}, {NULL}};
  static const LessonChildRule children[]
      = {{"caption", 0, 1, 1}, {"head", 1, 0, 1}, {"row", 2, 1}, {NULL}};
  LessonTable *table = g_new0 (LessonTable, 1);
  xmlAttr *align;

  lesson_loader_attributes (loader, element, attributes, &align);
  lesson_loader_children (loader, element, children);
  table->caption = lesson_child_text (loader, element, "caption");
  table->rows = g_ptr_array_new_with_free_func (row_free);
  for (xmlNode *n = lesson_loader_first (element, children); n != NULL;
       n = lesson_loader_next (n, children))
    if (!lesson_loader_named (n, "caption"))
      load_table_row (loader, n, table);
  if (align != NULL)
    load_align (loader, align, table);
  return table;
}

void
lesson_table_free (LessonTable *table)
{
  if (table == NULL)
    return;

  lesson_text_free (table->caption);
  g_clear_pointer (&table->head, g_ptr_array_unref);
  g_ptr_array_unref (table->rows);
  g_free (table);
}
