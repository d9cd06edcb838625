/* Sentences about the heap, about copies and about reverse mapping. */
#include "describe_heap.h"

#include <glib/gi18n-lib.h>

#include "mm/frames.h"
#include "numbers.h"

/* Chunks are small: their bytes are said one by one. */
static char *
bytes_of (guint64 bytes)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", (gulong) bytes),
      (guint) bytes);
}

char *
scene_say_transfer (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_TRANSFER_VA]);
  g_autofree char *bytes = bytes_of (it->v[VM_V_TRANSFER_BYTES]);
  const char *process
      = scene_subject_process (it, it->v[VM_V_TRANSFER_PROCESS]);

  if (it->v[VM_V_TRANSFER_TO_FILE] != 0)
    /* Translators: "4096 bytes", an address, a process. */
    return g_strdup_printf (_ ("The kernel copies %s from %s of process %s to "
                               "the page cache."),
                            bytes, va.s, process);
  return g_strdup_printf (_ ("The kernel copies %s from the page cache to %s "
                             "of process %s."),
                          bytes, va.s, process);
}

char *
scene_say_chunk_size (const SceneSubject *it)
{
  g_autofree char *bytes = bytes_of (it->v[VM_V_REQUEST_BYTES]);
  g_autofree char *chunk = bytes_of (it->v[VM_V_REQUEST_CHUNK]);

  /* Translators: "10 bytes", "32 bytes". */
  return g_strdup_printf (_ ("A request for %s needs a chunk of %s."), bytes,
                          chunk);
}

char *
scene_more_chunk_size (const SceneSubject *it)
{
  SceneNumber threshold = scene_number_size (it->v[VM_V_REQUEST_THRESHOLD]);
  guint word = (guint) it->v[VM_V_REQUEST_WORD];

  if (it->v[VM_V_REQUEST_CHUNK] >= it->v[VM_V_REQUEST_THRESHOLD])
    /* Translators: "128 KiB". */
    return g_strdup_printf (_ ("From %s on a chunk gets a region of its own, "
                               "by mmap; the threshold is one of chunks, not "
                               "of requests."),
                            threshold.s);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "The header takes %u byte, and chunks are multiples of 16.",
                   "The header takes %u bytes, and chunks are multiples of "
                   "16.",
                   word),
      word);
}

/* Where a chunk comes from. */
static char *
say_from (enum vm_chunk_place place, const char *chunk, const char *bytes)
{
  switch (place) {
  case VM_CHUNK_CACHE:
    return g_strdup_printf (
        _ ("The chunk %s, %s, comes from the thread's cache (tcache)."), chunk,
        bytes);
  case VM_CHUNK_FAST:
    return g_strdup_printf (_ ("The chunk %s, %s, comes from a fast bin."),
                            chunk, bytes);
  case VM_CHUNK_SMALL:
    return g_strdup_printf (
        _ ("The chunk %s, %s, comes from the bin of its size."), chunk, bytes);
  case VM_CHUNK_LARGE:
    return g_strdup_printf (
        _ ("The chunk %s, %s, comes from a bin of large sizes."), chunk, bytes);
  case VM_CHUNK_UNSORTED:
    return g_strdup_printf (_ ("The chunk %s, %s, was freed lately and fits."),
                            chunk, bytes);
  case VM_CHUNK_TOP:
    return g_strdup_printf (
        _ ("The chunk %s, %s, is cut off the top of the heap."), chunk, bytes);
  case VM_CHUNK_MMAP:
  case VM_CHUNK_PLACES:
    break;
  }
  return g_strdup_printf (_ ("The chunk %s, %s, fills a region of its own."),
                          chunk, bytes);
}

/* Where it goes. */
static char *
say_to (enum vm_chunk_place place, const char *chunk, const char *bytes)
{
  switch (place) {
  case VM_CHUNK_CACHE:
    return g_strdup_printf (
        _ ("The chunk %s, %s, goes into the thread's cache (tcache)."), chunk,
        bytes);
  case VM_CHUNK_FAST:
    return g_strdup_printf (
        _ ("The chunk %s, %s, goes into a fast bin; it still counts as in "
           "use."),
        chunk, bytes);
  case VM_CHUNK_SMALL:
    return g_strdup_printf (
        _ ("The chunk %s, %s, goes into the bin of its size."), chunk, bytes);
  case VM_CHUNK_LARGE:
    return g_strdup_printf (
        _ ("The chunk %s, %s, goes into a bin of large sizes."), chunk, bytes);
  case VM_CHUNK_UNSORTED:
    return g_strdup_printf (
        _ ("The chunk %s, %s, goes among those freed lately."), chunk, bytes);
  case VM_CHUNK_TOP:
    return g_strdup_printf (_ ("The chunk %s, %s, is the top of the heap now."),
                            chunk, bytes);
  case VM_CHUNK_MMAP:
  case VM_CHUNK_PLACES:
    break;
  }
  return g_strdup_printf (_ ("The chunk %s, %s, gives its whole region back."),
                          chunk, bytes);
}

char *
scene_say_chunk (const SceneSubject *it)
{
  SceneNumber chunk
      = scene_number_virtual (it->geometry, it->v[VM_V_CHUNK_ADDRESS]);
  g_autofree char *bytes = bytes_of (it->v[VM_V_CHUNK_BYTES]);
  enum vm_chunk_place place = (enum vm_chunk_place) it->v[VM_V_CHUNK_PLACE];

  if (it->v[VM_V_CHUNK_TAKEN] != 0)
    return say_from (place, chunk.s, bytes);
  return say_to (place, chunk.s, bytes);
}

char *
scene_say_chunk_split (const SceneSubject *it)
{
  g_autofree char *whole
      = bytes_of (it->v[VM_V_CHUNK_BYTES] + it->v[VM_V_CHUNK_OTHER_BYTES]);
  g_autofree char *bytes = bytes_of (it->v[VM_V_CHUNK_BYTES]);
  g_autofree char *rest = bytes_of (it->v[VM_V_CHUNK_OTHER_BYTES]);

  /* Translators: "96 bytes", "32 bytes", "64 bytes". */
  return g_strdup_printf (_ ("A chunk of %s is cut: %s are needed, %s remain "
                             "free."),
                          whole, bytes, rest);
}

char *
scene_say_chunk_join (const SceneSubject *it)
{
  SceneNumber chunk
      = scene_number_virtual (it->geometry, it->v[VM_V_CHUNK_ADDRESS]);
  SceneNumber other
      = scene_number_virtual (it->geometry, it->v[VM_V_CHUNK_OTHER]);

  if (it->v[VM_V_CHUNK_OTHER] < it->v[VM_V_CHUNK_ADDRESS])
    other = scene_number_virtual (it->geometry,
                                  it->v[VM_V_CHUNK_ADDRESS]
                                      - it->v[VM_V_CHUNK_OTHER_BYTES]);
  /* Translators: the addresses of two chunks of memory. */
  return g_strdup_printf (_ ("The neighbour of %s, %s, is free: they become "
                             "one."),
                          chunk.s, other.s);
}

char *
scene_say_threshold (const SceneSubject *it)
{
  SceneNumber now = scene_number_size (it->v[VM_V_THRESHOLD_NEW]);

  /* Translators: "200 KiB". */
  return g_strdup_printf (_ ("From now on mmap serves chunks of %s and more."),
                          now.s);
}

char *
scene_more_threshold (const SceneSubject *it)
{
  (void) it;
  return g_strdup (_ ("A program that frees such a chunk will want one again: "
                      "the heap is the cheaper place for it."));
}

char *
scene_say_rmap (const SceneSubject *it)
{
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_RMAP_FRAME]);
  guint regions = (guint) it->v[VM_V_RMAP_REGIONS];
  guint64 flags = it->v[VM_V_RMAP_FLAGS];

  if (flags & VM_PAGE_ANON)
    return g_strdup_printf (
        /* Translators: a frame; how many regions. anon_vma is a structure of
         * the kernel. */
        g_dngettext (GETTEXT_PACKAGE,
                     "Frame %s belongs to an anon_vma: %u region may map it.",
                     "Frame %s belongs to an anon_vma: %u regions may map it.",
                     regions),
        frame.s, regions);
  if (flags & VM_PAGE_FILE)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "Frame %s is a page of a file: %u region may map it.",
                     "Frame %s is a page of a file: %u regions may map it.",
                     regions),
        frame.s, regions);
  return g_strdup_printf (_ ("Frame %s belongs to no region: nothing leads "
                             "back from it."),
                          frame.s);
}

char *
scene_say_rmap_look (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_LOOKS_VA]);
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_LOOKS_PA]);
  const char *process = scene_subject_process (it, it->v[VM_V_LOOKS_PROCESS]);

  if (it->v[VM_V_LOOKS_FOUND] != 0)
    /* Translators: a process, a virtual address, the physical address of an
     * entry. */
    return g_strdup_printf (_ ("In process %s it would be at %s: the entry at "
                               "%s names it."),
                            process, va.s, pa.s);
  return g_strdup_printf (_ ("In process %s it would be at %s: no entry there "
                             "names it."),
                          process, va.s);
}
