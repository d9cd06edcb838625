/* Sentences about regions, page faults and what answers them. */
#include "describe_mm.h"

#include <glib/gi18n-lib.h>

#include "describe_process.h"
#include "mm/region.h"
#include "numbers.h"

static SceneNumber
address (const SceneSubject *it, guint slot)
{
  return scene_number_virtual (it->geometry, it->v[slot]);
}

SceneNumber
scene_mm_flags (guint64 flags)
{
  SceneNumber text;

  g_snprintf (
      text.s, sizeof text.s, "%c%c%c%c", flags & VM_REGION_READ ? 'r' : '-',
      flags & VM_REGION_WRITE ? 'w' : '-', flags & VM_REGION_EXEC ? 'x' : '-',
      flags & VM_REGION_SHARED ? 's' : 'p');
  return text;
}

static const char *
call_name (guint64 call)
{
  return vm_call_name ((enum vm_call) call);
}

/* Calls that are about a whole file, and no address. */
static gboolean
is_about_file (guint64 call)
{
  return call == VM_CALL_OPEN || call == VM_CALL_CLOSE
         || call == VM_CALL_TRUNCATE || call == VM_CALL_FSYNC;
}

static char *
say_call (const SceneSubject *it)
{
  const char *process = scene_subject_process (it, it->v[VM_V_CALL_PROCESS]);
  SceneNumber va = address (it, VM_V_CALL_VA);
  SceneNumber length = scene_number_size (it->v[VM_V_CALL_LENGTH]);

  if (is_about_file (it->v[VM_V_CALL_CALL]))
    /* Translators: a process, the name of a system call. */
    return g_strdup_printf (_ ("Process %s calls %s."), process,
                            call_name (it->v[VM_V_CALL_CALL]));
  if (it->v[VM_V_CALL_LENGTH] == 0)
    /* Translators: a process, the name of a system call, an address. */
    return g_strdup_printf (_ ("Process %s calls %s with address %s."), process,
                            call_name (it->v[VM_V_CALL_CALL]), va.s);
  if (it->v[VM_V_CALL_VA] == 0)
    /* Translators: a process, the name of a system call, "64 KiB". */
    return g_strdup_printf (_ ("Process %s calls %s for %s, wherever there is "
                               "room."),
                            process, call_name (it->v[VM_V_CALL_CALL]),
                            length.s);
  /* Translators: a process, the name of a system call, "64 KiB", an
   * address. */
  return g_strdup_printf (_ ("Process %s calls %s for %s at %s."), process,
                          call_name (it->v[VM_V_CALL_CALL]), length.s, va.s);
}

static char *
say_return (const SceneSubject *it)
{
  const char *call = call_name (it->v[VM_V_CALL_CALL]);
  SceneNumber value = address (it, VM_V_RETURN_VALUE);

  if (it->v[VM_V_CALL_CALL] == VM_CALL_FREE
      && it->v[VM_V_RETURN_ERRNO] == VM_EINVAL)
    return g_strdup (_ ("The library notices that malloc does not owe this "
                        "address to anybody: it would abort the process."));
  if (it->v[VM_V_RETURN_ERRNO] != VM_ERRNO_NONE)
    /* Translators: the name of a system call, "ENOMEM". */
    return g_strdup_printf (
        _ ("The call %s is refused: %s."), call,
        vm_errno_name ((enum vm_errno) it->v[VM_V_RETURN_ERRNO]));
  if (it->v[VM_V_CALL_CALL] == VM_CALL_READ
      || it->v[VM_V_CALL_CALL] == VM_CALL_WRITE)
    return g_strdup_printf (
        /* Translators: the name of a system call, how many bytes. */
        g_dngettext (GETTEXT_PACKAGE,
                     "The call %s returns: %u byte was copied.",
                     "The call %s returns: %u bytes were copied.",
                     (gulong) it->v[VM_V_RETURN_VALUE]),
        call, (guint) it->v[VM_V_RETURN_VALUE]);
  if (it->v[VM_V_CALL_CALL] == VM_CALL_OPEN)
    return g_strdup_printf (_ ("The call open returns the descriptor %u."),
                            (guint) it->v[VM_V_RETURN_VALUE]);
  if (it->v[VM_V_RETURN_VALUE] == 0)
    /* Translators: the name of a system call. */
    return g_strdup_printf (_ ("The call %s is done."), call);
  /* Translators: the name of a system call, an address. */
  return g_strdup_printf (_ ("The call %s returns %s."), call, value.s);
}

static char *
say_gap (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_GAP_VA);
  SceneNumber below = address (it, VM_V_GAP_BELOW);
  SceneNumber length = scene_number_size (it->v[VM_V_GAP_LENGTH]);

  /* Translators: "64 KiB", an address, another one. */
  return g_strdup_printf (_ ("The highest free range of %s ends at %s: it "
                             "begins at %s."),
                          length.s, below.s, va.s);
}

static char *
say_limit (const SceneSubject *it)
{
  gboolean within = it->v[VM_V_LIMIT_WITHIN] != 0;
  g_autofree char *value
      = g_strdup_printf ("%" G_GUINT64_FORMAT, it->v[VM_V_LIMIT_VALUE]);
  g_autofree char *most
      = g_strdup_printf ("%" G_GUINT64_FORMAT, it->v[VM_V_LIMIT_MOST]);

  switch ((enum vm_limit) it->v[VM_V_LIMIT_LIMIT]) {
  case VM_LIMIT_REGIONS:
    return g_strdup_printf (_ ("It would have %s regions; %s are allowed "
                               "(max_map_count)."),
                            value, most);
  case VM_LIMIT_ADDRESSES:
    return g_strdup_printf (
        within ? _ ("It will have %s bytes of addresses; up to %s are allowed "
                    "(RLIMIT_AS).")
               : _ ("It would have %s bytes of addresses; only %s are allowed "
                    "(RLIMIT_AS)."),
        value, most);
  case VM_LIMIT_OVERCOMMIT:
    return g_strdup_printf (
        within ? _ ("%s pages will be promised; up to %s may be.")
               : _ ("%s pages would be promised; only %s may be."),
        value, most);
  case VM_LIMIT_STACK:
    return g_strdup_printf (_ ("The stack would have %s bytes; %s are allowed "
                               "(RLIMIT_STACK)."),
                            value, most);
  case VM_LIMIT_LOWEST:
    return g_strdup (_ ("Addresses this low are kept free, so that a null "
                        "pointer faults (mmap_min_addr)."));
  case VM_LIMIT_LOCKED:
    return g_strdup_printf (
        within
            ? _ ("Locked pages will be %s; up to %s may be (RLIMIT_MEMLOCK).")
            : _ ("Locked pages would be %s; only %s may be (RLIMIT_MEMLOCK)."),
        value, most);
  case VM_LIMIT_TASK_SIZE:
  case VM_LIMITS:
    break;
  }
  return g_strdup (_ ("The range would reach beyond the addresses that belong "
                      "to user mode."));
}

static char *
say_look (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_LOOK_VA);
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);

  switch ((enum vm_look) it->v[VM_V_LOOK_LOOK]) {
  case VM_LOOK_LEFT:
    /* Translators: an address, and the ends of a region. */
    return g_strdup_printf (_ ("%s lies below the region %s–%s: on to the "
                               "left."),
                            va.s, start.s, end.s);
  case VM_LOOK_RIGHT:
    return g_strdup_printf (_ ("%s lies above the region %s–%s: on to the "
                               "right."),
                            va.s, start.s, end.s);
  case VM_LOOK_INSIDE:
    break;
  }
  return g_strdup_printf (_ ("%s lies in the region %s–%s."), va.s, start.s,
                          end.s);
}

static char *
say_found (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_LOOK_VA);
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);
  SceneNumber flags = scene_mm_flags (it->v[VM_V_LOOK_FLAGS]);

  if (it->v[VM_V_REGION_REGION] == 0)
    /* Translators: an address. */
    return g_strdup_printf (_ ("No region ends above %s."), va.s);
  if (it->v[VM_V_LOOK_LOOK] != 0)
    /* Translators: find_vma is a function of the kernel; the ends of a region,
     * "rw-p". */
    return g_strdup_printf (
        _ ("The look-up (find_vma) finds the region %s–%s, %s."), start.s,
        end.s, flags.s);
  return g_strdup_printf (_ ("The next region above is %s–%s, %s."), start.s,
                          end.s, flags.s);
}

/* NEW and GONE. */
static char *
say_region (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);
  SceneNumber flags = scene_mm_flags (it->v[VM_V_REGION_FLAGS]);
  const char *process = scene_subject_process (it, it->v[VM_V_REGION_MM]);

  if (it->step->kind == VM_STEP_REGION_GONE)
    /* Translators: a process, the ends of a region, "rw-p". */
    return g_strdup_printf (_ ("The region %2$s–%3$s, %4$s, of process %1$s is "
                               "removed."),
                            process, start.s, end.s, flags.s);
  return g_strdup_printf (_ ("Process %s gets the region %s–%s, %s: a promise, "
                             "and no page yet."),
                          process, start.s, end.s, flags.s);
}

static char *
say_resize (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);
  SceneNumber new_start = address (it, VM_V_RESIZE_START);
  SceneNumber new_end = address (it, VM_V_RESIZE_END);

  /* Translators: the ends of a region, and its new ends. */
  return g_strdup_printf (_ ("The region %s–%s now reaches from %s to %s."),
                          start.s, end.s, new_start.s, new_end.s);
}

static char *
say_flags (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);
  SceneNumber old = scene_mm_flags (it->v[VM_V_REGION_FLAGS]);
  SceneNumber new = scene_mm_flags (it->v[VM_V_FLAGS_NEW]);

  if ((it->v[VM_V_REGION_FLAGS] ^ it->v[VM_V_FLAGS_NEW]) & VM_REGION_LOCKED)
    /* Translators: the ends of a region. */
    return g_strdup_printf (
        it->v[VM_V_FLAGS_NEW] & VM_REGION_LOCKED
            ? _ ("The region %s–%s is marked as locked (VM_LOCKED).")
            : _ ("The region %s–%s is not marked as locked any more."),
        start.s, end.s);
  /* Translators: the ends of a region; "rw-p" and "r--p". */
  return g_strdup_printf (_ ("The region %s–%s was %s and is %s from now on."),
                          start.s, end.s, old.s, new.s);
}

static char *
say_split (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);
  SceneNumber at = address (it, VM_V_SPLIT_AT);

  /* Translators: the ends of a region, and an address in it. */
  return g_strdup_printf (_ ("The region %s–%s is cut in two at %s."), start.s,
                          end.s, at.s);
}

static char *
say_merge (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);
  SceneNumber at = address (it, VM_V_MERGE_AT);

  /* Translators: an address, and the ends of a region. */
  return g_strdup_printf (_ ("Nothing tells the regions on both sides of %s "
                             "apart: they become one, %s–%s."),
                          at.s, start.s, end.s);
}

static char *
say_anon (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_REGION_START);
  SceneNumber end = address (it, VM_V_REGION_END);

  if (it->v[VM_V_ANON_REGIONS] > 0)
    /* Translators: anon_vma is a structure of the kernel; the ends of a
     * region. */
    return g_strdup_printf (_ ("The region %s–%s shares its neighbour's "
                               "anon_vma."),
                            start.s, end.s);
  return g_strdup_printf (
      _ ("The region %s–%s gets an anon_vma: it is about to "
         "have pages of its own."),
      start.s, end.s);
}

static char *
say_handler (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_HANDLER_VA);

  /* Translators: a process, an address. */
  return g_strdup_printf (
      _ ("The kernel's page-fault handler begins: process "
         "%s, address %s."),
      scene_subject_process (it, it->v[VM_V_HANDLER_PROCESS]), va.s);
}

static char *
say_handled (const SceneSubject *it)
{
  SceneNumber frame
      = scene_number_frame (it->geometry, it->v[VM_V_HANDLED_FRAME]);
  guint pages = (guint) it->v[VM_V_HANDLED_PAGES];

  switch ((enum vm_action) it->v[VM_V_HANDLED_ACTION]) {
  case VM_DID_NOTHING:
    return g_strdup (_ ("The entry was right already: the access is tried "
                        "again."));
  case VM_DID_ZERO:
    return g_strdup (_ ("The page is the frame of zeros that all share: a "
                        "minor fault."));
  case VM_DID_ANONYMOUS:
    /* Translators: a frame. */
    return g_strdup_printf (_ ("The page is frame %s, full of zeros: a minor "
                               "fault."),
                            frame.s);
  case VM_DID_REPLACE_ZERO:
    return g_strdup_printf (
        _ ("Frame %s takes the place of the frame of zeros: "
           "a minor fault."),
        frame.s);
  case VM_DID_HUGE:
    return g_strdup_printf (_ ("A large page, the frames from %s on, is mapped "
                               "at once: a minor fault."),
                            frame.s);
  case VM_DID_COPY:
    return g_strdup_printf (_ ("The page is a copy of its own, in frame %s: "
                               "copy-on-write."),
                            frame.s);
  case VM_DID_REUSE:
    return g_strdup_printf (_ ("Nobody else has frame %s: it may be written "
                               "again, and nothing is copied."),
                            frame.s);
  case VM_DID_FILE:
    if (it->v[VM_V_HANDLED_MAJOR] != 0)
      return g_strdup_printf (_ ("The page of the file is mapped, frame %s: a "
                                 "major fault, for it had to be read."),
                              frame.s);
    return g_strdup_printf (
        /* Translators: a frame; how many pages. */
        g_dngettext (GETTEXT_PACKAGE,
                     "The page of the file is mapped, frame %s: a minor fault "
                     "for %u page.",
                     "The page of the file is mapped, frame %s, and those "
                     "around it: a minor fault for %u pages.",
                     pages),
        frame.s, pages);
  case VM_DID_FILE_COPY:
    return g_strdup_printf (_ ("The page is a private copy of the file's, in "
                               "frame %s."),
                            frame.s);
  case VM_DID_SWAP_IN:
    return g_strdup_printf (
        it->v[VM_V_HANDLED_MAJOR] != 0
            ? _ ("The page is back from swap, in frame %s: a major fault, for "
                 "it had to be read.")
            : _ ("The page had not left memory yet: frame %s is mapped again, "
                 "a minor fault."),
        frame.s);
  case VM_DID_NOTIFY:
  case VM_ACTIONS:
    break;
  }
  return g_strdup_printf (_ ("The file system knows now that frame %s will be "
                             "written: it may be."),
                          frame.s);
}

static char *
say_signal (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_SIGNAL_ADDRESS);

  if (it->v[VM_V_SIGNAL_CODE] == VM_CODE_NO_MEMORY)
    /* Translators: a process. */
    return g_strdup_printf (
        _ ("No frame is left: process %s is killed."),
        scene_subject_process (it, it->v[VM_V_SIGNAL_PROCESS]));
  /* Translators: a process, "SIGSEGV", "MAPERR", an address. */
  return g_strdup_printf (
      _ ("Process %s gets %s (%s) for address %s."),
      scene_subject_process (it, it->v[VM_V_SIGNAL_PROCESS]),
      vm_signal_name ((enum vm_signal) it->v[VM_V_SIGNAL_SIGNAL]),
      vm_signal_code_name ((enum vm_signal_code) it->v[VM_V_SIGNAL_CODE]),
      va.s);
}

static char *
say_copy (const SceneSubject *it)
{
  SceneNumber from = scene_number_frame (it->geometry, it->v[VM_V_COPY_FROM]);
  SceneNumber to = scene_number_frame (it->geometry, it->v[VM_V_COPY_TO]);

  /* Translators: two frames. */
  return g_strdup_printf (_ ("The kernel copies frame %s to frame %s, byte by "
                             "byte."),
                          from.s, to.s);
}

static char *
say_cache_read (const SceneSubject *it)
{
  SceneNumber frame
      = scene_number_frame (it->geometry, it->v[VM_V_CACHE_FRAME]);

  /* Translators: the number of a page in a file, a frame. */
  return g_strdup_printf (_ ("Page %u of the file is read into frame %s of the "
                             "page cache."),
                          (guint) it->v[VM_V_CACHE_PAGE], frame.s);
}

static char *
say_frame_free (const SceneSubject *it)
{
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_FREE_FRAME]);

  if (it->v[VM_V_FREE_ROLE] == VM_FRAME_TABLE)
    return g_strdup_printf (_ ("The table in frame %s is empty: the frame "
                               "becomes free."),
                            frame.s);
  return g_strdup_printf (_ ("Nobody needs frame %s any more: it becomes "
                             "free."),
                          frame.s);
}

gboolean
scene_mm_is_step (enum vm_step_kind kind)
{
  return kind >= VM_STEP_CALL && kind <= VM_STEP_SHOW;
}

char *
scene_mm_say (const SceneSubject *it)
{
  static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *) = {
      [VM_STEP_CALL] = say_call,
      [VM_STEP_RETURN] = say_return,
      [VM_STEP_GAP] = say_gap,
      [VM_STEP_LIMIT] = say_limit,
      [VM_STEP_REGION_LOOK] = say_look,
      [VM_STEP_REGION_FOUND] = say_found,
      [VM_STEP_REGION_NEW] = say_region,
      [VM_STEP_REGION_GONE] = say_region,
      [VM_STEP_REGION_RESIZE] = say_resize,
      [VM_STEP_REGION_FLAGS] = say_flags,
      [VM_STEP_REGION_SPLIT] = say_split,
      [VM_STEP_REGION_MERGE] = say_merge,
      [VM_STEP_ANON] = say_anon,
      [VM_STEP_HANDLER] = say_handler,
      [VM_STEP_DECIDE] = scene_say_decision,
      [VM_STEP_HANDLED] = say_handled,
      [VM_STEP_SIGNAL] = say_signal,
      [VM_STEP_COPY] = say_copy,
      [VM_STEP_CACHE_READ] = say_cache_read,
      [VM_STEP_FRAME_FREE] = say_frame_free,
  };
  char *(*say) (const SceneSubject *) = sentences[it->step->kind];

  return say != NULL ? say (it) : scene_say_life (it);
}
