/* Runs several replays beside each other. */
#include "play.h"

#include "crew.h"

/* Accesses of OPT between two calls of tick. */
#define OPT_PIECE 65536

typedef struct {
  struct vm_replay *replay;
  gboolean knowing; /* OPT: plays at the end */
  GArray *windows;
  guint64 window_left; /* accesses until this one ends */
  guint64 played;
  gboolean failed;
  struct vm_error error;
} Player;

struct _TracePlay {
  GArray *players;
  guint64 window, limit, accesses;
  TraceCrew *crew;
  struct vm_future *future; /* where someone needs it */
  gboolean wants_future;
  gboolean refused;

  /* What the crew works on. */
  guint32 process;
  const vm_record *records;
  const guint32 *next;
  gsize count;
  gboolean knowing;
};

static Player *
player_at (const TracePlay *play, guint i)
{
  return &g_array_index (play->players, Player, i);
}

/* Plays records up to the end of a window at most. Returns how many. */
static gsize
play_some (const TracePlay *play, Player *player, gsize from)
{
  gsize count = play->count - from;

  if (play->window != 0 && count > player->window_left)
    count = player->window_left;
  const guint32 *next = play->next != NULL ? play->next + from : NULL;
  player->failed = !vm_replay_run_knowing (player->replay, play->records + from,
                                           next, count, &player->error);
  return count;
}

static void
end_window (const TracePlay *play, Player *player)
{
  struct vm_replay_window window;

  vm_replay_window (player->replay, &window);
  g_array_append_val (player->windows, window);
  player->window_left = play->window;
}

/* Work of the crew: one player plays what there is. */
static void
play_batch (guint i, gpointer data)
{
  TracePlay *play = data;
  Player *player = player_at (play, i);

  if (player->failed || player->knowing != play->knowing)
    return;
  player->failed
      = !vm_replay_switch (player->replay, play->process, &player->error);
  for (gsize at = 0; at < play->count && !player->failed;) {
    gsize count = play_some (play, player, at);
    at += count;
    player->window_left -= play->window != 0 ? count : 0;
    if (play->window != 0 && player->window_left == 0)
      end_window (play, player);
  }
}

TracePlay *
trace_play_new (guint64 window)
{
  TracePlay *play = g_new0 (TracePlay, 1);

  play->players = g_array_new (FALSE, TRUE, sizeof (Player));
  play->window = window;
  play->limit = G_GUINT64_CONSTANT (1) << 30;
  play->crew = trace_crew_new (play_batch, play);
  return play;
}

void
trace_play_free (TracePlay *play)
{
  if (play == NULL)
    return;

  trace_crew_free (play->crew);
  for (guint i = 0; i < play->players->len; i++) {
    vm_replay_free (player_at (play, i)->replay);
    g_array_unref (player_at (play, i)->windows);
  }
  g_array_unref (play->players);
  vm_future_free (play->future);
  g_free (play);
}

gboolean
trace_play_add (TracePlay *play, const struct vm_replay_config *config,
                struct vm_error *error)
{
  struct vm_replay *replay = vm_replay_new (config, error);
  if (replay == NULL)
    return FALSE;

  Player player = {
      .replay = replay,
      /* Where no page ever has to go there is nothing to know. */
      .knowing = config->policy == VM_POLICY_OPT
                 && config->frames != VM_REPLAY_ALL_FRAMES,
      .windows = g_array_new (FALSE, FALSE, sizeof (struct vm_replay_window)),
      .window_left = play->window,
  };
  g_array_append_val (play->players, player);
  if (player.knowing && play->future == NULL)
    play->future = vm_future_new (vm_replay_geometry (replay)->page_shift);
  play->wants_future |= player.knowing;
  return TRUE;
}

void
trace_play_limit (TracePlay *play, guint64 bytes)
{
  play->limit = bytes;
}

/* Keeps what OPT must know, until that is too much. */
static void
keep (TracePlay *play)
{
  if (play->future == NULL)
    return;
  if (vm_future_bytes (play->accesses + play->count) <= play->limit
      && vm_future_add (play->future, play->process, play->records,
                        play->count))
    return;
  g_clear_pointer (&play->future, vm_future_free);
  play->refused = TRUE;
}

static gboolean
report (const TracePlay *play, struct vm_error *error, guint64 *at)
{
  for (guint i = 0; i < play->players->len; i++) {
    const Player *player = player_at (play, i);
    if (!player->failed)
      continue;
    struct vm_replay_stats stats;
    vm_replay_stats (player->replay, &stats);
    *error = player->error;
    *at = stats.accesses;
    return FALSE;
  }
  return TRUE;
}

gboolean
trace_play_records (TracePlay *play, guint32 process, const vm_record *records,
                    gsize count, struct vm_error *error, guint64 *at)
{
  play->process = process;
  play->records = records;
  play->next = NULL;
  play->count = count;
  play->knowing = FALSE;
  keep (play);
  trace_crew_do (play->crew, play->players->len);
  play->accesses += count;
  return report (play, error, at);
}

/* Plays the next records that lie together. Returns how many; 0 at the end. */
static gsize
play_known (TracePlay *play, guint64 position, vm_record *records,
            guint32 *next)
{
  play->count = vm_future_get (play->future, position, records, next, OPT_PIECE,
                               &play->process);
  if (play->count > 0)
    trace_crew_do (play->crew, play->players->len);
  return play->count;
}

/* Finds out when pages come again. FALSE if tick says so. */
static gboolean
look_ahead (TracePlay *play, TraceTick tick, gpointer data)
{
  guint64 left = 1;

  while (left > 0 && !play->refused) {
    play->refused = !vm_future_finish_some (play->future, &left);
    if (tick != NULL && !tick (play->accesses, 1, data))
      return FALSE;
  }
  return TRUE;
}

gboolean
trace_play_finish (TracePlay *play, TraceTick tick, gpointer data,
                   struct vm_error *error, guint64 *at)
{
  if (play->future == NULL)
    return TRUE;
  if (!look_ahead (play, tick, data))
    return FALSE;
  if (play->refused)
    return TRUE;

  g_autofree vm_record *records = g_new (vm_record, OPT_PIECE);
  g_autofree guint32 *next = g_new (guint32, OPT_PIECE);
  guint64 position = 0;
  gsize count;
  play->records = records;
  play->next = next;
  play->knowing = TRUE;
  while ((count = play_known (play, position, records, next)) > 0) {
    position += count;
    if (!report (play, error, at))
      return FALSE;
    double fraction = (double) position / (double) play->accesses;
    if (tick != NULL && !tick (position, fraction, data))
      return FALSE;
  }
  return TRUE;
}

guint64
trace_play_refused (const TracePlay *play)
{
  return play->refused ? vm_future_bytes (play->accesses) : 0;
}

const struct vm_future *
trace_play_future (const TracePlay *play)
{
  return play->refused ? NULL : play->future;
}

guint64
trace_play_accesses (const TracePlay *play)
{
  return play->accesses;
}

guint
trace_play_count (const TracePlay *play)
{
  return play->players->len;
}

const struct vm_replay *
trace_play_replay (const TracePlay *play, guint i)
{
  return player_at (play, i)->replay;
}

GArray *
trace_play_windows (TracePlay *play, guint i)
{
  return player_at (play, i)->windows;
}

void
trace_play_last_window (TracePlay *play, guint i)
{
  Player *player = player_at (play, i);

  if (play->window != 0 && player->window_left < play->window)
    end_window (play, player);
}
