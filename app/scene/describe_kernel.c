/* Sentences about the kernel's half. */
#include "describe_kernel.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static guint
count_of (const SceneSubject *it, guint slot)
{
  return (guint) it->v[slot];
}

static SceneNumber
frame_of (const SceneSubject *it, guint slot)
{
  return scene_number_frame (it->geometry, it->v[slot]);
}

/* An address of the kernel's, as wide as a register. */
static SceneNumber
address_of (guint64 va)
{
  SceneNumber number;

  g_snprintf (number.s, sizeof number.s, "0x%08" G_GINT64_MODIFIER "x", va);
  return number;
}

SceneNumber
scene_kernel_version (guint version)
{
  SceneNumber number;

  g_snprintf (number.s, sizeof number.s, "%u.%u", version >> 16,
              version & 0xffff);
  return number;
}

const char *
scene_area_title (enum vm_kernel_area area)
{
  static const char *const titles[VM_AREAS] = {
      [VM_AREA_USER] = N_ ("user space"),
      [VM_AREA_NON_CANONICAL] = N_ ("no addresses"),
      [VM_AREA_UNUSED] = N_ ("unused"),
      [VM_AREA_GUARD] = N_ ("guard hole"),
      [VM_AREA_LDT] = N_ ("LDT remap"),
      [VM_AREA_DIRECT] = N_ ("direct map"),
      [VM_AREA_VMALLOC] = N_ ("vmalloc"),
      [VM_AREA_VMEMMAP] = N_ ("vmemmap"),
      [VM_AREA_KASAN] = N_ ("KASAN shadow"),
      [VM_AREA_CPU_ENTRY] = N_ ("cpu_entry_area"),
      [VM_AREA_ESPFIX] = N_ ("espfix stacks"),
      [VM_AREA_EFI] = N_ ("EFI"),
      [VM_AREA_TEXT] = N_ ("kernel image"),
      [VM_AREA_MODULES] = N_ ("modules"),
      [VM_AREA_PKMAP] = N_ ("pkmap"),
      [VM_AREA_FIXMAP] = N_ ("fixmap"),
      [VM_AREA_VSYSCALL] = N_ ("vsyscall"),
      [VM_AREA_PCI_IO] = N_ ("PCI I/O"),
  };

  return _ (titles[area]);
}

const char *
scene_rule_sentence (enum vm_kernel_rule rule)
{
  switch (rule) {
  case VM_RULE_LINEAR:
    return _ ("Physical address = address − PAGE_OFFSET.");
  case VM_RULE_TEXT:
    return _ ("Physical address = address − start of the area + phys_base.");
  case VM_RULE_TABLES:
    return _ ("Only the kernel's page tables know: frames come from anywhere.");
  case VM_RULE_PROCESS:
    return _ ("Only the page tables of the process know.");
  case VM_RULE_NO_MEMORY:
    return _ ("The direct map goes on, but memory has ended.");
  case VM_RULE_NOTHING:
    return _ ("Nothing is ever mapped there.");
  case VM_RULE_NO_ADDRESS:
    break;
  }
  return _ ("It is not canonical: using it raises an exception.");
}

static char *
say_build (const SceneSubject *it)
{
  SceneNumber version
      = scene_kernel_version (count_of (it, VM_V_KERNEL_VERSION));
  SceneNumber offset = address_of (it->v[VM_V_KERNEL_OFFSET]);
  SceneNumber direct = scene_number_size (it->v[VM_V_KERNEL_DIRECT]);

  /* Translators: a version of Linux, "1 GiB", an address. */
  return g_strdup_printf (_ ("Linux %s builds its half of the address space: "
                             "its direct map of %s begins at %s."),
                          version.s, direct.s, offset.s);
}

static char *
say_own (const SceneSubject *it)
{
  guint count = count_of (it, VM_V_KERNEL_OWN_COUNT);
  SceneNumber first = frame_of (it, VM_V_KERNEL_OWN_FRAME);
  enum vm_kernel_area area = (enum vm_kernel_area) it->v[VM_V_KERNEL_OWN_AREA];

  return g_strdup_printf (
      /* Translators: how many frames, the first of them, "kernel image". */
      g_dngettext (GETTEXT_PACKAGE,
                   "%u frame, %s, is the kernel's own from now on: %s.",
                   "%u frames from %s on are the kernel's own from now on: "
                   "%s.",
                   count),
      count, first.s, scene_area_title (area));
}

static char *
say_maps (const SceneSubject *it)
{
  guint count = count_of (it, VM_V_KERNEL_MAPS_COUNT);
  SceneNumber size = scene_number_size (it->v[VM_V_KERNEL_MAPS_SIZE]);
  SceneNumber va = address_of (it->v[VM_V_KERNEL_MAPS_VA]);
  SceneNumber frame = frame_of (it, VM_V_KERNEL_MAPS_FRAME);
  enum vm_kernel_area area = (enum vm_kernel_area) it->v[VM_V_KERNEL_MAPS_AREA];

  return g_strdup_printf (
      /* Translators: how many entries; "direct map"; "2 MiB"; an address, a
         frame. */
      g_dngettext (GETTEXT_PACKAGE,
                   "%u entry (%s) maps %s at %s, to the frames from %s on.",
                   "%u entries (%s) map %s each, from %s on, to the frames "
                   "from %s on.",
                   count),
      count, scene_area_title (area), size.s, va.s, frame.s);
}

static char *
say_user (const SceneSubject *it)
{
  SceneNumber root = frame_of (it, VM_V_KERNEL_USER_ROOT);
  SceneNumber size = scene_number_size (it->v[VM_V_KERNEL_USER_SIZE]);

  /* Translators: a frame, "2 MiB". */
  return g_strdup_printf (_ ("KPTI: user mode's roots will name what the one "
                             "in frame %s names of this half: the "
                             "cpu_entry_area and %s of the image, no more."),
                          root.s, size.s);
}

static char *
say_vmalloc (const SceneSubject *it)
{
  guint pages = count_of (it, VM_V_VMALLOC_PAGES);

  if (it->v[VM_V_VMALLOC_OWNER] != VM_NONE)
    return g_strdup_printf (
        /* Translators: a module; bytes; whole pages. */
        g_dngettext (GETTEXT_PACKAGE,
                     "Module %s asks vmalloc for %" PRIu64 " bytes: %u page.",
                     "Module %s asks vmalloc for %" PRIu64 " bytes: %u pages.",
                     pages),
        vm_machine_name (it->machine, (guint32) it->v[VM_V_VMALLOC_OWNER]),
        it->v[VM_V_VMALLOC_BYTES], pages);
  return g_strdup_printf (
      /* Translators: bytes; whole pages. */
      g_dngettext (GETTEXT_PACKAGE,
                   "The kernel asks vmalloc for %" PRIu64 " bytes: %u page.",
                   "The kernel asks vmalloc for %" PRIu64 " bytes: %u pages.",
                   pages),
      it->v[VM_V_VMALLOC_BYTES], pages);
}

static char *
say_area (const SceneSubject *it)
{
  SceneNumber va = address_of (it->v[VM_V_VMALLOC_AREA_VA]);
  SceneNumber guard = address_of (it->v[VM_V_VMALLOC_AREA_GUARD]);

  /* Translators: two addresses. */
  return g_strdup_printf (_ ("The first gap that is large enough begins at "
                             "%s; the page at %s behind it stays empty, as a "
                             "guard."),
                          va.s, guard.s);
}

static char *
say_vfree (const SceneSubject *it)
{
  guint pages = count_of (it, VM_V_VMALLOC_PAGES);
  SceneNumber va = address_of (it->v[VM_V_VMALLOC_VA]);

  return g_strdup_printf (
      /* Translators: an address; how many pages. */
      g_dngettext (GETTEXT_PACKAGE,
                   "With vfree the area at %s goes back: %u page.",
                   "With vfree the area at %s goes back: %u pages.", pages),
      va.s, pages);
}

static char *
say_sync (const SceneSubject *it)
{
  /* Translators: a process, the number of an entry, a frame. */
  return g_strdup_printf (
      _ ("Process %s's root does not know that table yet: its entry %u gets "
         "what the kernel's own root has, frame %s."),
      scene_subject_process (it, it->v[VM_V_VMALLOC_SYNC_PROCESS]),
      count_of (it, VM_V_VMALLOC_SYNC_INDEX),
      frame_of (it, VM_V_VMALLOC_SYNC_TABLE).s);
}

static char *
say_kmap (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_KMAP_FRAME);
  SceneNumber va = address_of (it->v[VM_V_KMAP_VA]);
  guint slot = count_of (it, VM_V_KMAP_SLOT);

  switch ((enum vm_kmap_kind) it->v[VM_V_KMAP_KIND]) {
  case VM_KMAP_DIRECT:
    break;
  case VM_KMAP_PKMAP:
    if (it->v[VM_V_KMAP_USERS] > 1)
      /* Translators: a frame, the number of a window, an address. */
      return g_strdup_printf (_ ("Frame %s is in window %u of kmap already, at "
                                 "%s."),
                              frame.s, slot, va.s);
    return g_strdup_printf (_ ("Frame %s has no address of the kernel's: "
                               "window %u of kmap, at %s, opens on it."),
                            frame.s, slot, va.s);
  case VM_KMAP_LOCAL:
    return g_strdup_printf (_ ("Frame %s has no address of the kernel's: "
                               "window %u of this processor, at %s, opens on "
                               "it."),
                            frame.s, slot, va.s);
  }
  /* Translators: a frame, an address. */
  return g_strdup_printf (_ ("Frame %s is in the direct map: its address is "
                             "%s, and nothing need be mapped."),
                          frame.s, va.s);
}

static char *
say_kunmap (const SceneSubject *it)
{
  SceneNumber frame = frame_of (it, VM_V_KMAP_FRAME);
  guint slot = count_of (it, VM_V_KMAP_SLOT);

  switch ((enum vm_kmap_kind) it->v[VM_V_KMAP_KIND]) {
  case VM_KMAP_DIRECT:
    break;
  case VM_KMAP_PKMAP:
    if (it->v[VM_V_KMAP_USERS] > 0)
      /* Translators: the number of a window, a frame. */
      return g_strdup_printf (_ ("One user less of window %u of kmap on frame "
                                 "%s."),
                              slot, frame.s);
    return g_strdup_printf (_ ("Nobody uses window %u of kmap on frame %s any "
                               "more; it stays open until the windows are "
                               "used up."),
                            slot, frame.s);
  case VM_KMAP_LOCAL:
    return g_strdup_printf (_ ("Window %u of this processor on frame %s "
                               "closes at once."),
                            slot, frame.s);
  }
  /* Translators: a frame. */
  return g_strdup_printf (_ ("Frame %s stays in the direct map: nothing is to "
                             "be done."),
                          frame.s);
}

static char *
say_flush (const SceneSubject *it)
{
  guint cleared = count_of (it, VM_V_KMAP_FLUSH_CLEARED);

  return g_strdup_printf (
      /* Translators: windows of kmap; how many there are. */
      g_dngettext (GETTEXT_PACKAGE,
                   "Once around all %2$u windows: %1$u that nobody uses is "
                   "cleared, and the TLBs forget it.",
                   "Once around all %2$u windows: %1$u that nobody uses are "
                   "cleared, and the TLBs forget them at once.",
                   cleared),
      cleared, count_of (it, VM_V_KMAP_FLUSH_SLOTS));
}

static char *
say_address (const SceneSubject *it)
{
  enum vm_kernel_area area
      = (enum vm_kernel_area) it->v[VM_V_KERNEL_ADDRESS_AREA];
  enum vm_kernel_rule rule
      = (enum vm_kernel_rule) it->v[VM_V_KERNEL_ADDRESS_RULE];
  SceneNumber va = address_of (it->v[VM_V_KERNEL_ADDRESS_VA]);
  SceneNumber pa
      = scene_number_physical (it->geometry, it->v[VM_V_KERNEL_ADDRESS_PA]);
  gboolean linear = rule == VM_RULE_LINEAR || rule == VM_RULE_TEXT;

  if (linear || it->v[VM_V_KERNEL_ADDRESS_MAPPED])
    /* Translators: an address, "direct map", a physical address. */
    return g_strdup_printf (_ ("%s, %s: physical address %s."), va.s,
                            scene_area_title (area), pa.s);
  if (rule == VM_RULE_TABLES)
    return g_strdup_printf (_ ("%s, %s: no page is mapped there now."), va.s,
                            scene_area_title (area));
  return g_strdup_printf (_ ("%s, %s: no physical address."), va.s,
                          scene_area_title (area));
}

static char *
say_copy (const SceneSubject *it)
{
  guint count = count_of (it, VM_V_KERNEL_COPY_COUNT);

  return g_strdup_printf (
      /* Translators: a frame; the number of an entry; a frame; how many. */
      g_dngettext (GETTEXT_PACKAGE,
                   "The new root in frame %s gets the kernel's entry %u, as it "
                   "stands in frame %s.",
                   "The new root in frame %s gets the kernel's entries from %u "
                   "on, as they stand in frame %s: %u of them.",
                   count),
      frame_of (it, VM_V_KERNEL_COPY_ROOT).s,
      count_of (it, VM_V_KERNEL_COPY_FIRST),
      frame_of (it, VM_V_KERNEL_COPY_FROM).s, count);
}

static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *it)
    = {[VM_STEP_KERNEL] = say_build,     [VM_STEP_KERNEL_OWN] = say_own,
       [VM_STEP_KERNEL_MAPS] = say_maps, [VM_STEP_KERNEL_USER] = say_user,
       [VM_STEP_VMALLOC] = say_vmalloc,  [VM_STEP_VMALLOC_AREA] = say_area,
       [VM_STEP_VFREE] = say_vfree,      [VM_STEP_VMALLOC_SYNC] = say_sync,
       [VM_STEP_KMAP] = say_kmap,        [VM_STEP_KUNMAP] = say_kunmap,
       [VM_STEP_KMAP_FLUSH] = say_flush, [VM_STEP_KERNEL_ADDRESS] = say_address,
       [VM_STEP_KERNEL_COPY] = say_copy};

char *
scene_say_kernel (const SceneSubject *it)
{
  return sentences[it->step->kind](it);
}

static const char *
more_maps (const SceneSubject *it)
{
  if (it->v[VM_V_KERNEL_MAPS_AREA] == VM_AREA_DIRECT)
    return _ ("From now on each of these frames has an address, whoever has "
              "it: the entries count for nothing.");
  return NULL;
}

/* What does not depend on the step's numbers. */
static const char *const reasons[VM_STEP_KINDS] = {
    [VM_STEP_KERNEL] = N_ ("All processes will name the same tables there: "
                           "built once, seen by all."),
    [VM_STEP_KERNEL_OWN] = N_ ("The allocator will never give them to anybody "
                               "else."),
    [VM_STEP_KERNEL_USER] = N_ ("What user mode's root does not name, a "
                                "processor in user mode cannot even guess at."),
    [VM_STEP_VMALLOC] = N_ ("Pages are whole, so the rest of the last one is "
                            "given, too."),
    [VM_STEP_VMALLOC_AREA] = N_ ("Addresses follow each other; frames need "
                                 "not. Whoever runs over the end faults "
                                 "instead of writing into the next area."),
    [VM_STEP_VFREE] = N_ ("Frames go back, entries are cleared, TLBs forget "
                          "them on all processors. The tables stay for the "
                          "next area."),
    [VM_STEP_VMALLOC_SYNC] = N_ ("Until Linux 5.8 roots learned of such "
                                 "tables only when they needed them. The "
                                 "access is tried again."),
    [VM_STEP_KERNEL_COPY] = N_ ("Copying a few entries is all that it takes: "
                                "below them all processes have the same "
                                "tables."),
    [VM_STEP_KMAP_FLUSH] = N_ ("Flushing for all of them at once is much "
                               "cheaper than for each one when it closes."),
};

char *
scene_more_kernel (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_KERNEL_MAPS)
    return g_strdup (more_maps (it));
  if (it->step->kind == VM_STEP_KERNEL_ADDRESS)
    return g_strdup (scene_rule_sentence (
        (enum vm_kernel_rule) it->v[VM_V_KERNEL_ADDRESS_RULE]));
  const char *reason = reasons[it->step->kind];
  return reason == NULL ? NULL : g_strdup (_ (reason));
}
