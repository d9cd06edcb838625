/* Hands out work to threads. */
#include "crew.h"

struct _TraceCrew {
  TraceWork work;
  gpointer data;
  GThreadPool *pool; /* NULL where there is one processor */
  GMutex lock;
  GCond done;
  guint left;
};

static void
work_on (gpointer thing, gpointer data)
{
  TraceCrew *crew = data;

  crew->work (GPOINTER_TO_UINT (thing) - 1, crew->data);
  g_mutex_lock (&crew->lock);
  crew->left--;
  if (crew->left == 0)
    g_cond_signal (&crew->done);
  g_mutex_unlock (&crew->lock);
}

TraceCrew *
trace_crew_new (TraceWork work, gpointer data)
{
  TraceCrew *crew = g_new0 (TraceCrew, 1);
  guint processors = g_get_num_processors ();

  crew->work = work;
  crew->data = data;
  g_mutex_init (&crew->lock);
  g_cond_init (&crew->done);
  /* Threads of its own, which give way as much as the one that makes them. */
  if (processors > 1)
    crew->pool
        = g_thread_pool_new (work_on, crew, (gint) processors, TRUE, NULL);
  return crew;
}

void
trace_crew_free (TraceCrew *crew)
{
  if (crew == NULL)
    return;

  if (crew->pool != NULL)
    g_thread_pool_free (crew->pool, FALSE, TRUE);
  g_mutex_clear (&crew->lock);
  g_cond_clear (&crew->done);
  g_free (crew);
}

void
trace_crew_do (TraceCrew *crew, guint count)
{
  if (crew->pool == NULL || count < 2) {
    for (guint i = 0; i < count; i++)
      crew->work (i, crew->data);
    return;
  }

  g_mutex_lock (&crew->lock);
  crew->left = count;
  for (guint i = 0; i < count; i++)
    g_thread_pool_push (crew->pool, GUINT_TO_POINTER (i + 1), NULL);
  while (crew->left > 0)
    g_cond_wait (&crew->done, &crew->lock);
  g_mutex_unlock (&crew->lock);
}
