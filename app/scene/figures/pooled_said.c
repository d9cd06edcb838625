/* What the frames of a pool say now: a bit, an age, a list. */
#include "figures/pooled_said.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "describe_pool.h"
#include "figures/kit.h"

static enum vm_policy
policy_of (const struct vm_pool *p)
{
  return (enum vm_policy) p->record->policy;
}

const char *
scene_books_head (enum vm_policy policy)
{
  switch (policy) {
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_SIEVE:
    return _ ("bit");
  case VM_POLICY_NRU:
    return _ ("class");
  case VM_POLICY_AGING:
    return _ ("age");
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_S3_FIFO:
    return _ ("uses");
  case VM_POLICY_OPT:
    return _ ("next");
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
    return _ ("list");
  case VM_POLICY_FIFO:
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
  case VM_POLICY_RANDOM:
    break;
  }
  return NULL;
}

const char *
scene_books_said (const SceneBuild *b, const struct vm_pool *p, guint frame)
{
  const struct vm_pool_frame *f = &p->frames[frame];
  guint64 key = p->ranks[frame].key;
  enum vm_policy policy = policy_of (p);

  if (!f->used)
    return NULL;
  if (policy == VM_POLICY_2Q || policy == VM_POLICY_ARC)
    return scene_pool_list_name (policy, f->list, FALSE);
  if (policy == VM_POLICY_S3_FIFO)
    return scene_still_printf (b->still, "%u", (guint) f->count);
  if (policy == VM_POLICY_AGING)
    return scene_still_printf (b->still, "%02x", (guint) key);
  if (policy == VM_POLICY_OPT)
    return key == 0 ? "–"
                    : scene_still_printf (b->still, "%" PRIu64,
                                          vm_rank_told (p, key));
  if (vm_policy_info_of (policy)->ranks)
    return scene_still_printf (b->still, "%" PRIu64, key);
  return f->referenced ? "1" : "0";
}

gboolean
scene_books_hand (const struct vm_pool *p, guint frame)
{
  enum vm_policy policy = policy_of (p);

  return (policy == VM_POLICY_CLOCK_SET || policy == VM_POLICY_CLOCK_CLEAR
          || policy == VM_POLICY_SIEVE)
         && p->record->hand == frame;
}

void
scene_books_shows (const struct vm_pool *p, guint frame, gconstpointer *state,
                   gsize *bytes)
{
  gboolean ranked = vm_policy_info_of (policy_of (p))->ranks;

  *state = ranked ? (gconstpointer) &p->ranks[frame].key
                  : (gconstpointer) &p->frames[frame];
  *bytes = ranked ? sizeof p->ranks->key : sizeof *p->frames;
}

gboolean
scene_pooled_hand (const SceneContext *c, const ScenePooled *pool, guint frame)
{
  if (scene_pooled_course (c, pool) == NULL)
    return FALSE;
  struct vm_pool p = vm_pools_get (c->state, pool->index);
  return scene_books_hand (&p, frame);
}

const char *
scene_pooled_said_head (const ScenePooled *pool)
{
  return scene_books_head (pool->policy);
}

const char *
scene_pooled_said (const SceneBuild *b, const ScenePooled *pool, guint frame)
{
  if (scene_pooled_course (b->context, pool) == NULL)
    return NULL;
  struct vm_pool p = vm_pools_get (b->context->state, pool->index);
  return scene_books_said (b, &p, frame);
}

void
scene_pooled_shows (const SceneContext *c, const ScenePooled *pool, guint frame,
                    gconstpointer *state, gsize *bytes)
{
  struct vm_pool p = vm_pools_get (c->state, pool->index);

  scene_books_shows (&p, frame, state, bytes);
}

double
scene_pooled_said_width (const SceneBuild *b, const ScenePooled *pool)
{
  const char *head = scene_pooled_said_head (pool);
  gboolean lists = pool->policy == VM_POLICY_2Q
                   || pool->policy == VM_POLICY_ARC;

  if (head == NULL)
    return 0;
  return MAX (scene_width (b, SCENE_TEXT_MONO_SMALL, head),
              scene_width (b, SCENE_TEXT_MONO_SMALL, lists ? "A1in" : "99"));
}
