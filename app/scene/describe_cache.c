/* Sentences about files, read-ahead, dirty pages and the disk. */
#include "describe_cache.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "numbers.h"

static const char *
file_of (const SceneSubject *it)
{
  guint64 name = it->v[VM_V_FILE_PAGE_FILE];

  return name == VM_NONE ? _ ("shared memory")
                         : vm_machine_name (it->machine, (guint32) name);
}

static guint
number (const SceneSubject *it, guint slot)
{
  return (guint) it->v[slot];
}

static SceneNumber
frame_of (const SceneSubject *it)
{
  return scene_number_frame (it->geometry, it->v[VM_V_FILE_PAGE_FRAME]);
}

static char *
say_readahead (const SceneSubject *it)
{
  const char *file = file_of (it);
  guint first = number (it, VM_V_FILE_PAGE_PAGE);
  guint last = first + number (it, VM_V_READAHEAD_PAGES) - 1;
  guint asked = number (it, VM_V_READAHEAD_ASKED);

  switch ((enum vm_readahead_why) it->v[VM_V_READAHEAD_WHY]) {
  case VM_READAHEAD_FIRST:
    /* Translators: a file; numbers of pages in it: the first that is read, the
     * last, and the one that was asked for. */
    return g_strdup_printf (_ ("A reader begins at page %4$u of %1$s: pages "
                               "%2$u to %3$u are read at once."),
                            file, first, last, asked);
  case VM_READAHEAD_SEQUENTIAL:
    /* Translators: a file; the first and last page that are read. */
    return g_strdup_printf (
        _ ("The file %1$s is read in order: the next window, pages %2$u to "
           "%3$u, is read before anybody waits for it."),
        file, first, last);
  case VM_READAHEAD_CONTEXT:
    return g_strdup_printf (
        _ ("The pages before it are cached, so somebody reads %1$s in order: "
           "pages %2$u to %3$u are read."),
        file, first, last);
  case VM_READAHEAD_RANDOM:
    return g_strdup_printf (_ ("The read fits to no order: of %1$s only pages "
                               "%2$u to %3$u are read."),
                            file, first, last);
  case VM_READAHEAD_AROUND:
    return g_strdup_printf (_ ("Page %4$u of %1$s is not cached: the pages "
                               "around it, %2$u to %3$u, are read, too."),
                            file, first, last, asked);
  case VM_READAHEAD_ADVICE:
  case VM_READAHEADS:
    break;
  }
  return g_strdup_printf (_ ("The process said that it would need them: pages "
                             "%2$u to %3$u of %1$s are read."),
                          file, first, last);
}

static char *
say_around (const SceneSubject *it)
{
  return g_strdup_printf (
      /* Translators: how many pages, the number of the first, a file; the
       * plural is about the last number. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Fault-around: of the %1$u pages from page %2$u of %3$s on, "
                   "%4$u is cached and not mapped yet. It is mapped now.",
                   "Fault-around: of the %1$u pages from page %2$u of %3$s on, "
                   "%4$u are cached and not mapped yet. All are mapped now.",
                   number (it, VM_V_AROUND_MAPPED)),
      number (it, VM_V_AROUND_PAGES), number (it, VM_V_FILE_PAGE_PAGE),
      file_of (it), number (it, VM_V_AROUND_MAPPED));
}

static char *
say_dirty (const SceneSubject *it)
{
  /* Translators: the number of a page, a file. */
  return g_strdup_printf (_ ("Page %u of %s is dirty: newer than what the disk "
                             "has."),
                          number (it, VM_V_FILE_PAGE_PAGE), file_of (it));
}

static char *
say_writeback (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it);

  /* Translators: the number of a page, a file, a frame. */
  return g_strdup_printf (_ ("Page %u of %s, in frame %s, goes to the disk."),
                          number (it, VM_V_FILE_PAGE_PAGE), file_of (it),
                          frame.s);
}

static char *
say_clean (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_CLEAN_VA]);

  /* Translators: a process, an address. */
  return g_strdup_printf (_ ("The entry of process %s for %s may write no "
                             "more, and counts as not written."),
                          scene_subject_process (it, it->v[VM_V_CLEAN_PROCESS]),
                          va.s);
}

static char *
say_error (const SceneSubject *it)
{
  /* Translators: the number of a page, a file. */
  return g_strdup_printf (_ ("The disk fails to write page %u of %s."),
                          number (it, VM_V_FILE_PAGE_PAGE), file_of (it));
}

static char *
say_flusher (const SceneSubject *it)
{
  guint dirty = number (it, VM_V_FLUSHER_DIRTY);
  guint limit = number (it, VM_V_FLUSHER_LIMIT);

  switch ((enum vm_flusher_why) it->v[VM_V_FLUSHER_WHY]) {
  case VM_FLUSHER_BACKGROUND:
    /* Translators: two numbers of pages. */
    return g_strdup_printf (_ ("Of files %u pages are dirty, more than %u: the "
                               "flusher begins to write."),
                            dirty, limit);
  case VM_FLUSHER_OLD:
    return g_strdup (_ ("The flusher wakes up, and finds pages that have been "
                        "dirty for 30 seconds or more."));
  case VM_FLUSHER_THROTTLE:
    return g_strdup_printf (_ ("Of files %u pages are dirty, more than %u: "
                               "whoever dirties them must wait until some are "
                               "written."),
                            dirty, limit);
  case VM_FLUSHER_SYNC:
  case VM_FLUSHERS:
    break;
  }
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "All that is dirty is to be written: %u page.",
                   "All that is dirty is to be written: %u pages.", dirty),
      dirty);
}

static char *
say_tick (const SceneSubject *it)
{
  guint seconds = number (it, VM_V_TICK_SECONDS);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second passes.",
                                       "%u seconds pass.", seconds),
                          seconds);
}

static char *
say_truncate (const SceneSubject *it)
{
  guint64 size = it->v[VM_V_TRUNCATE_SIZE];
  guint64 old = it->v[VM_V_TRUNCATE_OLD];

  /* Translators: a file, and two numbers of bytes. */
  return g_strdup_printf (
      size < old ? _ ("The file %s is cut to %" PRIu64 " bytes; it had "
                      "%" PRIu64 ".")
                 : _ ("The file %s grows to %" PRIu64 " bytes; it had "
                      "%" PRIu64 "."),
      file_of (it), size, old);
}

static char *
say_tail (const SceneSubject *it)
{
  /* Translators: the number of a page, a file, the number of a byte. */
  return g_strdup_printf (_ ("In page %u of %s everything from byte %u on "
                             "becomes zero: the file ends there."),
                          number (it, VM_V_FILE_PAGE_PAGE), file_of (it),
                          number (it, VM_V_ZERO_FROM));
}

static char *
say_drop (const SceneSubject *it)
{
  guint pages = number (it, VM_V_DROP_PAGES);

  /* Translators: how many pages, a file, how many pages. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "The page cache gives back %1$u page of %2$s that is clean "
                   "and not mapped; %3$u stay.",
                   "The page cache gives back %1$u pages of %2$s that are "
                   "clean and not mapped; %3$u stay.",
                   pages),
      pages, file_of (it), number (it, VM_V_DROP_KEPT));
}

static char *
say_gone (const SceneSubject *it)
{
  /* Translators: the number of a page, a file. */
  return g_strdup_printf (_ ("Page %u of %s leaves the page cache."),
                          number (it, VM_V_FILE_PAGE_PAGE), file_of (it));
}

static char *
say_unlink (const SceneSubject *it)
{
  guint users = number (it, VM_V_UNLINK_USERS);

  if (users == 0)
    /* Translators: a file. */
    return g_strdup_printf (_ ("The file %s loses its name; nobody uses it, so "
                               "it goes at once."),
                            file_of (it));
  /* Translators: a file, how many mappings and open files. */
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "The file %s loses its name, and stays as long as it has a user: "
          "%u mapping or open file.",
          "The file %s loses its name, and stays as long as it has a user: "
          "%u mappings and open files.",
          users),
      file_of (it), users);
}

/* Why a page is marked. */
static char *
more_readahead (const SceneSubject *it)
{
  if (it->v[VM_V_READAHEAD_MARKER] == VM_NONE)
    return NULL;
  /* Translators: the number of a page. */
  return g_strdup_printf (_ ("Page %u is marked: whoever comes to it has the "
                             "next window read."),
                          number (it, VM_V_READAHEAD_MARKER));
}

char *
scene_say_cache (const SceneSubject *it)
{
  static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *) = {
      [VM_STEP_READAHEAD] = say_readahead, [VM_STEP_AROUND] = say_around,
      [VM_STEP_DIRTY] = say_dirty,         [VM_STEP_WRITEBACK] = say_writeback,
      [VM_STEP_CLEAN] = say_clean,         [VM_STEP_DISK_ERROR] = say_error,
      [VM_STEP_FLUSHER] = say_flusher,     [VM_STEP_TICK] = say_tick,
      [VM_STEP_TRUNCATE] = say_truncate,   [VM_STEP_ZERO_TAIL] = say_tail,
      [VM_STEP_CACHE_DROP] = say_drop,     [VM_STEP_CACHE_GONE] = say_gone,
      [VM_STEP_UNLINK] = say_unlink,
  };

  return sentences[it->step->kind](it);
}

char *
scene_more_cache (const SceneSubject *it)
{
  switch (it->step->kind) {
  case VM_STEP_READAHEAD:
    return more_readahead (it);
  case VM_STEP_AROUND:
    return g_strdup (_ ("Each of them would have been a fault of its own. "
                        "Pages that would have to be read are left alone, and "
                        "so is a marked one: its fault is wanted."));
  case VM_STEP_DIRTY:
    return g_strdup (_ ("Nothing is written yet: many stores may follow, and "
                        "the disk is slow."));
  case VM_STEP_CLEAN:
    return g_strdup (_ ("So the next store faults, and the kernel hears that "
                        "the page is dirty again."));
  case VM_STEP_DISK_ERROR:
    return g_strdup (_ ("The page counts as clean all the same. The next fsync "
                        "or msync of each open file returns EIO, once."));
  default:
    return NULL;
  }
}
