/* What the frames of a pool say now: a bit, an age, a list. */
#include "figures/pooled_said.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "describe_pool.h"
#include "figures/kit.h"

gboolean
scene_pooled_hand (const SceneContext *c, const ScenePooled *pool, guint frame)
{
  if (scene_pooled_course (c, pool) == NULL
      || (pool->policy != VM_POLICY_CLOCK_SET
          && pool->policy != VM_POLICY_CLOCK_CLEAR
          && pool->policy != VM_POLICY_SIEVE))
    return FALSE;
  return c->state->pools[pool->index].hand == frame;
}

const char *
scene_pooled_said_head (const ScenePooled *pool)
{
  switch (pool->policy) {
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
scene_pooled_said (const SceneBuild *b, const ScenePooled *pool, guint frame)
{
  if (scene_pooled_course (b->context, pool) == NULL)
    return NULL;
  struct vm_pool p = vm_pools_get (b->context->state, pool->index);
  const struct vm_pool_frame *f = &p.frames[frame];
  guint64 key = p.ranks[frame].key;

  if (!f->used)
    return NULL;
  if (pool->policy == VM_POLICY_2Q || pool->policy == VM_POLICY_ARC)
    return scene_pool_list_name (pool->policy, f->list, FALSE);
  if (pool->policy == VM_POLICY_S3_FIFO)
    return scene_still_printf (b->still, "%u", (guint) f->count);
  if (pool->policy == VM_POLICY_AGING)
    return scene_still_printf (b->still, "%02x", (guint) key);
  if (pool->policy == VM_POLICY_OPT)
    return key == 0 ? "–"
                    : scene_still_printf (b->still, "%" PRIu64,
                                          vm_rank_told (&p, key));
  if (vm_policy_info_of (pool->policy)->ranks)
    return scene_still_printf (b->still, "%" PRIu64, key);
  return f->referenced ? "1" : "0";
}

void
scene_pooled_shows (const SceneContext *c, const ScenePooled *pool, guint frame,
                    gconstpointer *state, gsize *bytes)
{
  struct vm_pool p = vm_pools_get (c->state, pool->index);
  gboolean ranked = vm_policy_info_of (pool->policy)->ranks;

  *state = ranked ? (gconstpointer) &p.ranks[frame].key
                  : (gconstpointer) &p.frames[frame];
  *bytes = ranked ? sizeof p.ranks->key : sizeof *p.frames;
}

double
scene_pooled_said_width (const SceneBuild *b)
{
  const char *const words[] = {_ ("bit"),  _ ("class"), _ ("age"), _ ("uses"),
                               _ ("next"), _ ("list"),  "A1in"};
  double width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    width = MAX (width, scene_width (b, SCENE_TEXT_MONO_SMALL, words[i]));
  return width;
}
