/* Sentences about decisions of the handler and the lives of processes. */
#include "describe_process.h"

#include <glib/gi18n-lib.h>

#include "describe_mm.h"
#include "numbers.h"

/* A question's sentences: for yes and for no. */
typedef struct {
  const char *yes, *no;
} Answers;

static const Answers answers[VM_QUESTIONS] = {
    [VM_ASK_USER_ADDRESS] = {
        N_ ("The address belongs to user space."),
        N_ ("The address does not belong to user space."),
    },
    [VM_ASK_FIXUP] = {
        N_ ("The kernel was prepared for a bad pointer: the call fails with "
            "EFAULT."),
        N_ ("The kernel did not expect this: it is a bug of its own."),
    },
    [VM_ASK_REGION] = {
        N_ ("A region ends above the address."),
        N_ ("No region ends above the address: nothing is mapped there."),
    },
    [VM_ASK_INSIDE] = {
        N_ ("The address lies inside the region."),
        N_ ("The address lies below the region, in a gap."),
    },
    [VM_ASK_GROWS_DOWN] = {
        N_ ("The region grows down: it may be a stack that needs more."),
        N_ ("The region does not grow down: nothing is mapped there."),
    },
    [VM_ASK_STACK_LIMIT] = {
        N_ ("The stack stays within its limit (RLIMIT_STACK)."),
        N_ ("The stack would exceed its limit (RLIMIT_STACK)."),
    },
    [VM_ASK_GUARD_GAP] = {
        N_ ("The stack keeps its distance from the region below."),
        N_ ("The stack would come too near to the region below."),
    },
    [VM_ASK_ALLOWED] = {
        N_ ("The region allows the access."),
        N_ ("The region does not allow the access."),
    },
    [VM_ASK_HUGE] = {
        N_ ("A whole large page fits into the region."),
        N_ ("No large page fits here: a small one will do."),
    },
    [VM_ASK_EMPTY] = {
        N_ ("The entry is empty: there is no page yet."),
        N_ ("The entry is not empty: a page is there."),
    },
    [VM_ASK_SWAPPED] = {
        N_ ("The entry names a place in swap."),
        N_ ("The entry names no place in swap."),
    },
    [VM_ASK_FILE] = {
        N_ ("The region shows a file."),
        N_ ("The region shows no file: its memory is anonymous."),
    },
    [VM_ASK_IN_FILE] = {
        N_ ("The file reaches that far."),
        N_ ("The file ends before that page."),
    },
    [VM_ASK_CACHED] = {
        N_ ("The page is in the page cache."),
        N_ ("The page is not in the page cache."),
    },
    [VM_ASK_WRITE] = {
        N_ ("It is a write."),
        N_ ("It is not a write."),
    },
    [VM_ASK_SHARED] = {
        N_ ("The region is shared: everybody shall see what is written."),
        N_ ("The region is private: nobody else may see what is written."),
    },
    [VM_ASK_PROTECTED] = {
        N_ ("The page is there, but its entry does not allow writing."),
        N_ ("The entry allows the access after all."),
    },
    [VM_ASK_ZERO] = {
        N_ ("It is the frame of zeros, which nobody may write."),
        N_ ("It is not the frame of zeros."),
    },
    [VM_ASK_SOLE] = {
        N_ ("Nobody else has this frame."),
        N_ ("Others have this frame, too: a copy is needed."),
    },
    [VM_ASK_MEMORY] = {
        N_ ("A frame is free."),
        N_ ("No frame is free."),
    },
    [VM_ASK_SWAP_CACHED] = {
        N_ ("The page is still in memory: in the swap cache."),
        N_ ("The page is only in swap: it must be read."),
    },
};

char *
scene_say_decision (const SceneSubject *it)
{
  const Answers *which = &answers[it->v[VM_V_DECIDE_QUESTION]];

  if (it->v[VM_V_DECIDE_QUESTION] == VM_ASK_EMPTY
      && it->v[VM_V_DECIDE_VALUE] != 0)
    return g_strdup (_ ("The entry is not empty, but no page is there."));
  return g_strdup (_ (it->v[VM_V_DECIDE_ANSWER] != 0 ? which->yes : which->no));
}

static char *
say_fork (const SceneSubject *it)
{
  const char *parent = scene_subject_process (it, it->v[VM_V_FORK_PARENT]);
  const char *child
      = vm_machine_name (it->machine, (guint32) it->v[VM_V_FORK_NAME]);
  guint pid = (guint) it->v[VM_V_FORK_PID];

  if (it->v[VM_V_FORK_SHARED] != 0)
    /* Translators: two processes and a pid. */
    return g_strdup_printf (_ ("Process %s calls vfork: %s, pid %u, shares its "
                               "address space, and it waits."),
                            parent, child, pid);
  return g_strdup_printf (_ ("Process %s calls fork: its child is %s, pid %u."),
                          parent, child, pid);
}

static char *
say_fork_region (const SceneSubject *it)
{
  SceneNumber start
      = scene_number_virtual (it->geometry, it->v[VM_V_REGION_START]);
  SceneNumber end = scene_number_virtual (it->geometry, it->v[VM_V_REGION_END]);
  SceneNumber flags = scene_mm_flags (it->v[VM_V_REGION_FLAGS]);

  if (it->v[VM_V_FORK_REGION_COPIED] != 0)
    /* Translators: the ends of a region, "rw-p". */
    return g_strdup_printf (
        _ ("Region %s–%s, %s, has pages of its own: its entries are copied."),
        start.s, end.s, flags.s);
  return g_strdup_printf (
      _ ("Region %s–%s, %s, has no page of its own: nothing is copied."),
      start.s, end.s, flags.s);
}

static char *
say_fork_entry (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_SHARE_VA]);
  SceneNumber frame
      = scene_number_frame (it->geometry, it->v[VM_V_SHARE_FRAME]);

  if (it->v[VM_V_SHARE_PROTECTED] != 0)
    /* Translators: an address, a frame. */
    return g_strdup_printf (_ ("The page at %s, frame %s, belongs to both now: "
                               "neither may write it."),
                            va.s, frame.s);
  return g_strdup_printf (_ ("The page at %s, frame %s, belongs to both now."),
                          va.s, frame.s);
}

static char *
say_end (const SceneSubject *it)
{
  const char *process = scene_subject_process (it, it->v[VM_V_EXIT_PROCESS]);
  guint status = (guint) it->v[VM_V_EXIT_STATUS];

  if (it->step->kind == VM_STEP_EXIT)
    /* Translators: a process; a number. */
    return g_strdup_printf (_ ("Process %s ends with status %u."), process,
                            status);
  if (it->v[VM_V_EXIT_PARENT] == VM_NONE)
    return g_strdup_printf (
        _ ("Nobody waits for process %s: nothing is left of "
           "it."),
        process);
  /* Translators: the parent, the child, a number. */
  return g_strdup_printf (_ ("Process %s learns that %s has ended with status "
                             "%u."),
                          scene_subject_process (it, it->v[VM_V_EXIT_PARENT]),
                          process, status);
}

static char *
say_wait (const SceneSubject *it)
{
  guint children = (guint) it->v[VM_V_WAIT_CHILDREN];

  return g_strdup_printf (
      /* Translators: a process; how many children. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Process %s asks for a child that has ended; it has %u.",
                   "Process %s asks for a child that has ended; it has %u.",
                   children),
      scene_subject_process (it, it->v[VM_V_WAIT_PROCESS]), children);
}

static char *
say_file (const SceneSubject *it)
{
  const char *name
      = vm_machine_name (it->machine, (guint32) it->v[VM_V_FILE_NAME]);
  SceneNumber size = scene_number_size (it->v[VM_V_FILE_SIZE]);

  if (it->v[VM_V_FILE_CACHED] != 0)
    /* Translators: a file, "256 KiB". */
    return g_strdup_printf (_ ("The file %s of %s is in the page cache."), name,
                            size.s);
  return g_strdup_printf (_ ("The file %s has %s; none of it is in memory."),
                          name, size.s);
}

static char *
say_overcommit (const SceneSubject *it)
{
  switch (it->v[VM_V_OVERCOMMIT_MODE]) {
  case 0:
    return g_strdup (_ ("The kernel promises memory freely; it refuses what "
                        "exceeds all memory at once."));
  case 1:
    return g_strdup (_ ("The kernel promises any amount of memory."));
  default:
    return g_strdup_printf (
        _ ("The kernel promises no more than %u per cent of "
           "memory."),
        (guint) it->v[VM_V_OVERCOMMIT_RATIO]);
  }
}

static char *
say_limits (const SceneSubject *it)
{
  SceneNumber stack = scene_number_size (it->v[VM_V_SET_LIMITS_STACK]);

  /* Translators: a process, "8 MiB". */
  return g_strdup_printf (
      _ ("The stack of process %s may grow to %s."),
      scene_subject_process (it, it->v[VM_V_SET_LIMITS_PROCESS]), stack.s);
}

static gboolean
is_of_tasks (guint64 what)
{
  return what == VM_SHOW_THREADS || what == VM_SHOW_CPUS;
}

char *
scene_say_life (const SceneSubject *it)
{
  static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *) = {
      [VM_STEP_FORK] = say_fork,
      [VM_STEP_FORK_REGION] = say_fork_region,
      [VM_STEP_FORK_ENTRY] = say_fork_entry,
      [VM_STEP_EXIT] = say_end,
      [VM_STEP_REAP] = say_end,
      [VM_STEP_WAIT] = say_wait,
      [VM_STEP_FILE] = say_file,
      [VM_STEP_OVERCOMMIT] = say_overcommit,
      [VM_STEP_SET_LIMITS] = say_limits,
  };
  char *(*say) (const SceneSubject *) = sentences[it->step->kind];

  if (say != NULL)
    return say (it);
  if (it->v[VM_V_SHOW_PROCESS] == VM_NONE)
    return g_strdup (
        is_of_tasks (it->v[VM_V_SHOW_WHAT])
            ? _ ("What the kernel knows of tasks and processors is printed.")
            : _ ("What the kernel knows of its own half is printed."));
  return g_strdup_printf (_ ("What the kernel knows of process %s is printed."),
                          scene_subject_process (it, it->v[VM_V_SHOW_PROCESS]));
}
