/* Opens an access of a trace: replays up to it, and narrates it. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "outcome.h"
#include "problem.h"
#include "reopen.h"
#include "trace.h"

/* What can be looked for. */
typedef enum {
  EVENT_ACCESS,
  EVENT_FAULT,
  EVENT_MAJOR,
  EVENT_EVICTION,
  EVENT_WRITEBACK,
  EVENT_MISS,
  EVENT_CAPACITY,
  EVENT_CONFLICT,
  EVENTS
} Event;

static const char *const event_names[EVENTS]
    = {"access",    "fault",    "major",    "eviction",
       "writeback", "tlb-miss", "capacity", "conflict"};

struct _CliOpening {
  const CliTrace *trace;
  Event event;
  guint64 number;             /* which of them, from 1 */
  guint64 steps, told;        /* accesses to narrate, and that were */
  guint64 passed;             /* accesses before the one that comes next */
  struct vm_replay *scout;    /* looks for the event; NULL for an access */
  struct vm_replay *replay;   /* stands before it */
  struct vm_machine *machine; /* NULL until it was found */
  CliJson *json;
};

static gboolean
parse (CliOpening *opening, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 2);
  gboolean numbered = g_ascii_isdigit (*word);
  const char *number = numbered ? word : parts[0] != NULL ? parts[1] : NULL;
  char *end = NULL;

  opening->number = 1;
  if (number != NULL) {
    opening->number = g_ascii_strtoull (number, &end, 10);
    if (!g_ascii_isdigit (*number) || *end != '\0' || opening->number == 0)
      return FALSE;
  }
  opening->event = EVENT_ACCESS;
  if (numbered || parts[0] == NULL)
    return numbered;
  while (opening->event < EVENTS
         && strcmp (event_names[opening->event], parts[0]) != 0)
    opening->event++;
  return opening->event < EVENTS;
}

/* How many of the events there were so far. */
static guint64
count_of (const struct vm_replay *replay, Event event)
{
  struct vm_replay_stats n;

  vm_replay_stats (replay, &n);
  switch (event) {
  case EVENT_ACCESS:
    return n.accesses;
  case EVENT_FAULT:
    return n.faults;
  case EVENT_MAJOR:
    return n.major;
  case EVENT_EVICTION:
    return n.evictions;
  case EVENT_WRITEBACK:
    return n.writebacks;
  case EVENT_MISS:
    return n.tlb_misses;
  case EVENT_CAPACITY:
    return n.causes[VM_MISS_CAPACITY];
  case EVENT_CONFLICT:
    return n.causes[VM_MISS_CONFLICT];
  case EVENTS:
    break;
  }
  return 0;
}

static CliStatus
fail (const CliOpening *opening, const struct vm_error *error)
{
  g_autofree char *text = lesson_error_text (error);
  g_autofree char *what = g_strdup_printf (_ ("access %" PRIu64 ": %s"),
                                           opening->passed + 1, text);

  return cli_fail_at (opening->trace->file, 0, what);
}

CliOpening *
cli_opening_new (const CliTrace *trace, const char *word, guint64 steps,
                 CliJson *json, CliStatus *status)
{
  g_autoptr (CliOpening) opening = g_new0 (CliOpening, 1);
  struct vm_replay_config config = trace->config;
  struct vm_error error = {.code = VM_OK};

  *opening = (CliOpening){.trace = trace, .steps = steps, .json = json};
  if (!parse (opening, word)) {
    g_autofree char *names = g_strjoinv (
        ", ",
        (char *[]){(char *) "fault", (char *) "major", (char *) "eviction",
                   (char *) "writeback", (char *) "tlb-miss",
                   (char *) "capacity", (char *) "conflict", NULL});
    *status = cli_misuse (
        "trace",
        _ ("--at needs the number of an access, or one of %s, with "
           "“:100” behind it for the hundredth"),
        names);
    return NULL;
  }
  config.policy = g_array_index (trace->policies, enum vm_policy, 0);
  config.causes = opening->event == EVENT_CAPACITY
                  || opening->event == EVENT_CONFLICT;
  if (config.policy == VM_POLICY_OPT) {
    *status = cli_misuse ("trace", _ ("--at cannot look ahead as OPT does"));
    return NULL;
  }
  opening->replay = vm_replay_new (&config, &error);
  if (opening->replay != NULL && opening->event != EVENT_ACCESS)
    opening->scout = vm_replay_new (&config, &error);
  if (error.code == VM_OK)
    return g_steal_pointer (&opening);
  g_autofree char *text = lesson_error_text (&error);
  *status = cli_misuse ("trace", "%s", text);
  return NULL;
}

void
cli_opening_free (CliOpening *opening)
{
  if (opening == NULL)
    return;

  vm_replay_free (opening->scout);
  vm_replay_free (opening->replay);
  vm_machine_free (opening->machine);
  g_free (opening);
}

/* Where among the records the event is: their number if it is not there. */
static gsize
look_for (CliOpening *opening, guint32 process, const vm_record *records,
          gsize count, struct vm_error *error)
{
  gsize i;

  if (opening->scout == NULL)
    return opening->number - 1 - opening->passed < count
               ? opening->number - 1 - opening->passed
               : count;
  if (!vm_replay_switch (opening->scout, process, error))
    return count;
  for (i = 0; i < count; i++) {
    if (!vm_replay_run (opening->scout, records + i, 1, error))
      return count;
    if (count_of (opening->scout, opening->event) >= opening->number)
      break;
  }
  return i;
}

/* Runs lines on the machine; prints what they come to if asked. */
static gboolean
run_lines (CliOpening *opening, const GPtrArray *lines, gboolean printed,
           struct vm_error *error)
{
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    if (!vm_machine_do_line (opening->machine, line, error))
      return FALSE;
    if (printed && opening->json != NULL)
      cli_outcome_print_json (opening->json, opening->machine);
    else if (printed)
      cli_outcome_print_text (opening->machine, line);
  }
  return TRUE;
}

/* Says which access it is. */
static void
tell_where (const CliOpening *opening)
{
  if (opening->json == NULL) {
    /* Translators: a file, a number of an access. */
    printf (_ ("%s: access %" PRIu64 "\n"), opening->trace->file,
            opening->passed + 1);
    return;
  }
  cli_json_begin_object (opening->json, NULL);
  cli_json_string (opening->json, "trace", opening->trace->file);
  cli_json_number (opening->json, "access", opening->passed + 1);
  cli_json_end_object (opening->json);
  cli_json_write_line (opening->json, stdout);
}

/* A machine that stands where the replay does. */
static gboolean
open_machine (CliOpening *opening, struct vm_error *error)
{
  g_autoptr (GPtrArray) lines = trace_reopen_setup (opening->replay);

  opening->machine = vm_machine_new ();
  if (opening->machine == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return FALSE;
  }
  tell_where (opening);
  return run_lines (opening, lines, FALSE, error);
}

static gboolean
narrate (CliOpening *opening, vm_record record, struct vm_error *error)
{
  g_autoptr (GPtrArray) lines
      = trace_reopen_next (opening->replay, record, error);

  if (lines == NULL)
    return FALSE;
  opening->told++;
  return run_lines (opening, lines, TRUE, error);
}

/* The records from the wanted one on are narrated. */
static gboolean
narrate_all (CliOpening *opening, const vm_record *records, gsize count,
             struct vm_error *error)
{
  if (opening->machine == NULL && !open_machine (opening, error))
    return FALSE;
  for (gsize i = 0; i < count && !cli_opening_done (opening); i++) {
    if (!narrate (opening, records[i], error))
      return FALSE;
    opening->passed++;
  }
  return TRUE;
}

CliStatus
cli_opening_use (CliOpening *opening, guint32 process, const vm_record *records,
                 gsize count)
{
  struct vm_error error = {.code = VM_OK};
  gsize at = opening->machine != NULL
                 ? 0
                 : look_for (opening, process, records, count, &error);

  if (error.code != VM_OK
      || !vm_replay_switch (opening->replay, process, &error)
      || !vm_replay_run (opening->replay, records, at, &error))
    return fail (opening, &error);
  opening->passed += at;
  if (at < count && !narrate_all (opening, records + at, count - at, &error))
    return fail (opening, &error);
  return CLI_DONE;
}

gboolean
cli_opening_done (const CliOpening *opening)
{
  return opening->told >= opening->steps;
}

CliStatus
cli_opening_end (const CliOpening *opening)
{
  if (opening->told > 0)
    return CLI_DONE;
  guint64 there = opening->scout != NULL
                      ? count_of (opening->scout, opening->event)
                      : opening->passed;
  /* Translators: a number, and what was looked for: "eviction". */
  g_autofree char *what
      = g_strdup_printf (_ ("the trace has only %" PRIu64 " of “%s”"), there,
                         event_names[opening->event]);
  return cli_fail_at (opening->trace->file, 0, what);
}
