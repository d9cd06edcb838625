/* The sentences about pools of frames and their policies. */
#include "describe_pool.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "policies.h"

/* Translators: in these sentences the name of a pool, such as "fifo", comes
 * first, as %s; pages and frames are numbers. */

static enum vm_policy
policy_of (const SceneSubject *it)
{
  return (enum vm_policy) it->v[VM_V_POOL_POLICY];
}

/* The pool of a policy that looks after all frames has no name. */
static const char *
pool_of (const SceneSubject *it)
{
  if (it->v[VM_V_POOL_POOL] == VM_NONE)
    /* Translators: in place of the name of a pool of frames. */
    return C_ ("pool", "of all frames");
  return vm_machine_name (it->machine, (guint32) it->v[VM_V_POOL_POOL]);
}

/* In that pool a page goes by its number in its file, or in its anonymous
 * memory; which of them that is stands above (mm/resident_set.h). */
static guint64
page_of (const SceneSubject *it)
{
  const guint64 low = (G_GUINT64_CONSTANT (1) << 40) - 1;
  guint64 page = it->v[VM_V_PAGE_PAGE];

  return it->v[VM_V_POOL_POOL] == VM_NONE ? page & low : page;
}

const char *
scene_pool_list_name (enum vm_policy policy, guint list, gboolean ghosts)
{
  switch (policy) {
  case VM_POLICY_TWO_LIST:
    return list == VM_LIST_INACTIVE ? _ ("the inactive list")
                                    : _ ("the active list");
  case VM_POLICY_2Q:
    return ghosts ? "A1out" : list == VM_LIST_A1IN ? "A1in" : "Am";
  case VM_POLICY_ARC:
    if (ghosts)
      return list == VM_LIST_T1 ? "B1" : "B2";
    return list == VM_LIST_T1 ? "T1" : "T2";
  case VM_POLICY_S3_FIFO:
    return ghosts ? "G" : list == VM_LIST_SMALL ? "S" : "M";
  case VM_POLICY_FIFO:
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_RANDOM:
  case VM_POLICY_OPT:
  case VM_POLICY_SIEVE:
    break;
  }
  return "";
}

static char *
say_made (const SceneSubject *it)
{
  guint frames = (guint) it->v[VM_V_POOL_FRAMES];

  /* Translators: "fifo", "FIFO", a number. */
  return g_strdup_printf (
      ngettext ("Pool %s is made: %s with %u frame.",
                "Pool %s is made: %s with %u frames.", frames),
      pool_of (it), scene_policy_title (policy_of (it)), frames);
}

static char *
say_string (const SceneSubject *it)
{
  guint count = (guint) it->v[VM_V_STRING_COUNT];

  return g_strdup_printf (ngettext ("%u reference is declared.",
                                    "%u references are declared.", count),
                          count);
}

static char *
say_reference (const SceneSubject *it)
{
  guint number = (guint) it->v[VM_V_REFERENCE_NUMBER];
  guint64 page = it->v[VM_V_REFERENCE_PAGE];

  if (it->v[VM_V_REFERENCE_KIND] == VM_WRITE)
    return g_strdup_printf (_ ("Reference %u: page %" PRIu64 " is written."),
                            number, page);
  return g_strdup_printf (_ ("Reference %u: page %" PRIu64 " is read."), number,
                          page);
}

static char *
say_move (const SceneSubject *it)
{
  guint64 page = page_of (it);
  const char *pool = pool_of (it);

  switch (policy_of (it)) {
  case VM_POLICY_TWO_LIST:
    return g_strdup_printf (
        _ ("Pool %s: the active list is too long: page %" PRIu64
           " becomes inactive, its bit clear."),
        pool, page);
  case VM_POLICY_2Q:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " becomes the newest of Am."), pool, page);
  case VM_POLICY_ARC:
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64
                               " becomes the newest of T2, "
                               "which holds what was used twice."),
                            pool, page);
  case VM_POLICY_S3_FIFO:
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64
                               " was used twice at least: "
                               "it moves from S to M."),
                            pool, page);
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
  case VM_POLICY_FIFO:
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_RANDOM:
  case VM_POLICY_OPT:
  case VM_POLICY_SIEVE:
    break;
  }
  return g_strdup_printf (
      _ ("Pool %s: page %" PRIu64 " is now the one used last."), pool, page);
}

/* When OPT's page is needed next; 0: never. */
static char *
say_next (const SceneSubject *it, guint64 next)
{
  guint64 page = page_of (it);

  if (next == 0)
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " is never needed again."), pool_of (it),
        page);
  return g_strdup_printf (
      _ ("Pool %s: page %" PRIu64 " is needed next at reference %" PRIu64 "."),
      pool_of (it), page, next);
}

static char *
say_uses (const SceneSubject *it, guint64 count)
{
  return g_strdup_printf (
      ngettext ("Pool %s: page %" PRIu64 " has been used %" PRIu64 " time.",
                "Pool %s: page %" PRIu64 " has been used %" PRIu64 " times.",
                (gulong) count),
      pool_of (it), page_of (it), count);
}

static char *
say_count (const SceneSubject *it)
{
  guint64 count = it->v[VM_V_PAGE_COUNT];

  if (policy_of (it) == VM_POLICY_OPT)
    return say_next (it, count);
  if (policy_of (it) == VM_POLICY_S3_FIFO
      || policy_of (it) == VM_POLICY_LFU_AGING)
    return g_strdup_printf (
        _ ("Pool %s: the count of page %" PRIu64 " goes up to %" PRIu64 "."),
        pool_of (it), page_of (it), count);
  return say_uses (it, count);
}

static char *
say_spare (const SceneSubject *it)
{
  guint64 page = page_of (it);
  const char *pool = pool_of (it);

  if (policy_of (it) == VM_POLICY_SECOND_CHANCE)
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64 " was used: its bit is "
                               "cleared, and it joins the queue again."),
                            pool, page);
  if (policy_of (it) == VM_POLICY_S3_FIFO)
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64
                               " goes round M again, its "
                               "count down to %" PRIu64 "."),
                            pool, page, it->v[VM_V_PAGE_COUNT]);
  if (policy_of (it) == VM_POLICY_TWO_LIST)
    return it->v[VM_V_PAGE_COUNT] != 0
               ? g_strdup_printf (_ ("Pool %s: page %" PRIu64
                                     " was used again: it "
                                     "becomes active."),
                                  pool, page)
               : g_strdup_printf (_ ("Pool %s: page %" PRIu64
                                     " was used: it goes "
                                     "round the inactive list once more."),
                                  pool, page);
  return g_strdup_printf (_ ("Pool %s: the hand finds the bit of page %" PRIu64
                             " set, clears it and goes on."),
                          pool, page);
}

static char *
say_compare (const SceneSubject *it)
{
  guint64 page = page_of (it), key = it->v[VM_V_PAGE_KEY];

  switch (policy_of (it)) {
  case VM_POLICY_NRU:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " is of class %" PRIu64 "."), pool_of (it),
        page, key);
  case VM_POLICY_AGING:
    return g_strdup_printf (
        _ ("Pool %s: the age of page %" PRIu64 " is 0x%02x."), pool_of (it),
        page, (guint) key);
  case VM_POLICY_OPT:
    return say_next (it, key);
  case VM_POLICY_LFU_AGING:
    return g_strdup_printf (
        _ ("Pool %s: the count of page %" PRIu64 " is %" PRIu64 "."),
        pool_of (it), page, key);
  case VM_POLICY_FIFO:
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_LFU:
  case VM_POLICY_RANDOM:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
  case VM_POLICY_SIEVE:
  case VM_POLICY_S3_FIFO:
    break;
  }
  return say_uses (it, key);
}

/* Why a page goes. */
static char *
say_victim (const SceneSubject *it)
{
  const char *pool = pool_of (it);
  guint64 page = page_of (it);

  switch (policy_of (it)) {
  case VM_POLICY_FIFO:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: it was loaded longest ago."),
        pool, page);
  case VM_POLICY_LRU:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: it was not used for longest."),
        pool, page);
  case VM_POLICY_MRU:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: it was used last."), pool, page);
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_SIEVE:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: the hand finds its bit clear."),
        pool, page);
  case VM_POLICY_SECOND_CHANCE:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64
           " must go: it is the oldest, and its bit is clear."),
        pool, page);
  case VM_POLICY_NRU:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: its class is the lowest."), pool,
        page);
  case VM_POLICY_AGING:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: its age is the smallest."), pool,
        page);
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: its count is the smallest."),
        pool, page);
  case VM_POLICY_RANDOM:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: it was drawn by lot."), pool,
        page);
  case VM_POLICY_OPT:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: it is needed last."), pool,
        page);
  case VM_POLICY_TWO_LIST:
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64
                               " must go: it is the oldest that is "
                               "inactive, and its bit is clear."),
                            pool, page);
  case VM_POLICY_2Q:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " must go: it is the oldest of its queue."),
        pool, page);
  case VM_POLICY_ARC:
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64
                               " must go: it is the oldest of the list that "
                               "is too long."),
                            pool, page);
  case VM_POLICY_S3_FIFO:
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64
           " must go: it is the oldest, and was not used enough."),
        pool, page);
  }
  g_return_val_if_reached (g_strdup (""));
}

static char *
say_ghost (const SceneSubject *it)
{
  guint64 page = page_of (it);
  const char *list = scene_pool_list_name (
      policy_of (it), (guint) it->v[VM_V_GHOST_LIST], TRUE);

  if (it->step->kind == VM_STEP_GHOST_KEEP)
    /* Translators: "arc", a page, "B1". So in the next two. */
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " is remembered in %s."), pool_of (it),
        page, list);
  if (it->step->kind == VM_STEP_GHOST_DROP)
    return g_strdup_printf (_ ("Pool %s: page %" PRIu64 " is forgotten in %s."),
                            pool_of (it), page, list);
  return g_strdup_printf (
      _ ("Pool %s: page %" PRIu64 " is remembered in %s: it went too early."),
      pool_of (it), page, list);
}

static char *
say_tick (const SceneSubject *it)
{
  if (policy_of (it) == VM_POLICY_NRU)
    return g_strdup_printf (_ ("Pool %s: a tick clears all reference bits."),
                            pool_of (it));
  if (policy_of (it) == VM_POLICY_AGING)
    return g_strdup_printf (
        _ ("Pool %s: a tick shifts the bit of each page into its age."),
        pool_of (it));
  return g_strdup_printf (_ ("Pool %s: a tick halves all counts."),
                          pool_of (it));
}

static char *
say_page (const SceneSubject *it)
{
  guint64 page = page_of (it);
  guint frame = (guint) it->v[VM_V_PAGE_FRAME];

  if (it->step->kind == VM_STEP_PAGE_HIT)
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " is in frame %u: a hit."), pool_of (it),
        page, frame);
  if (it->step->kind == VM_STEP_PAGE_MISS)
    return g_strdup_printf (
        _ ("Pool %s: page %" PRIu64 " is in no frame: a fault."), pool_of (it),
        page);
  if (it->step->kind == VM_STEP_PAGE_MARK)
    return g_strdup_printf (
        _ ("Pool %s: the reference bit of page %" PRIu64 " is set."),
        pool_of (it), page);
  return g_strdup_printf (
      _ ("Pool %s: page %" PRIu64 " is loaded into frame %u."), pool_of (it),
      page, frame);
}

char *
scene_say_pool (const SceneSubject *it)
{
  enum vm_step_kind kind = (enum vm_step_kind) it->step->kind;

  if (kind == VM_STEP_POOL)
    return say_made (it);
  if (kind == VM_STEP_STRING)
    return say_string (it);
  if (kind == VM_STEP_REFERENCE)
    return say_reference (it);
  if (kind == VM_STEP_PAGE_MOVE)
    return say_move (it);
  if (kind == VM_STEP_PAGE_COUNT)
    return say_count (it);
  if (kind == VM_STEP_PAGE_SPARE)
    return say_spare (it);
  if (kind == VM_STEP_PAGE_COMPARE)
    return say_compare (it);
  if (kind == VM_STEP_PAGE_VICTIM)
    return say_victim (it);
  if (kind == VM_STEP_GHOST_KEEP || kind == VM_STEP_GHOST_DROP
      || kind == VM_STEP_GHOST_HIT)
    return say_ghost (it);
  if (kind == VM_STEP_POOL_TARGET)
    /* Translators: "arc", two numbers of pages. */
    return g_strdup_printf (
        _ ("Pool %s: T1 is now to hold %u pages, no longer %u."), pool_of (it),
        (guint) it->v[VM_V_TARGET_AFTER], (guint) it->v[VM_V_TARGET_BEFORE]);
  if (kind == VM_STEP_POOL_TICK)
    return say_tick (it);
  return say_page (it);
}

char *
scene_more_pool (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_POOL)
    return g_strdup_printf (_ ("The rule: %s."),
                            scene_policy_rule (policy_of (it)));
  if (it->step->kind == VM_STEP_PAGE_VICTIM)
    return g_strdup (it->v[VM_V_PAGE_DIRTY] != 0
                         ? _ ("It was written to, so it must be written back "
                              "first.")
                         : _ ("It was not written to: nothing has to be "
                              "written back."));
  return NULL;
}
