/* Sentences about zones, blocks, slabs and large pages that are split. */
#include "describe_alloc.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "mm/zone.h"
#include "numbers.h"

static guint
number (const SceneSubject *it, guint slot)
{
  return (guint) it->v[slot];
}

static SceneNumber
frame (const SceneSubject *it, guint slot)
{
  return scene_number_frame (it->geometry, it->v[slot]);
}

static SceneNumber
address (const SceneSubject *it, guint slot)
{
  return scene_number_virtual (it->geometry, it->v[slot]);
}

/* A cache, as Linux names it after the size of its objects. */
static SceneNumber
cache (guint64 size)
{
  SceneNumber name;

  if (size < 1024)
    g_snprintf (name.s, sizeof name.s, "kmalloc-%u", (guint) size);
  else
    g_snprintf (name.s, sizeof name.s, "kmalloc-%uk", (guint) (size / 1024));
  return name;
}

static char *
say_empty_zone (const SceneSubject *it)
{
  const char *zone = vm_zone_name ((enum vm_zone) it->v[VM_V_TRY_ZONE]);
  guint free = number (it, VM_V_TRY_FREE);
  guint frames = 1u << number (it, VM_V_TRY_ORDER);

  if (free == 0)
    /* Translators: DMA, DMA32, Normal or HighMem. */
    return g_strdup_printf (_ ("Zone %s has no free frame."), zone);
  return g_strdup_printf (
      /* Translators: a zone; frames that are free, and that are needed in a
       * row. The plural is about the first number. */
      ngettext ("Zone %s has %u free frame, but no %u in one block.",
                "Zone %s has %u free frames, but no %u in one block.", free),
      zone, free, frames);
}

static char *
say_try (const SceneSubject *it)
{
  const char *zone = vm_zone_name ((enum vm_zone) it->v[VM_V_TRY_ZONE]);
  guint free = number (it, VM_V_TRY_FREE), mark = number (it, VM_V_TRY_MARK);
  guint frames = 1u << number (it, VM_V_TRY_ORDER);

  switch ((enum vm_zone_try) it->v[VM_V_TRY_VERDICT]) {
  case VM_ZONE_TOO_LOW:
    /* Translators: a zone; frames that are free, that are wanted, that must
     * be left. */
    return g_strdup_printf (_ ("Zone %s: %u frames are free. With %u less, no "
                               "more than the %u that must stay would be left: "
                               "it gives nothing."),
                            zone, free, frames, mark);
  case VM_ZONE_TAKES_MIN:
    return g_strdup_printf (_ ("Zone %s: %u frames are free, its reserve. Who "
                               "may not wait gets %u of them all the same, "
                               "down to %u."),
                            zone, free, frames, mark);
  case VM_ZONE_NO_BLOCK:
    return say_empty_zone (it);
  case VM_ZONE_GIVES:
    break;
  }
  /* Translators: a zone; frames that are free, that must be left, that are
   * wanted. */
  return g_strdup_printf (
      _ ("Zone %s: %u frames are free, %u must stay. It can "
         "give %u in a row."),
      zone, free, mark, frames);
}

static char *
say_split (const SceneSubject *it)
{
  SceneNumber lower = frame (it, VM_V_BLOCK_FRAME);
  SceneNumber upper = frame (it, VM_V_BLOCK_BUDDY);
  guint frames = 1u << number (it, VM_V_BLOCK_ORDER);

  /* Translators: numbers of frames, then two frames that blocks begin with. */
  return g_strdup_printf (
      _ ("A block of %u frames is split into two buddies of "
         "%u: they begin at %s and %s."),
      frames, frames / 2, lower.s, upper.s);
}

static char *
say_merge (const SceneSubject *it)
{
  SceneNumber lower = frame (it, VM_V_BLOCK_FRAME);
  SceneNumber upper = frame (it, VM_V_BLOCK_BUDDY);

  /* Translators: two frames that blocks begin with, a number of frames. */
  return g_strdup_printf (_ ("The buddies at %s and %s are both free: they "
                             "merge into one block of %u frames."),
                          lower.s, upper.s,
                          1u << number (it, VM_V_BLOCK_ORDER));
}

/* A module of the kernel calls. */
static char *
say_module_call (const SceneSubject *it, const char *gfp)
{
  guint64 argument = it->v[VM_V_FUNCTION_ARGUMENT];
  const char *module
      = vm_machine_name (it->machine, (guint32) it->v[VM_V_FUNCTION_MODULE]);

  if (it->v[VM_V_FUNCTION] == VM_FUNCTION_GET_PAGES)
    /* Translators: a module; a flag; an order; a number of frames. Code stays
     * as it is. */
    return g_strdup_printf (
        _ ("Module %s calls __get_free_pages (%s, %u): 2^%u "
           "frames in a row."),
        module, gfp, (guint) argument, (guint) argument);
  /* Translators: a module; bytes; a flag. */
  return g_strdup_printf (_ ("Module %s calls kmalloc (%" PRIu64 ", %s)."),
                          module, argument, gfp);
}

static char *
say_call (const SceneSubject *it)
{
  guint64 argument = it->v[VM_V_FUNCTION_ARGUMENT];
  SceneNumber va = address (it, VM_V_FUNCTION_ARGUMENT);
  guint64 flags = it->v[VM_V_FUNCTION_GFP];
  const char *gfp = flags < VM_GFPS ? vm_gfp_name ((enum vm_gfp) flags) : "";

  if (it->v[VM_V_FUNCTION_MODULE] != VM_NONE)
    return say_module_call (it, gfp);
  switch ((enum vm_kernel_function) it->v[VM_V_FUNCTION]) {
  case VM_FUNCTION_GET_PAGES:
    /* Translators: a flag; an order; a number of frames. */
    return g_strdup_printf (_ ("The kernel calls __get_free_pages (%s, %u): "
                               "2^%u frames in a row."),
                            gfp, (guint) argument, (guint) argument);
  case VM_FUNCTION_FREE_PAGES:
    return g_strdup_printf (_ ("The kernel calls free_pages (%s)."),
                            argument == 0 ? "0" : va.s);
  case VM_FUNCTION_KMALLOC:
    /* Translators: bytes; a flag. */
    return g_strdup_printf (_ ("The kernel calls kmalloc (%" PRIu64 ", %s)."),
                            argument, gfp);
  case VM_FUNCTION_KFREE:
    break;
  }
  return g_strdup_printf (_ ("The kernel calls kfree (%s)."),
                          argument == 0 ? "NULL" : va.s);
}

static char *
say_given (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_GIVEN_ADDRESS);
  SceneNumber first = frame (it, VM_V_GIVEN_FRAME);
  SceneNumber bytes = scene_number_size (it->v[VM_V_GIVEN_BYTES]);

  if (it->v[VM_V_GIVEN_FRAME] == VM_NONE && it->v[VM_V_GIVEN_ERROR] != 0)
    return g_strdup (_ ("It returns NULL: there is no memory for it."));
  if (it->v[VM_V_GIVEN_FRAME] == VM_NONE)
    /* Translators: an address. */
    return g_strdup_printf (_ ("It returns %s: no memory, but it may be "
                               "freed."),
                            va.s);
  if (it->v[VM_V_GIVEN_ADDRESS] == 0)
    /* Translators: a frame. */
    return g_strdup_printf (_ ("It gets frame %s, in high memory: the kernel "
                               "has no address for it until it maps it."),
                            first.s);
  /* Translators: an address, “4 KiB”, a frame. */
  return g_strdup_printf (_ ("It returns %s: %s, in frame %s."), va.s, bytes.s,
                          first.s);
}

static char *
say_return (const SceneSubject *it)
{
  guint64 function = it->v[VM_V_FUNCTION];

  if (function == VM_FUNCTION_GET_PAGES || function == VM_FUNCTION_KMALLOC)
    return say_given (it);
  if (it->v[VM_V_GIVEN_ERROR] != 0)
    return g_strdup (_ ("It returns, and nothing is freed."));
  return g_strdup (_ ("It returns."));
}

static char *
say_new (const SceneSubject *it)
{
  SceneNumber first = frame (it, VM_V_SLAB_FRAME);
  SceneNumber name = cache (it->v[VM_V_SLAB_SIZE]);

  return g_strdup_printf (
      /* Translators: a frame, a number of frames, a number of objects, the name
       * of a cache. The plural is about the frames. */
      g_dngettext (GETTEXT_PACKAGE,
                   "From %1$s on, %2$u frame becomes a slab of %3$u objects "
                   "for %4$s, each with the address of the next in it.",
                   "From %1$s on, %2$u frames become a slab of %3$u objects "
                   "for %4$s, each with the address of the next in it.",
                   1u << number (it, VM_V_SLAB_ORDER)),
      first.s, 1u << number (it, VM_V_SLAB_ORDER),
      number (it, VM_V_SLAB_OBJECTS), name.s);
}

static char *
say_pick (const SceneSubject *it)
{
  SceneNumber first = frame (it, VM_V_SLAB_FRAME);
  SceneNumber name = cache (it->v[VM_V_SLAB_SIZE]);
  guint used = number (it, VM_V_SLAB_USED);
  guint objects = number (it, VM_V_SLAB_OBJECTS);

  if (it->v[VM_V_SLAB_STATE] == VM_SLAB_ACTIVE)
    /* Translators: a cache, a frame, two numbers of objects. */
    return g_strdup_printf (_ ("The active slab of %s, at frame %s, has a free "
                               "object: %u of %u are given out."),
                            name.s, first.s, used, objects);
  return g_strdup_printf (_ ("The active slab of %s is full. The first partial "
                             "one, at frame %s, takes its place: %u of %u "
                             "objects are given out."),
                          name.s, first.s, used, objects);
}

static char *
say_find (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_FIND_ADDRESS);
  SceneNumber tail = frame (it, VM_V_FIND_TAIL);
  SceneNumber first = frame (it, VM_V_SLAB_FRAME);
  SceneNumber name = cache (it->v[VM_V_SLAB_SIZE]);

  /* Translators: an address, two frames, a cache, a number. */
  return g_strdup_printf (
      _ ("%s lies in frame %s, which belongs to the slab at "
         "frame %s of %s: object %u."),
      va.s, tail.s, first.s, name.s, number (it, VM_V_FIND_INDEX));
}

static char *
say_object (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_OBJECT_ADDRESS);
  SceneNumber next = address (it, VM_V_OBJECT_NEXT);
  gboolean last = it->v[VM_V_OBJECT_NEXT] == 0;

  if (it->step->kind == VM_STEP_OBJECT_TAKE && last)
    /* Translators: an address. */
    return g_strdup_printf (_ ("The last free object, %s, is given out: the "
                               "slab is full."),
                            va.s);
  if (it->step->kind == VM_STEP_OBJECT_TAKE)
    /* Translators: two addresses. */
    return g_strdup_printf (_ ("The first free object, %s, is given out; in it "
                               "stands which is next: %s."),
                            va.s, next.s);
  if (last)
    return g_strdup_printf (_ ("Object %s is free, the only one of its full "
                               "slab, which is partial now."),
                            va.s);
  return g_strdup_printf (_ ("Object %s is free, and the first to be given out "
                             "again; behind it comes %s."),
                          va.s, next.s);
}

static char *
say_gone (const SceneSubject *it)
{
  SceneNumber first = frame (it, VM_V_SLAB_FRAME);
  SceneNumber name = cache (it->v[VM_V_SLAB_SIZE]);

  /* Translators: a frame, a cache. */
  return g_strdup_printf (
      _ ("All objects of the slab at frame %s are free, and "
         "%s has other slabs enough: its frames go back."),
      first.s, name.s);
}

static char *
say_bad (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_BAD_ADDRESS);

  /* Translators: an address. */
  return g_strdup_printf (
      _ ("At %s nothing was given that could be freed so: "
         "it is free already, or never was what it is taken "
         "for."),
      va.s);
}

static const char *
module_of (const SceneSubject *it)
{
  return vm_machine_name (it->machine, (guint32) it->v[VM_V_RMMOD_MODULE]);
}

static char *
say_rmmod (const SceneSubject *it)
{
  guint grants = number (it, VM_V_RMMOD_GRANTS);

  if (grants == 0)
    /* Translators: a module. */
    return g_strdup_printf (_ ("The module %s goes. It has given everything "
                               "back."),
                            module_of (it));
  return g_strdup_printf (
      /* Translators: a module; how many pieces of memory. */
      ngettext (
          "The module %s goes, and has not given %u piece of memory back.",
          "The module %s goes, and has not given %u pieces of memory "
          "back.",
          grants),
      module_of (it), grants);
}

static char *
say_leak (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_LEAK_ADDRESS);

  return g_strdup_printf (
      /* Translators: bytes; an address. */
      g_dngettext (
          GETTEXT_PACKAGE,
          "%1$u byte at %2$s is lost: nobody knows its address any "
          "more.",
          "%1$u bytes at %2$s are lost: nobody knows their address any "
          "more.",
          number (it, VM_V_LEAK_BYTES)),
      number (it, VM_V_LEAK_BYTES), va.s);
}

static char *
say_huge (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_HUGE_VA);

  /* Translators: a process, an address, a number of pages. */
  return g_strdup_printf (_ ("The large page of process %s at %s is split: a "
                             "table of %u small pages takes the place of its "
                             "entry."),
                          scene_subject_process (it, it->v[VM_V_HUGE_PROCESS]),
                          va.s, number (it, VM_V_HUGE_PAGES));
}

char *
scene_say_alloc (const SceneSubject *it)
{
  static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *) = {
      [VM_STEP_ZONE_TRY] = say_try,         [VM_STEP_BLOCK_SPLIT] = say_split,
      [VM_STEP_BLOCK_MERGE] = say_merge,    [VM_STEP_KERNEL_CALL] = say_call,
      [VM_STEP_KERNEL_RETURN] = say_return, [VM_STEP_SLAB_NEW] = say_new,
      [VM_STEP_SLAB_PICK] = say_pick,       [VM_STEP_SLAB_FIND] = say_find,
      [VM_STEP_OBJECT_TAKE] = say_object,   [VM_STEP_OBJECT_PUT] = say_object,
      [VM_STEP_SLAB_GONE] = say_gone,       [VM_STEP_BAD_FREE] = say_bad,
      [VM_STEP_RMMOD] = say_rmmod,          [VM_STEP_LEAK] = say_leak,
      [VM_STEP_HUGE_SPLIT] = say_huge,
  };

  return sentences[it->step->kind](it);
}

/* A buddy's number differs in one bit. */
static char *
more_buddies (const SceneSubject *it)
{
  SceneNumber lower = frame (it, VM_V_BLOCK_FRAME);
  SceneNumber upper = frame (it, VM_V_BLOCK_BUDDY);
  guint order = number (it, VM_V_BLOCK_ORDER) - 1;

  /* Translators: a frame, two numbers that are the same, a frame. XOR stays as
   * it is. */
  return g_strdup_printf (_ ("%s XOR 2^%u = %s: buddies differ in bit %u "
                             "alone."),
                          lower.s, order, upper.s, order);
}

static char *
more_given (const SceneSubject *it)
{
  guint64 spare = it->v[VM_V_GIVEN_BYTES] - it->v[VM_V_GIVEN_ASKED];

  if (it->v[VM_V_FUNCTION] != VM_FUNCTION_KMALLOC || spare == 0
      || it->v[VM_V_GIVEN_FRAME] == VM_NONE)
    return NULL;
  return g_strdup_printf (
      /* Translators: bytes asked for, bytes given; the difference. */
      _ ("%u bytes were asked for, %u are given: %u are lost inside "
         "(internal fragmentation)."),
      number (it, VM_V_GIVEN_ASKED), number (it, VM_V_GIVEN_BYTES),
      (guint) spare);
}

char *
scene_more_alloc (const SceneSubject *it)
{
  switch (it->step->kind) {
  case VM_STEP_BLOCK_SPLIT:
  case VM_STEP_BLOCK_MERGE:
    return more_buddies (it);
  case VM_STEP_KERNEL_RETURN:
    return more_given (it);
  case VM_STEP_SLAB_FIND:
    return g_strdup (_ ("All that kfree is given is an address: its frame says "
                        "which slab it belongs to."));
  case VM_STEP_BAD_FREE:
    return g_strdup (_ ("A real kernel may not notice, and go on with lists "
                        "that are wrong."));
  case VM_STEP_LEAK:
    return g_strdup (_ ("Processes are cleaned up after; the kernel's code is "
                        "not. Only a restart brings this memory back."));
  case VM_STEP_HUGE_SPLIT:
    return g_strdup (
        _ ("Its frames stay where they are. From now on each small "
           "page can be protected, copied or unmapped by "
           "itself."));
  default:
    return NULL;
  }
}
