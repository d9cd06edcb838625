/* Runs what a curve is made of. */
#include "curve.h"

#include "crew.h"
#include "replay/distance.h"
#include "replay/future.h"
#include "replay/optimal.h"
#include "replay/sized.h"

/* Records that are numbered at a time. */
#define PIECE 65536

/* Of OPT between two calls of tick: a deep stack takes long. */
#define OPT_PIECE 8192

/* What is run: a policy for one size, or LRU for all. */
typedef struct {
  guint policy, size; /* positions in the lists */
  struct vm_distance *distance;
  struct vm_sized sized;
  gboolean failed;
} Task;

struct _TraceCurve {
  GArray *policies; /* of enum vm_policy */
  GArray *sizes;    /* of guint32 */
  GArray *tasks;
  struct vm_geometry geometry;
  guint64 accesses, limit;
  struct vm_pages pages;
  GArray *processes;            /* of guint32: their numbers in the trace */
  struct vm_future *future;     /* what OPT must know */
  const struct vm_future *lent; /* the same of somebody else */
  struct vm_optimal *optimal;
  gboolean refused, finished;

  TraceCrew *crew;
  guint32 numbers[PIECE];
  gsize count;
};

static enum vm_policy
policy_at (const TraceCurve *curve, guint i)
{
  return g_array_index (curve->policies, enum vm_policy, i);
}

static guint32
size_at (const TraceCurve *curve, guint s)
{
  return g_array_index (curve->sizes, guint32, s);
}

static Task *
task_at (const TraceCurve *curve, guint i)
{
  return &g_array_index (curve->tasks, Task, i);
}

static void
work (guint i, gpointer data)
{
  TraceCurve *curve = data;
  Task *task = task_at (curve, i);

  if (task->failed)
    return;
  if (task->distance != NULL)
    task->failed
        = !vm_distance_add (task->distance, curve->numbers, curve->count);
  else
    task->failed = !vm_sized_run (&task->sized, curve->numbers, NULL,
                                  curve->count, curve->pages.count);
}

static gboolean
add_task (TraceCurve *curve, guint policy, guint size, guint64 seed)
{
  const struct vm_pool_config config = {.policy = policy_at (curve, policy),
                                        .frames = size_at (curve, size),
                                        .seed = seed};
  Task task = {.policy = policy, .size = size};
  gboolean made;

  if (config.policy == VM_POLICY_LRU) {
    task.distance = vm_distance_new ();
    made = task.distance != NULL;
  } else
    made = vm_sized_init (&task.sized, &config);
  if (made)
    g_array_append_val (curve->tasks, task);
  return made;
}

/* The tasks of a policy. */
static gboolean
add_tasks (TraceCurve *curve, guint policy, guint64 seed)
{
  guint sizes = curve->sizes->len;

  if (policy_at (curve, policy) == VM_POLICY_OPT) {
    curve->future = vm_future_new (curve->geometry.page_shift);
    curve->optimal = vm_optimal_new (size_at (curve, sizes - 1));
    return curve->future != NULL && curve->optimal != NULL;
  }
  if (policy_at (curve, policy) == VM_POLICY_LRU)
    return add_task (curve, policy, 0, seed);
  for (guint s = 0; s < sizes; s++)
    if (!add_task (curve, policy, s, seed))
      return FALSE;
  return TRUE;
}

TraceCurve *
trace_curve_new (const GArray *policies, const GArray *sizes,
                 const struct vm_geometry *geometry, guint64 seed)
{
  g_autoptr (TraceCurve) curve = g_new0 (TraceCurve, 1);

  curve->policies = g_array_copy ((GArray *) policies);
  curve->sizes = g_array_copy ((GArray *) sizes);
  curve->tasks = g_array_new (FALSE, TRUE, sizeof (Task));
  curve->processes = g_array_new (FALSE, FALSE, sizeof (guint32));
  curve->geometry = *geometry;
  curve->limit = G_GUINT64_CONSTANT (1) << 30;
  curve->crew = trace_crew_new (work, curve);
  if (!vm_pages_init (&curve->pages))
    return NULL;
  for (guint i = 0; i < policies->len; i++)
    if (!add_tasks (curve, i, seed))
      return NULL;
  return g_steal_pointer (&curve);
}

void
trace_curve_free (TraceCurve *curve)
{
  if (curve == NULL)
    return;

  trace_crew_free (curve->crew);
  for (guint i = 0; i < curve->tasks->len; i++) {
    vm_distance_free (task_at (curve, i)->distance);
    vm_sized_done (&task_at (curve, i)->sized);
  }
  g_array_unref (curve->tasks);
  g_array_unref (curve->policies);
  g_array_unref (curve->sizes);
  g_array_unref (curve->processes);
  vm_pages_done (&curve->pages);
  vm_future_free (curve->future);
  vm_optimal_free (curve->optimal);
  g_free (curve);
}

void
trace_curve_limit (TraceCurve *curve, guint64 bytes)
{
  curve->limit = bytes;
}

void
trace_curve_leave (TraceCurve *curve)
{
  g_clear_pointer (&curve->future, vm_future_free);
}

void
trace_curve_lend (TraceCurve *curve, const struct vm_future *future)
{
  curve->lent = future;
}

/* A small number for a process; as many as fit beside a page's. */
static guint32
process_of (TraceCurve *curve, guint32 number)
{
  for (guint32 i = 0; i < curve->processes->len; i++)
    if (g_array_index (curve->processes, guint32, i) == number)
      return i;
  g_array_append_val (curve->processes, number);
  return curve->processes->len - 1;
}

/* Numbers a page that comes first at an address. VM_NONE and *error if there is
 * no such address, or no memory. */
static guint32
add_page (TraceCurve *curve, guint64 key, vm_vaddr va, struct vm_error *error)
{
  if (!vm_geometry_canonical (&curve->geometry, va)) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va", va.v, 0, 0);
    return VM_NONE;
  }
  guint32 number = vm_pages_add (&curve->pages, key);
  if (number == VM_NONE)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return number;
}

/* Numbers the pages of records, as many as *error does not forbid. */
static void
number_pages (TraceCurve *curve, guint32 process, const vm_record *records,
              gsize count, struct vm_error *error)
{
  guint64 last = G_MAXUINT64;
  guint32 number = 0;

  for (curve->count = 0; curve->count < count; curve->count++) {
    guint64 va = vm_record_va (records[curve->count]);
    guint64 page = va >> curve->geometry.page_shift;
    guint64 key = vm_page_key (page, process);
    if (page != last)
      number = vm_pages_find (&curve->pages, key);
    if (number == VM_NONE)
      number = add_page (curve, key, vm_vaddr_of (va), error);
    if (number == VM_NONE)
      return;
    last = page;
    curve->numbers[curve->count] = number << 2
                                   | (guint32) (records[curve->count] & 3);
  }
}

/* Keeps what OPT must know, until that is too much. */
static void
keep (TraceCurve *curve, guint32 process, const vm_record *records, gsize count)
{
  if (curve->future == NULL)
    return;
  if (vm_future_bytes (curve->accesses + count) <= curve->limit
      && vm_future_add (curve->future, process, records, count))
    return;
  g_clear_pointer (&curve->future, vm_future_free);
  curve->refused = TRUE;
}

static gboolean
has_failed (const TraceCurve *curve)
{
  for (guint i = 0; i < curve->tasks->len; i++)
    if (task_at (curve, i)->failed)
      return TRUE;
  return FALSE;
}

static gboolean
add_piece (TraceCurve *curve, guint32 process, const vm_record *records,
           gsize count, struct vm_error *error)
{
  guint32 small = process_of (curve, process);

  if (small >= VM_MAX_PROCESSES) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "process", 0, 0,
                        VM_MAX_PROCESSES);
    return FALSE;
  }
  number_pages (curve, small, records, count, error);
  if (curve->count < count)
    return FALSE;
  keep (curve, process, records, count);
  trace_crew_do (curve->crew, curve->tasks->len);
  if (has_failed (curve))
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return !has_failed (curve);
}

gboolean
trace_curve_records (TraceCurve *curve, guint32 process,
                     const vm_record *records, gsize count,
                     struct vm_error *error, guint64 *at)
{
  for (gsize done = 0; done < count; done += PIECE) {
    gsize some = MIN (PIECE, count - done);
    curve->count = 0;
    if (!add_piece (curve, process, records + done, some, error)) {
      *at = curve->accesses + curve->count + 1;
      return FALSE;
    }
    curve->accesses += some;
  }
  return TRUE;
}

/* Finds out when pages come again. FALSE if tick says so. */
static gboolean
look_ahead (TraceCurve *curve, TraceTick tick, gpointer data)
{
  guint64 left = 1;

  while (left > 0 && curve->future != NULL) {
    if (!vm_future_finish_some (curve->future, &left)) {
      g_clear_pointer (&curve->future, vm_future_free);
      curve->refused = TRUE;
    }
    if (tick != NULL && !tick (curve->accesses, 1, data))
      return FALSE;
  }
  return TRUE;
}

gboolean
trace_curve_finish (TraceCurve *curve, TraceTick tick, gpointer data)
{
  const guint32 *numbers, *next;
  guint64 position = 0;
  gsize count;

  if (!look_ahead (curve, tick, data))
    return FALSE;
  const struct vm_future *future = curve->lent != NULL ? curve->lent
                                                       : curve->future;
  if (future == NULL || curve->optimal == NULL)
    return TRUE;
  while ((count = vm_future_block (future, position, &numbers, &next)) > 0) {
    count = MIN (count, OPT_PIECE);
    vm_optimal_add (curve->optimal, numbers, next, count);
    position += count;
    if (tick != NULL
        && !tick (position, (double) position / (double) curve->accesses, data))
      return FALSE;
  }
  curve->finished = TRUE;
  return TRUE;
}

gboolean
trace_curve_knows_opt (const TraceCurve *curve)
{
  return curve->finished;
}

guint64
trace_curve_refused (const TraceCurve *curve)
{
  return curve->refused ? vm_future_bytes (curve->accesses) : 0;
}

guint64
trace_curve_accesses (const TraceCurve *curve)
{
  return curve->accesses;
}

guint32
trace_curve_pages (const TraceCurve *curve)
{
  return curve->pages.count;
}

guint64
trace_curve_faults (const TraceCurve *curve, guint i, guint s)
{
  if (policy_at (curve, i) == VM_POLICY_OPT)
    return vm_optimal_faults (curve->optimal, size_at (curve, s));
  for (guint t = 0; t < curve->tasks->len; t++) {
    const Task *task = task_at (curve, t);
    if (task->policy != i)
      continue;
    if (task->distance != NULL)
      return vm_distance_faults (task->distance, size_at (curve, s));
    if (task->size == s)
      return task->sized.faults;
  }
  g_return_val_if_reached (0);
}
