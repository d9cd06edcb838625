/* Loads code listings. */
#include "blocks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_blank_line (const char *line)
{
  return line[strspn (line, " \t\r")] == '\0';
}

/* Takes blank lines off both ends and off every line the indentation that all
 * have, so that a listing can be indented with its element. */
static char *
trim_listing (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint first = 0, end = g_strv_length (lines);
  gsize indent = G_MAXSIZE;
  GString *out = g_string_new (NULL);

  while (first < end && is_blank_line (lines[first]))
    first++;
  while (end > first && is_blank_line (lines[end - 1]))
    end--;
  for (guint i = first; i < end; i++)
    if (!is_blank_line (lines[i]))
      indent = MIN (indent, strspn (lines[i], " "));
  for (guint i = first; i < end; i++) {
    const char *line = lines[i] + MIN (indent, strspn (lines[i], " "));
    g_string_append (out, g_strchomp ((char *) line));
    if (i + 1 < end)
      g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

static guint
count_lines (const char *text)
{
  guint lines = 1;

  for (; *text != '\0'; text++)
    lines += *text == '\n';
  return lines;
}

static char *
listing_text (LessonLoader *loader, const xmlNode *element)
{
  g_autofree char *text = lesson_raw_text (loader, element);

  return trim_listing (text);
}

void
lesson_listing_load (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  static const LessonAttributeRule rules[]
      = {{"highlight", FALSE}, {"language", FALSE}, {NULL}};
  static const char *const languages[]
      = {"text", "c", "asm", "shell", "script", NULL};
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  block->code = listing_text (loader, element);
  block->language
      = (LessonLanguage) lesson_loader_word (loader, found[1], languages);
  if (block->code[0] == '\0')
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> is empty"), element->name);
  block->highlight = (int) lesson_loader_number (loader, found[0], 1,
                                                 count_lines (block->code), 0);
}
