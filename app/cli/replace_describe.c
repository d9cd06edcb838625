/* Prints what the replacement policies do, and with which numbers. */
#include "replace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "json.h"
#include "policies.h"
#include "wrap.h"

#define MOST_PARAMETERS 4

/* A number that a policy goes by. */
typedef struct {
  const char *name; /* as in JSON */
  const char *text; /* translated when shown */
  guint64 value;
} Parameter;

/* Fills parameters with those of a pool; returns how many there are. */
static guint
parameters_of (const struct vm_pool_record *r, Parameter *parameters)
{
  const char *ghosts = N_ ("pages remembered after they left");
  guint count = 0;

  switch ((enum vm_policy) r->policy) {
  case VM_POLICY_NRU:
    parameters[count++] = (Parameter){
        "interval", N_ ("references between two ticks, which clear the bits"),
        r->interval};
    break;
  case VM_POLICY_AGING:
    parameters[count++] = (Parameter){
        "interval",
        N_ ("references between two ticks, which shift the bits into the ages"),
        r->interval};
    parameters[count++] = (Parameter){"bits", N_ ("bits of an age"), 8};
    parameters[count++] = (Parameter){
        "age", N_ ("age of a page that is loaded"), VM_AGE_NEWEST};
    break;
  case VM_POLICY_LFU_AGING:
    parameters[count++] = (Parameter){
        "interval", N_ ("references between two ticks, which halve the counts"),
        r->interval};
    break;
  case VM_POLICY_RANDOM:
    parameters[count++]
        = (Parameter){"seed", N_ ("where the lots begin"), r->random};
    break;
  case VM_POLICY_2Q:
    parameters[count++] = (Parameter){
        "kin", N_ ("pages that A1in may keep, a quarter of the frames"),
        r->target};
    parameters[count++] = (Parameter){
        "kout", N_ ("pages remembered in A1out, half of the frames"),
        r->ghosts};
    break;
  case VM_POLICY_ARC:
    parameters[count++]
        = (Parameter){"target", N_ ("where the border begins"), r->target};
    parameters[count++] = (Parameter){"ghosts", ghosts, r->ghosts};
    break;
  case VM_POLICY_S3_FIFO:
    parameters[count++] = (Parameter){
        "small", N_ ("pages in S from which on S loses one, a tenth"),
        (r->frames + 9) / 10};
    parameters[count++]
        = (Parameter){"most", N_ ("the highest count"), VM_S3_MOST};
    parameters[count++] = (Parameter){"ghosts", ghosts, r->ghosts};
    break;
  case VM_POLICY_FIFO:
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_LFU:
  case VM_POLICY_OPT:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_SIEVE:
    break;
  }
  return count;
}

static void
print_json (const struct vm_pool_record *r)
{
  g_autoptr (CliJson) json = cli_json_new ();
  enum vm_policy policy = (enum vm_policy) r->policy;
  Parameter parameters[MOST_PARAMETERS];
  guint count = parameters_of (r, parameters);

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "policy", vm_policy_info_of (policy)->name);
  cli_json_number (json, "frames", r->frames);
  cli_json_string (json, "title", scene_policy_title (policy));
  cli_json_string (json, "rule", scene_policy_rule (policy));
  cli_json_string (json, "source", scene_policy_source (policy));
  cli_json_begin_object (json, "parameters");
  for (guint i = 0; i < count; i++)
    cli_json_number (json, parameters[i].name, parameters[i].value);
  cli_json_end_object (json);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_text (const struct vm_pool_record *r)
{
  enum vm_policy policy = (enum vm_policy) r->policy;
  Parameter parameters[MOST_PARAMETERS];
  guint count = parameters_of (r, parameters);

  printf ("%s: %s\n", vm_policy_info_of (policy)->name,
          scene_policy_title (policy));
  cli_wrap ("  ", scene_policy_rule (policy));
  for (guint i = 0; i < count; i++)
    printf ("  %s %" PRIu64 ": %s\n", parameters[i].name, parameters[i].value,
            _ (parameters[i].text));
  printf ("  (%s)\n", scene_policy_source (policy));
}

void
cli_replace_describe (const CliReplace *replace, gboolean as_json)
{
  for (guint i = 0; i < replace->policies->len; i++)
    for (guint j = 0; j < replace->frames->len; j++) {
      struct vm_pool_config config = cli_replace_config (
          replace, g_array_index (replace->policies, enum vm_policy, i),
          g_array_index (replace->frames, guint32, j));
      struct vm_pool pool;
      if (!vm_pool_new (&pool, &config))
        return;
      if (as_json)
        print_json (pool.record);
      else
        print_text (pool.record);
      vm_pool_done (&pool);
    }
}
