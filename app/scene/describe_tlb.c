/* The sentences about several TLBs and several processors. */
#include "describe_tlb.h"

#include <glib/gi18n-lib.h>

#include "numbers.h"

char *
scene_tlb_name (const SceneSubject *it)
{
  guint cpu = it->step->cpu;
  gboolean many = it->cpus > 1;

  switch ((enum vm_tlb_unit) it->step->unit) {
  case VM_TLB_DATA:
    break;
  case VM_TLB_CODE:
    return many ? g_strdup_printf (_ ("the instruction TLB of processor %u"),
                                   cpu)
                : g_strdup (_ ("the instruction TLB"));
  case VM_TLB_SECOND:
    return many ? g_strdup_printf (_ ("the second-level TLB of processor %u"),
                                   cpu)
                : g_strdup (_ ("the second-level TLB"));
  }
  if (it->split)
    return many ? g_strdup_printf (_ ("the data TLB of processor %u"), cpu)
                : g_strdup (_ ("the data TLB"));
  if (it->levels > 1)
    return many ? g_strdup_printf (_ ("the first-level TLB of processor %u"),
                                   cpu)
                : g_strdup (_ ("the first-level TLB"));
  return many ? g_strdup_printf (_ ("the TLB of processor %u"), cpu)
              : g_strdup (_ ("the TLB"));
}

static SceneNumber
page_of (const SceneSubject *it, guint64 page)
{
  return scene_number_page (it->geometry, page, (guint) it->v[VM_V_TLB_SHIFT]);
}

static char *
say_probe (const SceneSubject *it, const char *tlb, const char *page)
{
  if (it->sets == 1)
    /* Translators: a page, "the data TLB of processor 1". So in all these. */
    return g_strdup_printf (_ ("Page %s is looked for in %s."), page, tlb);
  /* Translators: a page, a set, "the data TLB". */
  return g_strdup_printf (_ ("Page %s is looked for in set %u of %s."), page,
                          (guint) it->v[VM_V_TLB_SET], tlb);
}

char *
scene_say_tlb (const SceneSubject *it)
{
  g_autofree char *tlb = scene_tlb_name (it);
  SceneNumber page = page_of (it, it->v[VM_V_TLB_PAGE]);
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_TLB_FRAME]);
  guint way = (guint) it->v[VM_V_TLB_WAY];

  if (it->step->kind == VM_STEP_TLB_PROBE)
    return say_probe (it, tlb, page.s);
  if (it->step->kind == VM_STEP_TLB_HIT)
    /* Translators: a page, a frame, "the data TLB". */
    return g_strdup_printf (_ ("Page %s with frame %s is in %s: a hit."),
                            page.s, frame.s, tlb);
  if (it->step->kind == VM_STEP_TLB_MISS)
    return g_strdup_printf (_ ("Page %s is not in %s: a miss."), page.s, tlb);
  if (it->step->kind == VM_STEP_TLB_PROMOTE)
    /* Translators: a page, a frame, "the data TLB", a way. */
    return g_strdup_printf (_ ("Page %s with frame %s is copied into %s, way "
                               "%u."),
                            page.s, frame.s, tlb, way);
  if (it->step->kind == VM_STEP_TLB_FILL)
    /* Translators: a page, a frame, "the data TLB", a way. */
    return g_strdup_printf (_ ("Page %s with frame %s goes into %s, way %u."),
                            page.s, frame.s, tlb, way);
  return g_strdup_printf (_ ("Page %s is dropped from %s."), page.s, tlb);
}

char *
scene_say_victim (const SceneSubject *it)
{
  g_autofree char *tlb = scene_tlb_name (it);
  SceneNumber page = page_of (it, it->v[VM_V_TLB_PAGE]);

  switch ((enum vm_victim_reason) it->v[VM_V_VICTIM_REASON]) {
  case VM_VICTIM_LRU:
    return g_strdup_printf (
        _ ("Page %s must leave %s: its last use is longest ago."), page.s, tlb);
  case VM_VICTIM_PLRU:
    return g_strdup_printf (
        _ ("Page %s must leave %s: the tree's bits point to it."), page.s, tlb);
  case VM_VICTIM_FIFO:
    return g_strdup_printf (
        _ ("Page %s must leave %s: it came in longest ago."), page.s, tlb);
  case VM_VICTIM_RANDOM:
    return g_strdup_printf (_ ("Page %s must leave %s: it was drawn by lot."),
                            page.s, tlb);
  case VM_VICTIM_EMPTY:
    break;
  }
  return g_strdup_printf (_ ("There is room in %s."), tlb);
}

char *
scene_more_victim (const SceneSubject *it)
{
  return g_strdup_printf (_ ("No way of set %u is empty; way %u is taken."),
                          (guint) it->v[VM_V_TLB_SET],
                          (guint) it->v[VM_V_TLB_WAY]);
}

/* The instruction that flushes so. */
static const char *
instruction (const SceneSubject *it)
{
  gboolean named = it->v[VM_V_FLUSH_PROCESS] != VM_NONE;

  if (it->geometry != NULL && it->geometry->family == VM_FAMILY_RISCV)
    return "sfence.vma";
  if (it->geometry != NULL && it->geometry->family == VM_FAMILY_ARM)
    return "TLBI";
  switch ((enum vm_flush_kind) it->v[VM_V_FLUSH_KIND]) {
  case VM_FLUSH_ALL:
  case VM_FLUSH_SPACES:
    return "INVPCID";
  case VM_FLUSH_ADDRESS:
    return named ? "INVPCID" : "INVLPG";
  case VM_FLUSH_ASID:
    return named ? "INVPCID" : "MOV CR3";
  case VM_FLUSH_GLOBAL:
    return "CR4.PGE";
  case VM_FLUSH_NOFLUSH:
    return "MOV CR3";
  }
  return "";
}

char *
scene_say_flush (const SceneSubject *it)
{
  guint cpu = it->step->cpu, asid = (guint) it->v[VM_V_FLUSH_ASID];
  const char *by = instruction (it);
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_FLUSH_VA]);

  switch ((enum vm_flush_kind) it->v[VM_V_FLUSH_KIND]) {
  case VM_FLUSH_ALL:
  case VM_FLUSH_GLOBAL:
    /* Translators: number of a processor, "INVPCID". So in all these. */
    return g_strdup_printf (_ ("Processor %u drops every translation (%s)."),
                            cpu, by);
  case VM_FLUSH_ADDRESS:
    /* Translators: number of a processor, an address, "INVLPG". */
    return g_strdup_printf (_ ("Processor %u drops the page at %s (%s)."), cpu,
                            va.s, by);
  case VM_FLUSH_ASID:
    if (!it->asids)
      break;
    /* Translators: number of a processor, of an address space, "MOV CR3". */
    return g_strdup_printf (
        _ ("Processor %u drops the translations of address space %u (%s)."),
        cpu, asid, by);
  case VM_FLUSH_SPACES:
    break;
  case VM_FLUSH_NOFLUSH:
    return g_strdup_printf (_ ("Processor %u loads its root and drops nothing "
                               "(%s)."),
                            cpu, by);
  }
  return g_strdup_printf (_ ("Processor %u drops every translation that is not "
                             "global (%s)."),
                          cpu, by);
}

char *
scene_more_flush (const SceneSubject *it)
{
  guint dropped = (guint) it->v[VM_V_FLUSH_DROPPED];

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry goes.",
                                       "%u entries go.", dropped),
                          dropped);
}

char *
scene_say_interrupt (const SceneSubject *it)
{
  guint cpu = it->step->cpu, other = (guint) it->v[VM_V_IPI_OTHER];
  guint count = (guint) it->v[VM_V_IPI_COUNT];
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_IPI_VA]);

  if (it->step->kind == VM_STEP_SHOOTDOWN)
    return g_strdup_printf (
        /* Translators: how many processors, an address. */
        g_dngettext (GETTEXT_PACKAGE,
                     "%u other processor may hold the page at %s and must drop "
                     "it, too.",
                     "%u other processors may hold the page at %s and must "
                     "drop it, too.",
                     count),
        count, va.s);
  if (it->step->kind == VM_STEP_IPI_SEND)
    return g_strdup_printf (_ ("Processor %u interrupts processor %u."), cpu,
                            other);
  if (it->step->kind == VM_STEP_IPI_WAIT)
    return g_strdup_printf (
        /* Translators: number of a processor, how many it waits for. */
        g_dngettext (GETTEXT_PACKAGE, "Processor %u waits for %u answer.",
                     "Processor %u waits for %u answers.", count),
        cpu, count);
  if (it->step->kind == VM_STEP_IPI_RECEIVE)
    return g_strdup_printf (_ ("Processor %u stops its work and drops the page "
                               "at %s."),
                            cpu, va.s);
  if (count == 0)
    return g_strdup_printf (_ ("Processor %u tells processor %u that it is "
                               "done; nobody else is awaited."),
                            cpu, other);
  return g_strdup_printf (
      _ ("Processor %u tells processor %u that it is done."), cpu, other);
}

char *
scene_say_put_off (const SceneSubject *it)
{
  guint cpu = it->step->cpu;
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_IPI_VA]);
  const char *process = scene_subject_process (it, it->v[VM_V_IPI_PROCESS]);

  if (it->step->kind == VM_STEP_OWE)
    /* Translators: an address, number of a processor. */
    return g_strdup_printf (_ ("The page at %s stays in the TLB of processor "
                               "%u, out of date: a flush is owed."),
                            va.s, cpu);
  /* Translators: number of a processor, a process. */
  return g_strdup_printf (_ ("Processor %u does not run process %s: it will "
                             "flush before it runs it again."),
                          cpu, process);
}

char *
scene_say_schedule (const SceneSubject *it)
{
  return g_strdup_printf (
      /* Translators: a process, number of a processor. */
      _ ("The kernel lets process %s run on processor %u."),
      scene_subject_process (it, it->v[VM_V_SCHEDULE_PROCESS]), it->step->cpu);
}

char *
scene_say_mode (const SceneSubject *it)
{
  SceneNumber root = scene_number_frame (it->geometry, it->v[VM_V_MODE_ROOT]);

  if (it->v[VM_V_MODE_MODE] == VM_USER_MODE)
    return g_strdup_printf (_ ("On the way to user mode CR3 is loaded with "
                               "frame %s, the root without the kernel."),
                            root.s);
  return g_strdup_printf (_ ("On the way into the kernel CR3 is loaded with "
                             "frame %s, the root that has everything."),
                          root.s);
}

char *
scene_say_psc (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_PSC_LEVEL];
  SceneNumber table = scene_number_frame (it->geometry, it->v[VM_V_PSC_TABLE]);
  const char *name = scene_table_name (it->geometry, level > 1 ? level - 1 : 1);

  if (it->step->kind == VM_STEP_PSC_HIT)
    /* Translators: "page table", a frame. */
    return g_strdup_printf (_ ("The walker remembers that the %s is in frame "
                               "%s, and begins there."),
                            name, table.s);
  return g_strdup_printf (_ ("The walker will remember that the %s is in frame "
                             "%s."),
                          name, table.s);
}

char *
scene_more_psc (const SceneSubject *it)
{
  guint saved = (guint) it->v[VM_V_PSC_SAVED];

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u entry need not be read.",
                                       "%u entries need not be read.", saved),
                          saved);
}

char *
scene_say_tlb_print (const SceneSubject *it)
{
  guint entries = (guint) it->v[VM_V_PRINT_ENTRIES];

  return g_strdup_printf (
      /* Translators: how many entries, number of a processor. */
      g_dngettext (GETTEXT_PACKAGE,
                   "The %u translation that processor %u holds is printed.",
                   "The %u translations that processor %u holds are printed.",
                   entries),
      entries, it->step->cpu);
}
