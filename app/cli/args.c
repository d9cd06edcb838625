/* Takes a command's options and words apart. */
#include "args.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  CliArgs *args;
  const CliUsage *usage;
  const CliOption *options;
  int read, kept; /* positions in args->words */
  gboolean only_words;
} Parser;

static char *
option_title (const CliOption *option)
{
  if (option->metavar == NULL)
    return g_strdup_printf ("--%s", option->name);
  return g_strdup_printf ("--%s %s", option->name, option->metavar);
}

static void
print_option (const char *title, int width, const char *help)
{
  printf ("  %-*s  %s\n", width, title, help);
}

static void
print_synopsis (const CliUsage *usage)
{
  g_auto (GStrv) forms = g_strsplit (usage->synopsis, "\n", -1);

  printf ("%s\n", _ ("Usage:"));
  for (int i = 0; forms[i] != NULL; i++)
    if (forms[i][0] == ' ') /* the form before it goes on */
      printf ("  %s\n", forms[i]);
    else
      printf ("  pagewalk-cli %s %s\n", usage->name, forms[i]);
}

static void
print_help (const CliUsage *usage, const CliOption *options)
{
  int width = (int) strlen ("--help");

  for (const CliOption *o = options; o->name != NULL; o++) {
    g_autofree char *title = option_title (o);
    width = MAX (width, (int) strlen (title));
  }
  print_synopsis (usage);
  printf ("\n%s\n\n%s\n", _ (usage->summary), _ ("Options:"));
  for (const CliOption *o = options; o->name != NULL; o++) {
    g_autofree char *title = option_title (o);
    print_option (title, width, _ (o->help));
  }
  print_option ("--help", width, _ ("Show this help"));
}

static const CliOption *
find_option (const Parser *parser, const char *name, gsize length)
{
  for (const CliOption *o = parser->options; o->name != NULL; o++)
    if (strlen (o->name) == length && strncmp (o->name, name, length) == 0)
      return o;
  return NULL;
}

static gboolean
refuse (Parser *parser, CliStatus status)
{
  parser->args->status = status;
  return FALSE;
}

static gboolean
take_flag (Parser *parser, const CliOption *option, const char *value)
{
  if (value != NULL)
    return refuse (parser,
                   cli_misuse (parser->usage->name, _ ("“--%s” takes no value"),
                               option->name));
  *option->flag = TRUE;
  return TRUE;
}

static gboolean
take_value (Parser *parser, const CliOption *option, const char *value)
{
  if (value == NULL && parser->read < parser->args->count)
    value = parser->args->words[parser->read++];
  if (value == NULL)
    return refuse (parser, cli_misuse (parser->usage->name,
                                       _ ("“--%s” needs a value: %s"),
                                       option->name, option->metavar));
  if (*option->value != NULL)
    return refuse (parser,
                   cli_misuse (parser->usage->name, _ ("“--%s” is given twice"),
                               option->name));
  *option->value = value;
  return TRUE;
}

static gboolean
take_option (Parser *parser, const char *word)
{
  const char *name = word + 2;
  const char *equals = strchr (name, '=');
  gsize length = equals != NULL ? (gsize) (equals - name) : strlen (name);
  const CliOption *option = find_option (parser, name, length);
  const char *value = equals != NULL ? equals + 1 : NULL;

  if (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0) {
    print_help (parser->usage, parser->options);
    return refuse (parser, CLI_DONE);
  }
  if (!g_str_has_prefix (word, "--") || option == NULL)
    return refuse (parser, cli_misuse (parser->usage->name,
                                       _ ("Unknown option “%s”"), word));
  if (option->metavar == NULL)
    return take_flag (parser, option, value);
  return take_value (parser, option, value);
}

static gboolean
take_word (Parser *parser, char *word)
{
  if (!parser->only_words && strcmp (word, "--") == 0) {
    parser->only_words = TRUE;
    return TRUE;
  }
  if (!parser->only_words && word[0] == '-' && word[1] != '\0')
    return take_option (parser, word);
  parser->args->words[parser->kept++] = word;
  return TRUE;
}

gboolean
cli_args_parse (CliArgs *args, const CliUsage *usage, const CliOption *options)
{
  Parser parser = {.args = args, .usage = usage, .options = options};

  while (parser.read < args->count)
    if (!take_word (&parser, args->words[parser.read++]))
      return FALSE;

  args->count = parser.kept;
  if (args->count < usage->min_words)
    return refuse (&parser, cli_misuse (usage->name, _ ("Too few arguments")));
  if (usage->max_words >= 0 && args->count > usage->max_words)
    return refuse (&parser,
                   cli_misuse (usage->name, _ ("Unexpected argument “%s”"),
                               args->words[usage->max_words]));
  return TRUE;
}
