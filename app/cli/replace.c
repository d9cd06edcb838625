/* pagewalk-cli replace: a string of references under replacement policies. */
#include "replace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "operands.h"
#include "policy/anomaly.h"
#include "references.h"

#define MOST_FRAMES (1u << 24)
#define USUAL_LENGTH 12u /* of the longest string for the anomaly */

/* The options as they were given. */
typedef struct {
  const char *policy, *frames, *file, *seed, *interval, *length;
  gboolean json, describe, anomaly;
} Options;

static const CliUsage usage = {
    .name = "replace",
    .synopsis = "--policy P|all --frames N REF,… [--json]\n"
                "--policy P|all --frames N --file FILE|- [--json]\n"
                "--anomaly --policy P|all --frames N,M [--length L] [--json]\n"
                "--describe [--policy P|all] [--frames N] [--json]",
    .summary
    = N_ ("Runs a string of references under page-replacement policies. "
          "References are page numbers, decimal or hexadecimal, with a w "
          "behind those of writes. Several policies, or numbers of frames, "
          "stand with commas between them; then each is run with each."),
    .min_words = 0,
    .max_words = -1,
};

struct vm_pool_config
cli_replace_config (const CliReplace *replace, enum vm_policy policy,
                    guint32 frames)
{
  return (struct vm_pool_config){.policy = policy,
                                 .frames = frames,
                                 .seed = replace->seed,
                                 .interval = replace->interval};
}

static char *
policy_names (void)
{
  GString *names = g_string_new ("all");

  for (enum vm_policy i = 0; i < VM_POLICIES; i++)
    g_string_append_printf (names, ", %s", vm_policy_info_of (i)->name);
  return g_string_free (names, FALSE);
}

static gboolean
take_policy (CliArgs *args, CliReplace *replace, const char *name)
{
  enum vm_policy policy;

  if (vm_policy_named (name, &policy)) {
    g_array_append_val (replace->policies, policy);
    return TRUE;
  }
  if (strcmp (name, "all") == 0) {
    for (policy = 0; policy < VM_POLICIES; policy++)
      g_array_append_val (replace->policies, policy);
    return TRUE;
  }
  g_autofree char *names = policy_names ();
  args->status = cli_misuse (
      usage.name, _ ("“%s” is not a policy; there are: %s"), name, names);
  return FALSE;
}

static gboolean
take_bounded (CliArgs *args, const char *option, const char *word, guint64 most,
              guint64 *value)
{
  if (!cli_number (args, &usage, word, value))
    return FALSE;
  if (*value >= 1 && *value <= most)
    return TRUE;
  args->status = cli_misuse (usage.name,
                             _ ("--%s: %s is not between 1 and %" PRIu64),
                             option, word, most);
  return FALSE;
}

static gboolean
take_lists (CliArgs *args, const Options *options, CliReplace *replace)
{
  g_auto (GStrv) names = g_strsplit (options->policy, ",", -1);
  g_auto (GStrv) sizes = g_strsplit (options->frames, ",", -1);
  guint64 value;

  for (char **name = names; *name != NULL; name++)
    if (!take_policy (args, replace, *name))
      return FALSE;
  for (char **size = sizes; *size != NULL; size++) {
    if (!take_bounded (args, "frames", *size, MOST_FRAMES, &value))
      return FALSE;
    guint32 frames = (guint32) value;
    g_array_append_val (replace->frames, frames);
  }
  if (options->seed != NULL
      && !take_bounded (args, "seed", options->seed, G_MAXUINT64,
                        &replace->seed))
    return FALSE;
  value = 0;
  if (options->interval != NULL
      && !take_bounded (args, "interval", options->interval, G_MAXUINT32,
                        &value))
    return FALSE;
  replace->interval = (guint32) value;
  return TRUE;
}

/* The references out of the words or the file; NULL and args->status. */
static GArray *
take_references (CliArgs *args, const char *file)
{
  g_autoptr (GArray) references = cli_references_new ();
  g_autofree char *why = NULL;
  guint64 line = 0;

  if (file != NULL && !cli_references_read (references, file, &line, &why)) {
    args->status = cli_fail_at (file, line, why);
    return NULL;
  }
  for (int i = 0; i < args->count; i++)
    if (!cli_references_parse (references, args->words[i], &why)) {
      args->status = cli_misuse (usage.name, "%s", why);
      return NULL;
    }
  if (references->len > 0)
    return g_steal_pointer (&references);
  args->status = file != NULL
                     ? cli_fail_at (file, 0, _ ("there are no references"))
                     : cli_misuse (usage.name, _ ("There are no references"));
  return NULL;
}

static gboolean
print_json (const struct vm_string *string, const struct vm_pool_config *config)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (GArray) victims = g_array_new (FALSE, FALSE, sizeof (guint64));
  struct vm_run run;

  if (!vm_run_init (&run, string, config))
    return FALSE;
  while (run.position < string->count) {
    struct vm_run_event event = vm_run_next (&run);
    if (!event.hit && event.victim.evicted)
      g_array_append_val (victims, string->page_of[event.victim.page]);
  }
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "policy", vm_policy_info_of (config->policy)->name);
  cli_json_number (json, "frames", config->frames);
  cli_json_number (json, "references", string->count);
  cli_json_number (json, "hits", run.hits);
  cli_json_number (json, "faults", run.faults);
  cli_json_begin_array (json, "victims");
  for (guint i = 0; i < victims->len; i++)
    cli_json_number (json, NULL, g_array_index (victims, guint64, i));
  cli_json_end_array (json);
  if (memchr (string->writes, 1, string->count) != NULL)
    cli_json_number (json, "writebacks", run.writebacks);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
  vm_run_done (&run);
  return TRUE;
}

static CliStatus
run_all (const CliReplace *replace, const struct vm_string *string,
         gboolean as_json)
{
  for (guint i = 0; i < replace->policies->len; i++)
    for (guint j = 0; j < replace->frames->len; j++) {
      struct vm_pool_config config = cli_replace_config (
          replace, g_array_index (replace->policies, enum vm_policy, i),
          g_array_index (replace->frames, guint32, j));
      if (!as_json && i + j > 0)
        printf ("\n");
      if (!(as_json ? print_json (string, &config)
                    : cli_replace_table (string, &config)))
        return cli_fail (_ ("there is not enough memory"));
      if (!cli_flush ())
        return CLI_FAILED;
    }
  return CLI_DONE;
}

static CliStatus
run_string (CliArgs *args, const Options *options, const CliReplace *replace)
{
  struct vm_string string;
  g_autoptr (GArray) references = take_references (args, options->file);

  if (references == NULL)
    return args->status;
  if (!vm_string_init (&string, (struct vm_reference *) references->data,
                       references->len))
    return cli_fail (_ ("there is not enough memory"));
  CliStatus status = run_all (replace, &string, options->json);
  vm_string_done (&string);
  return status;
}

static CliStatus
find_anomaly (CliArgs *args, const Options *options, const CliReplace *replace)
{
  guint64 length = USUAL_LENGTH;

  if (replace->frames->len != 2
      || g_array_index (replace->frames, guint32, 0)
             == g_array_index (replace->frames, guint32, 1))
    return cli_misuse (usage.name, _ ("--anomaly needs two numbers of frames"));
  for (guint i = 0; i < 2; i++)
    if (g_array_index (replace->frames, guint32, i) > VM_ANOMALY_MOST)
      return cli_misuse (usage.name, _ ("--anomaly: at most %u frames"),
                         VM_ANOMALY_MOST);
  if (options->file != NULL || args->count > 0)
    return cli_misuse (usage.name, _ ("--anomaly takes no references"));
  if (options->length != NULL
      && !take_bounded (args, "length", options->length, VM_ANOMALY_MOST,
                        &length))
    return args->status;
  return cli_replace_anomaly (replace, (guint32) length, options->json);
}

static CliStatus
run_options (CliArgs *args, Options *options, CliReplace *replace)
{
  if (options->describe) {
    if (options->policy == NULL)
      options->policy = "all";
    if (options->frames == NULL)
      options->frames = "3";
  }
  if (options->policy == NULL || options->frames == NULL)
    return cli_misuse (usage.name, _ ("Give --policy and --frames"));
  if (!take_lists (args, options, replace))
    return args->status;
  if (options->describe) {
    cli_replace_describe (replace, options->json);
    return CLI_DONE;
  }
  if (options->anomaly)
    return find_anomaly (args, options, replace);
  if (options->length != NULL)
    return cli_misuse (usage.name, _ ("--length is for --anomaly"));
  if ((options->file != NULL) == (args->count > 0))
    return cli_misuse (usage.name, _ ("Give references, or --file"));
  return run_string (args, options, replace);
}

CliStatus
cli_replace (CliArgs *args)
{
  Options o = {0};
  const CliOption options[] = {
      {"policy", "P", NULL, &o.policy, N_ ("Which policies, or all")},
      {"frames", "N", NULL, &o.frames, N_ ("How many frames there are")},
      {"file", "FILE", NULL, &o.file,
       N_ ("Read the references from a file; - is standard input")},
      {"seed", "N", NULL, &o.seed, N_ ("Where the lots of random begin")},
      {"interval", "N", NULL, &o.interval,
       N_ ("References between two ticks of nru, aging and lfu-aging")},
      {"anomaly", NULL, &o.anomaly, NULL,
       N_ ("Find the shortest string that faults more with more frames")},
      {"length", "L", NULL, &o.length,
       N_ ("References of the longest string that is tried, 12 by default")},
      {"describe", NULL, &o.describe, NULL,
       N_ ("Print the rules of the policies, and their parameters")},
      {"json", NULL, &o.json, NULL, N_ ("Print JSON, one object a line")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (o.json)
    cli_speak_english ();

  CliReplace replace = {
      .policies = g_array_new (FALSE, FALSE, sizeof (enum vm_policy)),
      .frames = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  CliStatus status = run_options (args, &o, &replace);
  g_array_unref (replace.policies);
  g_array_unref (replace.frames);
  return status;
}
