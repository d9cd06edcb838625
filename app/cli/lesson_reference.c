/* pagewalk-cli lesson reference: what a lesson can ask, and how long it may be.
 */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "report.h"
#include "review.h"
#include "values.h"

static const CliUsage usage = {
    .name = "lesson reference",
    .synopsis = "[--json]",
    .summary = N_ ("Lists what queries can ask, the kinds of steps with their "
                   "values, and the limits of texts."),
    .min_words = 0,
    .max_words = 0,
};

/* Names ------------------------------------------------------------------- */

static const char *
argument_name (char letter)
{
  switch (letter) {
  case 'c':
    return "counter";
  case 'k':
    return "step";
  case 'v':
    return "value";
  default:
    return "number";
  }
}

static const char *
style_name (LessonStyle style)
{
  switch (style) {
  case LESSON_STYLE_DECIMAL:
    return "number";
  case LESSON_STYLE_HEX:
    return "address";
  case LESSON_STYLE_FLAG:
    return "flag";
  case LESSON_STYLE_TLB:
    return "tlb";
  case LESSON_STYLE_ACCESS:
    return "access";
  case LESSON_STYLE_MODE:
    return "mode";
  case LESSON_STYLE_FAULT:
    return "fault";
  case LESSON_STYLE_VERDICT:
    return "verdict";
  case LESSON_STYLE_ROLE:
    return "role";
  case LESSON_STYLE_WINDOW:
    return "window";
  case LESSON_STYLES:
    break;
  }
  g_return_val_if_reached ("");
}

/* Stable names for programs; lesson_role_name is for people. */
static const char *const role_names[LESSON_ROLES] = {
    [LESSON_ROLE_TITLE] = "lesson title",
    [LESSON_ROLE_SUMMARY] = "summary",
    [LESSON_ROLE_OBJECTIVE] = "objective",
    [LESSON_ROLE_HEADING] = "section title",
    [LESSON_ROLE_PRESENTER] = "presenter",
    [LESSON_ROLE_PARAGRAPH] = "p",
    [LESSON_ROLE_ITEM] = "item",
    [LESSON_ROLE_CAPTION] = "caption, title of a plot",
    [LESSON_ROLE_CELL] = "cell",
    [LESSON_ROLE_ALT] = "alt",
    [LESSON_ROLE_LABEL] = "axis, series, category, column",
    [LESSON_ROLE_CALLOUT] = "callout title",
    [LESSON_ROLE_BEAT] = "beat title",
    [LESSON_ROLE_POINT] = "point",
    [LESSON_ROLE_ASK] = "ask",
    [LESSON_ROLE_CHOICE] = "choice",
    [LESSON_ROLE_ANSWER] = "mistake, hint, right",
    [LESSON_ROLE_DEFINITION] = "definition",
    [LESSON_ROLE_NOTE] = "note, wrong",
    [LESSON_ROLE_SOURCE] = "source, reading",
};

/* JSON -------------------------------------------------------------------- */

static void
open_object (CliJson *json, const char *type, const char *name)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "type", type);
  cli_json_string (json, "name", name);
}

static void
close_object (CliJson *json)
{
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
write_query (CliJson *json, const LessonName *name)
{
  open_object (json, "query", name->name);
  cli_json_begin_array (json, "arguments");
  for (const char *a = name->arguments; *a != '\0'; a++)
    cli_json_string (json, NULL, argument_name (*a));
  cli_json_end_array (json);
  cli_json_string (json, "value", style_name (name->style));
  cli_json_boolean (json, "geometry", name->geometry != NULL);
  cli_json_string (json, "help", name->help);
  close_object (json);
}

static void
write_step (CliJson *json, enum vm_step_kind kind)
{
  const struct vm_step_info *info = vm_step_info_of (kind);

  open_object (json, "step", info->name);
  cli_json_begin_array (json, "values");
  for (int i = 0; i < VM_STEP_VALUES; i++) {
    LessonStyle style = LESSON_STYLE_DECIMAL;
    const char *name = info->values[i].name;
    if (name == NULL)
      continue;
    lesson_step_value (kind, name, strlen (name), &style);
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "name", name);
    cli_json_string (json, "value", style_name (style));
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  close_object (json);
}

static void
write_words (CliJson *json, LessonStyle style)
{
  const char *word;

  open_object (json, "words", style_name (style));
  cli_json_begin_array (json, "words");
  for (guint64 i = 0; (word = lesson_style_word (style, i)) != NULL; i++)
    cli_json_string (json, NULL, word);
  cli_json_end_array (json);
  close_object (json);
}

static void
write_limit (CliJson *json, LessonRole role)
{
  open_object (json, "limit", role_names[role]);
  cli_json_number (json, "columns", lesson_role_limit (role));
  close_object (json);
}

static void
write_all (void)
{
  g_autoptr (CliJson) json = cli_json_new ();

  for (const LessonName *name = lesson_names; name->name != NULL; name++)
    write_query (json, name);
  for (guint i = 0; lesson_counters[i] != NULL; i++) {
    open_object (json, "counter", lesson_counters[i]);
    close_object (json);
  }
  for (int kind = 0; kind < VM_STEP_KINDS; kind++)
    write_step (json, (enum vm_step_kind) kind);
  for (int style = 0; style < LESSON_STYLES; style++)
    if (lesson_style_word ((LessonStyle) style, 0) != NULL)
      write_words (json, (LessonStyle) style);
  for (int role = 0; role < LESSON_ROLES; role++)
    if (lesson_role_limit ((LessonRole) role) != 0)
      write_limit (json, (LessonRole) role);
}

/* For people -------------------------------------------------------------- */

static void
print_query (const LessonName *name)
{
  g_autoptr (GString) call = g_string_new (name->name);

  for (const char *a = name->arguments; *a != '\0'; a++)
    g_string_append_printf (call, "%s%s", a == name->arguments ? " (" : ", ",
                            argument_name (*a));
  if (name->arguments[0] != '\0')
    g_string_append_c (call, ')');
  printf ("  %-28s %s\n", call->str, _ (name->help));
}

static void
print_step (enum vm_step_kind kind)
{
  const struct vm_step_info *info = vm_step_info_of (kind);

  printf ("  %-16s", info->name);
  for (int i = 0; i < VM_STEP_VALUES; i++)
    if (info->values[i].name != NULL)
      printf (" %s", info->values[i].name);
  printf ("\n");
}

static void
print_all (void)
{
  printf ("%s\n", _ ("Queries"));
  for (const LessonName *name = lesson_names; name->name != NULL; name++)
    print_query (name);
  printf ("\n%s\n ", _ ("Counters"));
  for (guint i = 0; lesson_counters[i] != NULL; i++)
    printf (" %s", lesson_counters[i]);
  printf ("\n\n%s\n", _ ("Steps and their values"));
  for (int kind = 0; kind < VM_STEP_KINDS; kind++)
    print_step ((enum vm_step_kind) kind);
  printf ("\n%s\n", _ ("Longest texts, in characters"));
  for (int role = 0; role < LESSON_ROLES; role++)
    if (lesson_role_limit ((LessonRole) role) != 0)
      printf ("  %4u  %s\n", lesson_role_limit ((LessonRole) role),
              lesson_role_name ((LessonRole) role));
}

CliStatus
cli_lesson_reference (CliArgs *args)
{
  gboolean as_json = FALSE;
  const CliOption options[] = {
      {"json", NULL, &as_json, NULL, N_ ("Print a JSON object for each")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (as_json)
    write_all ();
  else
    print_all ();
  return CLI_DONE;
}
