/* Opens an access of a trace: a machine that stands there narrates it. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "event.h"
#include "outcome.h"
#include "problem.h"
#include "reopen.h"
#include "seek.h"
#include "shelf.h"
#include "trace.h"

struct _CliOpening {
  const CliTrace *trace;
  TraceEvent event;
  guint64 number;             /* which of them, from 1 */
  guint64 steps, told;        /* accesses to narrate, and that were */
  guint64 passed;             /* accesses before the one that comes next */
  TraceSeek *seek;            /* looks for the first */
  struct vm_replay *replay;   /* stands before the next; NULL until found */
  struct vm_machine *machine; /* likewise */
  struct vm_future *future;   /* OPT: the trace must be known first */
  TraceShelf *shelf;          /* with it: accesses that may be told, */
  GArray *wanted;             /* or, of vm_record, those that will be */
  CliJson *json;
};

/* Accesses that are gone through at a time, and when their pages come again
 * (NULL: nobody asks). */
typedef struct {
  guint32 process;
  const vm_record *records;
  const guint32 *next;
  gsize count;
} Batch;

static CliStatus
fail (const CliOpening *opening, guint64 at, const struct vm_error *error)
{
  g_autofree char *text = lesson_error_text (error);
  g_autofree char *what
      = g_strdup_printf (_ ("access %" PRIu64 ": %s"), at, text);

  return cli_fail_at (opening->trace->file, 0, what);
}

static CliStatus
misunderstood (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = TRACE_EVENT_ACCESS + 1; i < TRACE_EVENTS; i++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                            trace_event_name ((TraceEvent) i));
  return cli_misuse ("trace",
                     _ ("--at needs the number of an access, or one of %s, "
                        "with “:100” behind it for the hundredth"),
                     names->str);
}

/* What OPT must know before it can begin. */
static gboolean
prepare_to_know (CliOpening *opening)
{
  const CliTrace *trace = opening->trace;

  opening->future = vm_future_new (cli_trace_geometry (trace)->page_shift);
  opening->shelf = trace_shelf_new (trace->memory_limit);
  opening->wanted = g_array_new (FALSE, FALSE, sizeof (vm_record));
  return opening->future != NULL;
}

CliOpening *
cli_opening_new (const CliTrace *trace, const char *word, guint64 steps,
                 CliJson *json, CliStatus *status)
{
  g_autoptr (CliOpening) opening = g_new0 (CliOpening, 1);
  struct vm_replay_config config = trace->config;
  struct vm_error error = {.code = VM_OK};

  *opening = (CliOpening){.trace = trace, .steps = steps, .json = json};
  if (!trace_event_parse (word, &opening->event, &opening->number)) {
    *status = misunderstood ();
    return NULL;
  }
  config.policy = g_array_index (trace->policies, enum vm_policy, 0);
  gboolean knowing = config.policy == VM_POLICY_OPT
                     && config.frames != VM_REPLAY_ALL_FRAMES;
  opening->seek
      = trace_seek_new (&config, opening->event, opening->number, &error);
  if (opening->seek != NULL && knowing && !prepare_to_know (opening))
    vm_error_set (&error, VM_ERROR_OUT_OF_MEMORY, NULL);
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

  trace_seek_free (opening->seek);
  vm_replay_free (opening->replay);
  vm_machine_free (opening->machine);
  vm_future_free (opening->future);
  trace_shelf_free (opening->shelf);
  g_clear_pointer (&opening->wanted, g_array_unref);
  g_free (opening);
}

/* Telling ------------------------------------------------------------------ */

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

/* The whole of the access that comes next. */
static vm_record
whole_of (const CliOpening *opening)
{
  guint32 process;
  gsize count;

  if (opening->event == TRACE_EVENT_ACCESS)
    return g_array_index (opening->wanted, vm_record,
                          opening->passed - (opening->number - 1));
  return *trace_shelf_get (opening->shelf, opening->passed, &process, &count);
}

static gboolean
narrate (CliOpening *opening, vm_record record, guint32 next,
         struct vm_error *error)
{
  if (opening->future != NULL)
    record = whole_of (opening);
  g_autoptr (GPtrArray) lines
      = trace_reopen_next (opening->replay, record, next, error);
  if (lines == NULL)
    return FALSE;

  opening->told++;
  return run_lines (opening, lines, TRUE, error);
}

/* The accesses from the wanted one on are narrated. */
static gboolean
narrate_all (CliOpening *opening, const Batch *batch, gsize from,
             struct vm_error *error)
{
  if (from < batch->count && opening->machine == NULL
      && !open_machine (opening, error))
    return FALSE;
  for (gsize i = from; i < batch->count && !cli_opening_done (opening); i++) {
    guint32 next = batch->next != NULL ? batch->next[i] : VM_FUTURE_NEVER;
    if (!narrate (opening, batch->records[i], next, error))
      return FALSE;
    opening->passed++;
  }
  return TRUE;
}

/* Narrates the accesses of a batch from the wanted one on. */
static CliStatus
tell (CliOpening *opening, const Batch *batch, gsize from)
{
  struct vm_error error = {.code = VM_OK};

  if (!vm_replay_switch (opening->replay, batch->process, &error)
      || !narrate_all (opening, batch, from, &error))
    return fail (opening, opening->passed + 1, &error);
  return CLI_DONE;
}

/* Goes on through a batch up to the wanted access, or to its end. */
static CliStatus
use (CliOpening *opening, const Batch *batch)
{
  struct vm_error error = {.code = VM_OK};
  gsize at = 0;

  if (opening->replay == NULL) {
    at = trace_seek_use (opening->seek, batch->process, batch->records,
                         batch->count, &error);
    opening->replay = trace_seek_take (opening->seek);
  }
  if (error.code != VM_OK)
    return fail (opening, trace_seek_wrong (opening->seek), &error);
  opening->passed += at;
  return opening->replay != NULL ? tell (opening, batch, at) : CLI_DONE;
}

/* OPT's accesses are kept by their pages alone: keeps those that may be told as
 * they are. Where their numbers are known that is only few. */
static gboolean
keep_whole (CliOpening *opening, guint32 process, const vm_record *records,
            gsize count)
{
  guint64 first = vm_future_count (opening->future), end = first + count;
  guint64 wanted = opening->number - 1;

  if (opening->event != TRACE_EVENT_ACCESS)
    return trace_shelf_add (opening->shelf, process, records, count);
  guint64 from = MAX (first, wanted), to = MIN (end, wanted + opening->steps);
  if (from < to)
    g_array_append_vals (opening->wanted, records + (from - first),
                         (guint) (to - from));
  return TRUE;
}

/* Keeps what OPT must know. */
static CliStatus
keep (CliOpening *opening, guint32 process, const vm_record *records,
      gsize count)
{
  guint64 bytes = vm_future_bytes (vm_future_count (opening->future) + count);

  if (bytes > opening->trace->memory_limit
      || !keep_whole (opening, process, records, count))
    return cli_trace_refuse_opt (opening->trace, bytes);
  if (!vm_future_add (opening->future, process, records, count))
    return cli_fail (_ ("The computer has no memory left for this"));
  return CLI_DONE;
}

CliStatus
cli_opening_use (CliOpening *opening, guint32 process, const vm_record *records,
                 gsize count)
{
  const Batch batch = {.process = process, .records = records, .count = count};

  return opening->future != NULL ? keep (opening, process, records, count)
                                 : use (opening, &batch);
}

gboolean
cli_opening_done (const CliOpening *opening)
{
  return opening->told >= opening->steps;
}

/* Narrates what was kept, from the wanted access on. */
static CliStatus
tell_kept (CliOpening *opening)
{
  g_autofree vm_record *records = g_new (vm_record, TRACE_BATCH);
  g_autofree guint32 *next = g_new (guint32, TRACE_BATCH);
  Batch batch = {.records = records, .next = next};
  CliStatus status = CLI_DONE;

  while (status == CLI_DONE && !cli_opening_done (opening)
         && (batch.count = vm_future_get (opening->future, opening->passed,
                                          records, next, TRACE_BATCH,
                                          &batch.process))
                > 0)
    status = tell (opening, &batch, 0);
  return status;
}

/* All is known now: looks for the access in what was kept. */
static CliStatus
use_kept (CliOpening *opening)
{
  struct vm_error error = {.code = VM_OK};

  if (!vm_future_finish (opening->future))
    return cli_fail (_ ("The computer has no memory left for this"));
  while (trace_seek_use_kept (opening->seek, opening->future, &error))
    continue;
  if (error.code != VM_OK)
    return fail (opening, trace_seek_wrong (opening->seek), &error);
  opening->replay = trace_seek_take (opening->seek);
  opening->passed = trace_seek_position (opening->seek);
  return opening->replay != NULL ? tell_kept (opening) : CLI_DONE;
}

CliStatus
cli_opening_end (CliOpening *opening)
{
  CliStatus status = opening->future != NULL ? use_kept (opening) : CLI_DONE;
  if (status != CLI_DONE || opening->told > 0)
    return status;

  guint64 there = trace_seek_count (opening->seek);
  /* Translators: a number, and what was looked for: "eviction". */
  g_autofree char *what
      = g_strdup_printf (_ ("the trace has only %" PRIu64 " of “%s”"), there,
                         trace_event_name (opening->event));
  return cli_fail_at (opening->trace->file, 0, what);
}
