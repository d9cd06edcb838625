/* Sentences about reclaim and swap. */
#include "describe_swap.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "numbers.h"

static SceneNumber
frame_of (const SceneSubject *it, guint slot)
{
  return scene_number_frame (it->geometry, it->v[slot]);
}

static guint
count_of (const SceneSubject *it, guint slot)
{
  return (guint) it->v[slot];
}

const char *
scene_lru_name (enum vm_lru list)
{
  switch (list) {
  case VM_LRU_INACTIVE_ANON:
    return _ ("the inactive list of anonymous memory");
  case VM_LRU_ACTIVE_ANON:
    return _ ("the active list of anonymous memory");
  case VM_LRU_INACTIVE_FILE:
    return _ ("the inactive list of files");
  case VM_LRU_ACTIVE_FILE:
    return _ ("the active list of files");
  case VM_LRU_UNEVICTABLE:
    return _ ("the unevictable list");
  case VM_LRU_NONE:
    break;
  }
  return _ ("no list");
}

const char *
scene_fate_word (enum vm_fate fate)
{
  static const char *const words[VM_FATES]
      = {[VM_FATE_EVICT] = N_ ("it may go"),
         [VM_FATE_ACTIVATE] = N_ ("used again: it becomes active"),
         [VM_FATE_KEEP] = N_ ("used once: spared for a round"),
         [VM_FATE_LOCKED] = N_ ("locked: it may not go"),
         [VM_FATE_PINNED] = N_ ("held by somebody: it cannot go"),
         [VM_FATE_FREED] = N_ ("written, and its frame is free"),
         [VM_FATE_DROPPED] = N_ ("its frame is free, nothing was written"),
         [VM_FATE_SHARED] = N_ ("another process still has it"),
         [VM_FATE_NO_SLOT] = N_ ("no slot of swap is free: it stays"),
         [VM_FATE_NO_WRITE] = N_ ("writing failed: its frame keeps it"),
         [VM_FATE_DIRTY] = N_ ("its file must get it first: it stays"),
         [VM_FATE_NO_TABLE] = N_ ("no frame for a table: it stays")};

  return _ (words[fate]);
}

static char *
say_swapon (const SceneSubject *it)
{
  guint slots = count_of (it, VM_V_SWAPON_SLOTS);

  return g_strdup_printf (
      /* Translators: the number of a swap area; how many pages fit into it. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Swap area %u is there: a header, and a slot for %u page.",
                   "Swap area %u is there: a header, and slots for %u pages.",
                   slots - 1),
      count_of (it, VM_V_SLOT_AREA), slots - 1);
}

static char *
say_swapoff (const SceneSubject *it)
{
  guint used = count_of (it, VM_V_SWAPOFF_USED);

  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "Swap area %u is taken away: %u page in it is brought back first.",
          "Swap area %u is taken away: %u pages in it are brought back first.",
          used),
      count_of (it, VM_V_SLOT_AREA), used);
}

static char *
say_kswapd (const SceneSubject *it)
{
  /* Translators: kswapd is a thread of the kernel; three numbers of frames. */
  return g_strdup_printf (
      _ ("The thread kswapd wakes: %u frames are free, fewer than low "
         "(%u). It frees some until %u are."),
      count_of (it, VM_V_KSWAPD_FREE), count_of (it, VM_V_KSWAPD_LOW),
      count_of (it, VM_V_KSWAPD_HIGH));
}

static char *
say_direct (const SceneSubject *it)
{
  guint need = count_of (it, VM_V_DIRECT_NEED);

  return g_strdup_printf (
      /* Translators: how many frames are needed, are free, must stay free. */
      g_dngettext (GETTEXT_PACKAGE,
                   "%u frame is needed and %u are free, but min (%u) must "
                   "stay: whoever needs it frees frames first.",
                   "%u frames are needed and %u are free, but min (%u) must "
                   "stay: whoever needs them frees frames first.",
                   need),
      need, count_of (it, VM_V_DIRECT_FREE), count_of (it, VM_V_DIRECT_MIN));
}

static char *
say_scan (const SceneSubject *it)
{
  const char *list = scene_lru_name ((enum vm_lru) it->v[VM_V_SCAN_LIST]);

  if (it->v[VM_V_SCAN_LOW] != 0)
    /* Translators: the name of a list, and two numbers. */
    return g_strdup_printf (_ ("Victims are looked for on %s. It is short, %u "
                               "against %u active: the oldest active frame "
                               "joins it."),
                            list, count_of (it, VM_V_SCAN_SIZE),
                            count_of (it, VM_V_SCAN_ACTIVE));
  return g_strdup_printf (_ ("Victims are looked for on %s, from the oldest "
                             "on."),
                          list);
}

static char *
say_look (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_LRU_FRAME);
  guint used = count_of (it, VM_V_LRU_USED);
  const char *fate = scene_fate_word ((enum vm_fate) it->v[VM_V_LRU_FATE]);

  return g_strdup_printf (
      /* Translators: a frame; how many entries; "it may go". */
      g_dngettext (GETTEXT_PACKAGE,
                   "The oldest is frame %s: %u entry has A set: %s.",
                   "The oldest is frame %s: %u entries have A set: %s.", used),
      frame.s, used, fate);
}

static char *
say_move (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_LRU_FRAME);
  enum vm_lru from = (enum vm_lru) it->v[VM_V_LRU_LIST];
  enum vm_lru to = (enum vm_lru) it->v[VM_V_LRU_TO];

  if (from == to)
    /* Translators: a frame, the name of a list. */
    return g_strdup_printf (_ ("Frame %s becomes the newest of %s."), frame.s,
                            scene_lru_name (to));
  return g_strdup_printf (_ ("Frame %s moves from %s to %s."), frame.s,
                          scene_lru_name (from), scene_lru_name (to));
}

static char *
say_evict (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_EVICT_FRAME);
  guint mapped = count_of (it, VM_V_EVICT_MAPPED);

  if (it->v[VM_V_EVICT_PROCESS] != VM_NONE)
    /* Translators: a frame, a process. */
    return g_strdup_printf (
        _ ("The page in frame %s is taken away from process %s."), frame.s,
        scene_subject_process (it, it->v[VM_V_EVICT_PROCESS]));
  return g_strdup_printf (
      /* Translators: a frame; how many entries. */
      g_dngettext (
          GETTEXT_PACKAGE,
          "The page in frame %s shall leave memory: %u entry names it.",
          "The page in frame %s shall leave memory: %u entries name "
          "it.",
          mapped),
      frame.s, mapped);
}

static char *
say_evicted (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_EVICT_FRAME);

  /* Translators: a frame; "written, and its frame is free". */
  return g_strdup_printf (
      _ ("The page in frame %s: %s."), frame.s,
      scene_fate_word ((enum vm_fate) it->v[VM_V_EVICTED_FATE]));
}

/* TAKE and FREE. */
static char *
say_slot (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_SLOT_FRAME);
  guint area = count_of (it, VM_V_SLOT_AREA);
  guint slot = count_of (it, VM_V_SLOT_SLOT);
  guint used = count_of (it, VM_V_SLOT_USED);

  if (it->step->kind == VM_STEP_SLOT_FREE)
    return g_strdup_printf (
        /* Translators: a slot, an area; how many slots are in use. */
        g_dngettext (GETTEXT_PACKAGE,
                     "Slot %u of swap area %u is free again: %u is in use.",
                     "Slot %u of swap area %u is free again: %u are in use.",
                     used),
        slot, area, used);
  /* Translators: a frame, a slot, an area. */
  return g_strdup_printf (_ ("The page in frame %s gets slot %u of swap area "
                             "%u, and is in the swap cache now."),
                          frame.s, slot, area);
}

static char *
say_count (const SceneSubject *it)
{
  guint after = count_of (it, VM_V_SLOT_AFTER);

  return g_strdup_printf (
      /* Translators: a slot, an area; how many entries. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Slot %u of swap area %u: %u entry names it now.",
                   "Slot %u of swap area %u: %u entries name it now.", after),
      count_of (it, VM_V_SLOT_SLOT), count_of (it, VM_V_SLOT_AREA), after);
}

static char *
say_entry (const SceneSubject *it)
{
  SceneNumber va
      = scene_number_virtual (it->geometry, it->v[VM_V_SWAP_ENTRY_VA]);
  SceneNumber raw
      = scene_number_entry (it->geometry, it->v[VM_V_SWAP_ENTRY_RAW]);

  /* Translators: an address, a process, a slot, an area, an entry's bits. */
  return g_strdup_printf (
      _ ("The entry of %s of process %s says where its page is: slot %u of "
         "swap area %u, %s."),
      va.s, scene_subject_process (it, it->v[VM_V_SWAP_ENTRY_PROCESS]),
      count_of (it, VM_V_SWAP_ENTRY_SLOT), count_of (it, VM_V_SWAP_ENTRY_AREA),
      raw.s);
}

/* WRITE, READ and FOUND. */
static char *
say_transfer (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_SLOT_FRAME);
  guint area = count_of (it, VM_V_SLOT_AREA);
  guint slot = count_of (it, VM_V_SLOT_SLOT);

  if (it->step->kind == VM_STEP_SWAP_FOUND)
    /* Translators: a slot, an area, a frame. */
    return g_strdup_printf (_ ("What is in slot %u of swap area %u is still in "
                               "memory, in frame %s: nothing need be read."),
                            slot, area, frame.s);
  if (it->step->kind == VM_STEP_SWAP_READ)
    return g_strdup_printf (
        _ ("Slot %u of swap area %u is read from the disk into frame %s."),
        slot, area, frame.s);
  if (it->v[VM_V_SLOT_OK] == 0)
    /* Translators: a frame, a slot, an area. */
    return g_strdup_printf (_ ("Writing frame %s to slot %u of swap area %u "
                               "fails: the disk does not take it."),
                            frame.s, slot, area);
  return g_strdup_printf (_ ("Frame %s is written to slot %u of swap area %u."),
                          frame.s, slot, area);
}

static char *
say_oom (const SceneSubject *it)
{
  /* Translators: a process. */
  return g_strdup_printf (_ ("Process %s needs memory, and nothing can be "
                             "freed: the out-of-memory killer looks for a "
                             "victim."),
                          scene_subject_process (it, it->v[VM_V_OOM_PROCESS]));
}

static char *
say_score (const SceneSubject *it)
{
  /* Translators: a process; its score, and what it is the sum of, in pages. */
  return g_strdup_printf (
      _ ("Process %s scores %" PRId64 ": %" PRIu64 " pages in memory, %" PRIu64
         " in swap, %" PRIu64 " page tables, and an adjustment of %" PRId64
         "/1000."),
      scene_subject_process (it, it->v[VM_V_OOM_PROCESS]),
      (gint64) it->v[VM_V_OOM_SCORE], it->v[VM_V_OOM_RSS], it->v[VM_V_OOM_SWAP],
      it->v[VM_V_OOM_TABLES], (gint64) it->v[VM_V_OOM_ADJUST]);
}

static char *
say_kill (const SceneSubject *it)
{
  /* Translators: a process. */
  return g_strdup_printf (
      _ ("Process %s is killed: its memory is free for the others."),
      scene_subject_process (it, it->v[VM_V_OOM_PROCESS]));
}

static char *
say_lock (const SceneSubject *it)
{
  SceneNumber start
      = scene_number_virtual (it->geometry, it->v[VM_V_LOCK_START]);
  SceneNumber end = scene_number_virtual (it->geometry, it->v[VM_V_LOCK_END]);
  const char *process = scene_subject_process (it, it->v[VM_V_LOCK_PROCESS]);

  if (it->v[VM_V_LOCK_LOCKED] != 0)
    /* Translators: two addresses, a process. */
    return g_strdup_printf (_ ("The pages of %s–%s of process %s must stay in "
                               "memory from now on."),
                            start.s, end.s, process);
  return g_strdup_printf (
      _ ("The pages of %s–%s of process %s may leave memory again."), start.s,
      end.s, process);
}

static char *
say_pin (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_PIN_FRAME);

  if (it->v[VM_V_PIN_PINS] == 0)
    /* Translators: a frame. */
    return g_strdup_printf (_ ("No device holds frame %s any more."), frame.s);
  return g_strdup_printf (
      _ ("A device holds frame %s: its page stays where it is."), frame.s);
}

static char *
say_resident (const SceneSubject *it)
{
  guint most = count_of (it, VM_V_RESIDENT_MOST);

  return g_strdup_printf (
      /* Translators: a process; how many pages. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Process %s has the %u page that it may have: it must go "
                   "for another.",
                   "Process %s has the %u pages that it may have: one must go "
                   "for another.",
                   most),
      scene_subject_process (it, it->v[VM_V_RESIDENT_PROCESS]), most);
}

static char *
say_slot_file (const SceneSubject *it)
{
  guint64 name = it->v[VM_V_SLOT_FILE_FILE];
  guint area = count_of (it, VM_V_SLOT_AREA);
  guint slot = count_of (it, VM_V_SLOT_SLOT);
  const char *file = name == VM_NONE
                         ? _ ("shared memory")
                         : vm_machine_name (it->machine, (guint32) name);

  if (it->v[VM_V_SLOT_FILE_OUT] != 0)
    /* Translators: the number of a page, a file, a slot, an area. */
    return g_strdup_printf (
        _ ("Page %" PRIu64 " of %s is in slot %u of swap area %u now: its file "
           "says so, the entries that named it are empty."),
        it->v[VM_V_SLOT_FILE_PAGE], file, slot, area);
  return g_strdup_printf (_ ("Page %" PRIu64 " of %s needs slot %u of swap "
                             "area %u no more."),
                          it->v[VM_V_SLOT_FILE_PAGE], file, slot, area);
}

static char *
say_ahead (const SceneSubject *it)
{
  guint first = count_of (it, VM_V_SLOT_SLOT);
  guint pages = count_of (it, VM_V_SWAP_AHEAD_PAGES);

  return g_strdup_printf (
      /* Translators: three numbers of slots, how many pages; the plural is
       * about the last. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Slot %1$u was needed: of slots %2$u to %3$u, which lie "
                   "beside it on the disk, %4$u page is read ahead.",
                   "Slot %1$u was needed: of slots %2$u to %3$u, which lie "
                   "beside it on the disk, %4$u pages are read ahead.",
                   pages),
      count_of (it, VM_V_SWAP_AHEAD_ASKED), first,
      first + count_of (it, VM_V_SWAP_AHEAD_SIZE) - 1, pages);
}

static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *it)
    = {[VM_STEP_SWAPON] = say_swapon,
       [VM_STEP_SWAPOFF] = say_swapoff,
       [VM_STEP_KSWAPD] = say_kswapd,
       [VM_STEP_DIRECT] = say_direct,
       [VM_STEP_SCAN] = say_scan,
       [VM_STEP_LRU_LOOK] = say_look,
       [VM_STEP_LRU_MOVE] = say_move,
       [VM_STEP_EVICT] = say_evict,
       [VM_STEP_EVICTED] = say_evicted,
       [VM_STEP_SLOT_TAKE] = say_slot,
       [VM_STEP_SLOT_FREE] = say_slot,
       [VM_STEP_SLOT_COUNT] = say_count,
       [VM_STEP_SWAP_ENTRY] = say_entry,
       [VM_STEP_SWAP_WRITE] = say_transfer,
       [VM_STEP_SWAP_READ] = say_transfer,
       [VM_STEP_SWAP_FOUND] = say_transfer,
       [VM_STEP_OOM] = say_oom,
       [VM_STEP_OOM_SCORE] = say_score,
       [VM_STEP_OOM_KILL] = say_kill,
       [VM_STEP_LOCK] = say_lock,
       [VM_STEP_PIN] = say_pin,
       [VM_STEP_RESIDENT] = say_resident,
       [VM_STEP_SLOT_FILE] = say_slot_file,
       [VM_STEP_SWAP_AHEAD] = say_ahead};

char *
scene_say_swap (const SceneSubject *it)
{
  return sentences[it->step->kind](it);
}

static char *
more_look (const SceneSubject *it)
{
  switch ((enum vm_fate) it->v[VM_V_LRU_FATE]) {
  case VM_FATE_KEEP:
    return g_strdup (
        _ ("Once is not enough to become active: what is read only "
           "once shall not push out what is used all the time."));
  case VM_FATE_ACTIVATE:
    return g_strdup (_ ("It was used since it was spared, or by several, or "
                        "holds a program's code."));
  case VM_FATE_EVICT:
    return g_strdup (_ ("Nobody used it since the kernel looked last. "
                        "Processors tell only that: A is set, or not."));
  case VM_FATE_LOCKED:
  case VM_FATE_PINNED:
  case VM_FATE_FREED:
  case VM_FATE_DROPPED:
  case VM_FATE_SHARED:
  case VM_FATE_NO_SLOT:
  case VM_FATE_NO_WRITE:
  case VM_FATE_DIRTY:
  case VM_FATE_NO_TABLE:
  case VM_FATES:
    break;
  }
  return NULL;
}

static char *
more_evicted (const SceneSubject *it)
{
  if (it->v[VM_V_EVICTED_FATE] == VM_FATE_DROPPED)
    return g_strdup (_ ("The disk has the same bytes: it was read, or written, "
                        "before, and has not changed since."));
  return NULL;
}

static char *
more_entry (const SceneSubject *it)
{
  if (it->geometry == NULL || it->geometry->format != VM_PTE_X86_64)
    return g_strdup (_ ("The entry is not present: the processor faults, and "
                        "the other bits are the kernel's to use."));
  return g_strdup (
      _ ("P is 0; the type stands in bits 63–59, the slot's number "
         "in bits 58–9, inverted, so that a processor that "
         "speculates on it finds no memory there."));
}

static char *
more_ahead (const SceneSubject *it)
{
  guint hits = count_of (it, VM_V_SWAP_AHEAD_HITS);

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u page that was read ahead before was used: the more "
                   "are, the larger the window becomes.",
                   "%u pages that were read ahead before were used: the more "
                   "are, the larger the window becomes.",
                   hits),
      hits);
}

char *
scene_more_swap (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_LRU_LOOK)
    return more_look (it);
  if (it->step->kind == VM_STEP_EVICTED)
    return more_evicted (it);
  if (it->step->kind == VM_STEP_SWAP_ENTRY)
    return more_entry (it);
  if (it->step->kind == VM_STEP_SLOT_FILE && it->v[VM_V_SLOT_FILE_OUT] != 0)
    return g_strdup (_ ("Any process may come back for it, some that never "
                        "touched it among them: each asks the file."));
  if (it->step->kind == VM_STEP_SLOT_FILE)
    return g_strdup (_ ("The page is in the page cache again, and newer than "
                        "anything on a disk."));
  if (it->step->kind == VM_STEP_SWAP_AHEAD)
    return more_ahead (it);
  if (it->step->kind == VM_STEP_OOM_KILL)
    return g_strdup (_ ("It has the highest score: killing it frees most. The "
                        "access that needed memory is tried again."));
  return NULL;
}
