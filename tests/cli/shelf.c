/* Tests of the shelf: an access that is opened stands where it did, whatever
 * was thrown away on the way; and of what can be looked for. */
#include "trail.h"

#include <glib/gstdio.h>
#include <string.h>

#include "input.h"
#include "reopen.h"
#include "replay/binary.h"
#include "seek.h"
#include "session.h"
#include "stream.h"

#define PIECE 5000

typedef struct {
  guint32 process;
  vm_record records[PIECE];
  guint32 next[PIECE];
} Piece;

/* Local accesses of three processes by turns. */
static Piece *
make_pieces (guint count, struct vm_future *future)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  Piece *pieces = g_new (Piece, count);
  guint32 base = 0, process;

  for (guint i = 0; i < count; i++) {
    pieces[i].process = i / 4 % 3 + 7;
    for (guint k = 0; k < PIECE; k++) {
      if (g_rand_int_range (rand, 0, 40) == 0)
        base = (guint32) g_rand_int_range (rand, 0, 4000);
      guint64 va = ((guint64) base + k % 3) << 12 | (k & 0xff8);
      pieces[i].records[k] = va << 2 | (guint64) g_rand_int_range (rand, 0, 4);
    }
    vm_future_add (future, pieces[i].process, pieces[i].records, PIECE);
  }
  vm_future_finish (future);
  for (guint i = 0; i < count; i++) {
    g_autofree vm_record *unused = g_new (vm_record, PIECE);
    for (gsize done = 0; done < PIECE;)
      done += vm_future_get (future, (guint64) i * PIECE + done, unused,
                             pieces[i].next + done, PIECE - done, &process);
  }
  return pieces;
}

static struct vm_replay *
replay_new (enum vm_policy policy)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .policy = policy,
                                    .tlb_sets = 8,
                                    .tlb_ways = 2,
                                    .frames = 300,
                                    .causes = true};

  return vm_replay_new (&config, NULL);
}

static void
play (struct vm_replay *replay, const Piece *piece, gsize count)
{
  g_assert_true (vm_replay_switch (replay, piece->process, NULL));
  g_assert_true (
      vm_replay_run_knowing (replay, piece->records, piece->next, count, NULL));
}

/* What a replay counts that went to a position from the start. */
static void
count_up_to (enum vm_policy policy, const Piece *pieces, guint64 position,
             struct vm_replay_stats *stats)
{
  struct vm_replay *replay = replay_new (policy);

  for (guint i = 0; i < position / PIECE; i++)
    play (replay, &pieces[i], PIECE);
  if (position % PIECE != 0)
    play (replay, &pieces[position / PIECE], position % PIECE);
  vm_replay_stats (replay, stats);
  vm_replay_free (replay);
}

/* limit: small, and copies must go. */
static void
check_openings (enum vm_policy policy, guint64 limit)
{
  const guint count = 240;
  g_autoptr (TraceShelf) shelf = trace_shelf_new (limit / 2);
  g_autoptr (TraceTrail) trail = trace_trail_new (shelf, limit / 2);
  struct vm_future *future = vm_future_new (12);
  g_autofree Piece *pieces = make_pieces (count, future);
  struct vm_replay *replay = replay_new (policy);

  if (policy == VM_POLICY_OPT)
    trace_trail_know (trail, future);
  for (guint i = 0; i < count; i++) {
    trace_trail_mark (trail, replay, (guint64) i * PIECE);
    play (replay, &pieces[i], PIECE);
    g_assert_true (
        trace_shelf_add (shelf, pieces[i].process, pieces[i].records, PIECE));
  }
  vm_replay_free (replay);
  g_assert_cmpuint (trace_shelf_accesses (shelf), ==, count * PIECE);
  g_assert_cmpuint (trace_shelf_bytes (shelf), <=, limit / 2);
  g_assert_cmpuint (trace_trail_bytes (trail), <=, limit / 2);

  for (guint64 position = 0; position < count * PIECE; position += 99991) {
    const Piece *piece = &pieces[position / PIECE];
    struct vm_replay_stats want, got;
    vm_record record;
    guint32 process, next;
    g_assert_true (
        trace_trail_access (trail, position, &record, &process, &next));
    g_assert_cmpuint (next, ==,
                      policy == VM_POLICY_OPT ? piece->next[position % PIECE]
                                              : VM_FUTURE_NEVER);
    g_assert_cmphex (record, ==, piece->records[position % PIECE]);
    g_assert_cmpuint (process, ==, piece->process);

    struct vm_replay *opened = trace_trail_open (trail, position, NULL);
    count_up_to (policy, pieces, position, &want);
    vm_replay_stats (opened, &got);
    g_assert_cmpmem (&got, sizeof got, &want, sizeof want);
    g_assert_cmpuint (vm_replay_running (opened), ==, piece->process);
    vm_replay_free (opened);
  }
  vm_future_free (future);
}

static void
test_openings (void)
{
  check_openings (VM_POLICY_LRU, 256 << 20);
  check_openings (VM_POLICY_OPT, 256 << 20);
  check_openings (VM_POLICY_ARC, 14 << 20);
}

/* What is too much is not kept by halves. */
static void
test_limit (void)
{
  g_autoptr (TraceShelf) shelf = trace_shelf_new (1 << 19);
  g_autoptr (TraceTrail) trail = trace_trail_new (shelf, 1 << 24);
  g_autofree vm_record *records = g_new (vm_record, TRACE_BATCH);
  struct vm_replay *replay = replay_new (VM_POLICY_LRU);
  struct vm_error error;
  gboolean kept = TRUE;

  for (guint i = 0; i < TRACE_BATCH; i++)
    records[i] = (guint64) i * G_GUINT64_CONSTANT (0x9e3779b97f4a) & ~3u;
  trace_trail_mark (trail, replay, 0);
  for (guint i = 0; i < 8; i++)
    kept = trace_shelf_add (shelf, 0, records, TRACE_BATCH);
  g_assert_false (kept);
  g_assert_cmpuint (trace_shelf_bytes (shelf), ==, 0);
  trace_trail_mark (trail, replay, 1000000);
  g_assert_cmpuint (trace_trail_bytes (trail), ==, 0);
  g_assert_null (trace_trail_open (trail, 0, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_RANGE);
  vm_replay_free (replay);
}

static void
test_events (void)
{
  static const struct {
    const char *text;
    TraceEvent event;
    guint64 number;
  } good[] = {
      {"7120345", TRACE_EVENT_ACCESS, 7120345},
      {"eviction", TRACE_EVENT_EVICTION, 1},
      {"conflict:100", TRACE_EVENT_CONFLICT, 100},
      {"next eviction", TRACE_EVENT_EVICTION, 1},
      {"the", TRACE_EVENTS, 0},
      {"100th conflict miss", TRACE_EVENT_CONFLICT, 100},
      {"2nd major fault", TRACE_EVENT_MAJOR, 2},
      {"First  Fault", TRACE_EVENT_FAULT, 1},
      {"3rd tlb miss", TRACE_EVENT_MISS, 3},
      {"21st access", TRACE_EVENT_ACCESS, 21},
      {"", TRACE_EVENTS, 0},
      {"-1", TRACE_EVENTS, 0},
      {"0", TRACE_EVENTS, 0},
      {"eviction:0", TRACE_EVENTS, 0},
      {"eviction:", TRACE_EVENTS, 0},
      {"5 evictions", TRACE_EVENTS, 0},
      {"99999999999999999999", TRACE_EVENTS, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    TraceEvent event;
    guint64 number;
    gboolean understood = trace_event_parse (good[i].text, &event, &number);
    g_assert_cmpint (understood, ==, good[i].event != TRACE_EVENTS);
    if (!understood)
      continue;
    g_assert_cmpint (event, ==, good[i].event);
    g_assert_cmpuint (number, ==, good[i].number);
  }
}

/* What a window that is given a file takes for a trace. */
static void
test_recognised (void)
{
  static const struct {
    const char *bytes;
    gboolean is_trace;
  } files[] = {
      {"PWTRACE\n and more", TRUE}, {"\x1f\x8b\x08", TRUE},
      {"\x28\xb5\x2f\xfd", TRUE},   {"<?xml version=\"1.0\"?>", FALSE},
      {"PWTRACE", FALSE},           {"", FALSE},
  };
  g_autofree char *path = NULL;

  g_close (g_file_open_tmp ("trace-XXXXXX", &path, NULL), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_assert_true (g_file_set_contents (path, files[i].bytes, -1, NULL));
    g_assert_cmpint (trace_input_is_trace (path), ==, files[i].is_trace);
  }
  g_unlink (path);
  g_assert_false (trace_input_is_trace (path));
  g_assert_false (trace_input_is_trace (g_get_tmp_dir ()));
}

/* A trace in a file: a process after the other, a few times. */
static char *
write_trace (const Piece *pieces, guint count)
{
  gsize room = VM_BINARY_HEADER + (gsize) count * (PIECE + 1) * VM_BINARY_CODE;
  g_autofree guint8 *bytes = g_malloc (room + VM_BINARY_CODE);
  struct vm_binary_writer writer;
  gsize length = vm_binary_begin (&writer, VM_BINARY_DELTA, UINT64_MAX, bytes);
  char *path = NULL;

  for (guint i = 0; i < count; i++) {
    length += vm_binary_switch (&writer, pieces[i].process, bytes + length);
    length
        += vm_binary_write (&writer, pieces[i].records, PIECE, bytes + length);
  }
  length += vm_binary_finish (&writer, bytes + length);
  g_close (g_file_open_tmp ("trace-XXXXXX", &path, NULL), NULL);
  g_assert_true (
      g_file_set_contents (path, (const char *) bytes, (gssize) length, NULL));
  return path;
}

static gboolean
go_on (guint64 accesses, double fraction, gpointer data)
{
  return TRUE;
}

/* A replay that stands before an access, skimmed there; future: for OPT. */
static struct vm_replay *
seek (const struct vm_replay_config *config, const Piece *pieces, guint count,
      const struct vm_future *future, guint64 position)
{
  struct vm_error error = {.code = VM_OK};
  g_autoptr (TraceSeek) seek
      = trace_seek_new (config, TRACE_EVENT_ACCESS, position + 1, &error);
  struct vm_replay *replay = NULL;

  while (config->policy == VM_POLICY_OPT
         && trace_seek_use_kept (seek, future, &error))
    continue;
  replay = trace_seek_take (seek);
  for (guint i = 0; i < count && replay == NULL; i++) {
    trace_seek_use (seek, pieces[i].process, pieces[i].records, PIECE, &error);
    replay = trace_seek_take (seek);
  }
  g_assert_cmpuint (trace_seek_position (seek), ==, position);
  g_assert_cmpint (error.code, ==, VM_OK);
  g_assert_nonnull (replay);
  return replay;
}

/* Each policy of a session opens an access of the last part of a long trace
 * where a skimmed replay of that policy stands. */
static void
test_session (void)
{
  static const enum vm_policy policies[]
      = {VM_POLICY_FIFO, VM_POLICY_OPT, VM_POLICY_LRU};
  const guint count = 240;
  struct vm_future *future = vm_future_new (12);
  g_autofree Piece *pieces = make_pieces (count, future);
  g_autofree char *path = write_trace (pieces, count);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (enum vm_policy));
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint32));
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .tlb_sets = 8,
                                    .tlb_ways = 2,
                                    .frames = 300};
  guint32 size = 300;

  g_array_append_vals (list, policies, G_N_ELEMENTS (policies));
  g_array_append_val (sizes, size);
  g_autoptr (TraceSession) session
      = trace_session_new (path, &config, list, sizes);
  g_assert_true (trace_session_run (session, go_on, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++) {
    config.policy = policies[i];
    struct vm_replay *replay = seek (&config, pieces, count, future, 1187654);
    g_autoptr (GPtrArray) lines = trace_reopen_setup (replay);
    g_autofree char *wanted = NULL, *problem = NULL;
    g_ptr_array_add (lines, NULL);
    wanted = g_strjoinv ("</do>\n<do>", (char **) lines->pdata);
    g_autofree char *story
        = trace_session_story (session, i, "1187655", &problem);
    g_assert_cmpstr (problem, ==, NULL);
    g_assert_nonnull (strstr (story, wanted));
    vm_replay_free (replay);
  }
  vm_future_free (future);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shelf/openings", test_openings);
  g_test_add_func ("/shelf/limit", test_limit);
  g_test_add_func ("/shelf/events", test_events);
  g_test_add_func ("/shelf/recognised", test_recognised);
  g_test_add_func ("/shelf/session", test_session);
  return g_test_run ();
}
