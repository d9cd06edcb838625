/* A picture of the bits of a word, a column a field. */
#include "pte_ruler.h"

#include <stdio.h>
#include <string.h>

#include "wrap.h"

static char *
bits_text (const struct vm_pte_field *field)
{
  if (field->high == field->low)
    return g_strdup_printf ("%u", (guint) field->high);
  return g_strdup_printf ("%u %u", (guint) field->high, (guint) field->low);
}

CliRuler
cli_ruler_new (void)
{
  return (CliRuler){
      {g_string_new (NULL), g_string_new (NULL), g_string_new (NULL)}};
}

void
cli_ruler_add (CliRuler *ruler, const struct vm_pte_field *field,
               const char *label, const char *value)
{
  g_autofree char *bits = bits_text (field);
  int width = MAX (cli_text_width (bits),
                   MAX (cli_text_width (label), cli_text_width (value)));
  const char *space = strchr (bits, ' ');
  int high = space != NULL ? (int) (space - bits) : cli_text_width (bits);

  g_string_append_printf (ruler->lines[0], " %.*s%*s", high, bits, width - high,
                          space != NULL ? space + 1 : "");
  g_string_append_printf (ruler->lines[1], "│%s%*s", label,
                          width - cli_text_width (label), "");
  g_string_append_printf (ruler->lines[2], "│%-*s", width, value);
}

void
cli_ruler_print (CliRuler *ruler)
{
  printf ("%s\n%s│\n%s│\n\n", ruler->lines[0]->str, ruler->lines[1]->str,
          ruler->lines[2]->str);
  for (int i = 0; i < 3; i++)
    g_string_free (ruler->lines[i], TRUE);
}
