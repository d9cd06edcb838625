/* Prints the shortest string that shows Belady's anomaly. */
#include "replace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "json.h"
#include "policies.h"
#include "policy/anomaly.h"

/* References that are tried before the search is given up: seconds. */
#define BUDGET G_GUINT64_CONSTANT (100000000)

static void
print_json (const struct vm_anomaly_config *config,
            const struct vm_anomaly *anomaly)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "policy", vm_policy_info_of (config->policy)->name);
  cli_json_begin_array (json, "frames");
  cli_json_number (json, NULL, config->fewer);
  cli_json_number (json, NULL, config->more);
  cli_json_end_array (json);
  cli_json_boolean (json, "found", anomaly->found);
  cli_json_number (json, "length", anomaly->length);
  if (anomaly->found) {
    cli_json_begin_array (json, "string");
    for (guint i = 0; i < anomaly->length; i++)
      cli_json_number (json, NULL, anomaly->pages[i]);
    cli_json_end_array (json);
    cli_json_begin_array (json, "faults");
    cli_json_number (json, NULL, anomaly->faults[0]);
    cli_json_number (json, NULL, anomaly->faults[1]);
    cli_json_end_array (json);
  }
  cli_json_number (json, "tried", anomaly->tried);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_text (const struct vm_anomaly_config *config,
            const struct vm_anomaly *anomaly)
{
  const char *title = scene_policy_title (config->policy);

  if (!anomaly->found) {
    /* Translators: a policy, a number of references, two of frames. */
    printf (_ ("%s: no string of up to %u references has more faults with %u "
               "frames than with %u."),
            title, anomaly->length, config->more, config->fewer);
    printf ("\n");
    return;
  }
  for (guint i = 0; i < anomaly->length; i++)
    printf ("%s%u", i > 0 ? "," : "", anomaly->pages[i]);
  printf ("\n");
  /* Translators: a policy, then numbers of frames and faults in turn. */
  printf (_ ("%s, frames: %u, faults: %u; frames: %u, faults: %u. No shorter "
             "string shows it."),
          title, config->fewer, anomaly->faults[0], config->more,
          anomaly->faults[1]);
  printf ("\n");
}

static gboolean
search (const CliReplace *replace, enum vm_policy policy, guint32 length,
        gboolean as_json)
{
  guint32 a = g_array_index (replace->frames, guint32, 0);
  guint32 b = g_array_index (replace->frames, guint32, 1);
  struct vm_anomaly_config config = {.policy = policy,
                                     .fewer = MIN (a, b),
                                     .more = MAX (a, b),
                                     .length = length,
                                     .budget = BUDGET,
                                     .seed = replace->seed,
                                     .interval = replace->interval};
  struct vm_anomaly anomaly;

  if (!vm_anomaly_find (&config, &anomaly))
    return FALSE;
  if (as_json)
    print_json (&config, &anomaly);
  else
    print_text (&config, &anomaly);
  return TRUE;
}

CliStatus
cli_replace_anomaly (const CliReplace *replace, guint32 length,
                     gboolean as_json)
{
  for (guint i = 0; i < replace->policies->len; i++) {
    enum vm_policy policy
        = g_array_index (replace->policies, enum vm_policy, i);
    if (policy == VM_POLICY_OPT)
      continue;
    if (!search (replace, policy, length, as_json))
      return cli_fail (_ ("there is not enough memory"));
    if (!cli_flush ())
      return CLI_FAILED;
  }
  return CLI_DONE;
}
