/* The sentences about segments. */
#include "describe_segment.h"

#include <glib/gi18n-lib.h>

#include "numbers.h"

/* "DS" */
static const char *
register_of (guint64 which)
{
  static const char *const names[VM_SEGMENT_REGISTERS]
      = {"ES", "CS", "SS", "DS", "FS", "GS"};

  return which < VM_SEGMENT_REGISTERS ? names[which] : "?";
}

static SceneNumber
hex (guint64 value)
{
  SceneNumber number;

  g_snprintf (number.s, sizeof number.s, "0x%" G_GINT64_MODIFIER "x", value);
  return number;
}

static char *
say_segments (const SceneSubject *it)
{
  if (!it->v[VM_V_SEGMENTS_TABLE])
    return g_strdup (_ ("Accesses go by way of segments, but in long mode all "
                        "bases are 0, except those of FS and GS."));
  if (it->v[VM_V_SEGMENTS_FLAT])
    return g_strdup (_ ("The kernel makes segments that all begin at 0 and "
                        "reach over all addresses: the flat model."));
  return g_strdup_printf (
      _ ("The kernel makes a table of segments with %u empty entries."),
      (guint) it->v[VM_V_SEGMENTS_ENTRIES]);
}

static char *
say_write (const SceneSubject *it)
{
  SceneNumber raw = hex (it->v[VM_V_DESCRIPTOR_RAW]);
  SceneNumber base = hex (it->v[VM_V_DESCRIPTOR_BASE]);
  SceneNumber last = hex (it->v[VM_V_DESCRIPTOR_LAST]);

  return g_strdup_printf (
      /* Translators: number of an entry, the entry in hex, an address, an
         offset. */
      _ ("Entry %u of the GDT becomes %s: base %s, last offset %s."),
      (guint) it->v[VM_V_DESCRIPTOR_INDEX], raw.s, base.s, last.s);
}

static char *
say_selector (const SceneSubject *it)
{
  SceneNumber selector = hex (it->v[VM_V_SELECTOR_SELECTOR]);

  return g_strdup_printf (
      /* Translators: a selector in hex, its index, two numbers. */
      _ ("Selector %s is taken apart: index %u, TI %u, RPL %u."), selector.s,
      (guint) it->v[VM_V_SELECTOR_INDEX], (guint) it->v[VM_V_SELECTOR_TABLE],
      (guint) it->v[VM_V_SELECTOR_RPL]);
}

static char *
say_read (const SceneSubject *it)
{
  SceneNumber raw = hex (it->v[VM_V_DESCRIPTOR_RAW]);
  SceneNumber pa
      = scene_number_physical (it->geometry, it->v[VM_V_DESCRIPTOR_PA]);

  /* Translators: number of an entry, an address, the entry in hex. */
  return g_strdup_printf (_ ("The processor reads entry %u of the GDT, at "
                             "physical address %s: %s."),
                          (guint) it->v[VM_V_DESCRIPTOR_INDEX], pa.s, raw.s);
}

static char *
say_cache (const SceneSubject *it)
{
  SceneNumber base = hex (it->v[VM_V_CACHE_BASE]);
  SceneNumber last = hex (it->v[VM_V_CACHE_LAST]);
  const char *name = register_of (it->v[VM_V_SEGMENT_REGISTER]);

  if (it->v[VM_V_CACHE_LAST] == 0 && it->v[VM_V_SEGMENT_SELECTOR] >> 2 == 0)
    return g_strdup_printf (_ ("%s is empty now: it cannot be used."), name);
  if (it->v[VM_V_CACHE_LAST] == UINT64_MAX)
    return g_strdup_printf (_ ("%s has base %s now."), name, base.s);
  /* Translators: "DS", an address, an offset. */
  return g_strdup_printf (_ ("%s keeps the descriptor: base %s, last offset "
                             "%s."),
                          name, base.s, last.s);
}

/* What is asked of a segment, and the answer. */
static char *
say_verdict (enum vm_segment_verdict verdict, const char *name, guint cpl,
             guint dpl)
{
  switch (verdict) {
  case VM_SEGMENT_ALLOWED:
    break;
  case VM_SEGMENT_NULL:
    return g_strdup_printf (_ ("%s holds no segment: refused."), name);
  case VM_SEGMENT_BEYOND_TABLE:
    return g_strdup_printf (_ ("The GDT has no such entry for %s: refused."),
                            name);
  case VM_SEGMENT_SYSTEM:
    return g_strdup_printf (
        _ ("S is 0: no segment of code or data for %s. Refused."), name);
  case VM_SEGMENT_WRONG_TYPE:
    return g_strdup_printf (_ ("The segment's type is not one for %s: "
                               "refused."),
                            name);
  case VM_SEGMENT_PRIVILEGE:
    /* Translators: "DS", two levels of privilege, 0 to 3. */
    return g_strdup_printf (_ ("%s: the segment has DPL %u, the program CPL "
                               "%u. Refused."),
                            name, dpl, cpl);
  case VM_SEGMENT_NOT_PRESENT:
    return g_strdup_printf (_ ("P is 0: the segment for %s is not present."),
                            name);
  case VM_SEGMENT_NO_READ:
    return g_strdup_printf (_ ("The segment of %s cannot be read: refused."),
                            name);
  case VM_SEGMENT_NO_WRITE:
    return g_strdup_printf (_ ("The segment of %s cannot be written: refused."),
                            name);
  }
  /* Translators: "DS", two levels of privilege, 0 to 3. */
  return g_strdup_printf (_ ("%s: type and privilege (DPL %u, CPL %u) allow "
                             "it."),
                          name, dpl, cpl);
}

static char *
say_limit (const SceneSubject *it)
{
  SceneNumber last = hex (it->v[VM_V_LIMIT_LAST]);
  SceneNumber low = hex (it->v[VM_V_LIMIT_LOWEST]);
  SceneNumber high = hex (it->v[VM_V_LIMIT_HIGHEST]);

  return g_strdup_printf (
      it->v[VM_V_LIMIT_INSIDE]
          /* Translators: three offsets. */
          ? _ ("The last byte has offset %s, between %s and %s: allowed.")
          : _ ("The last byte has offset %s, not between %s and %s: refused."),
      last.s, low.s, high.s);
}

static char *
say_add (const SceneSubject *it)
{
  SceneNumber base = hex (it->v[VM_V_ADD_BASE]);
  SceneNumber offset = hex (it->v[VM_V_ADD_OFFSET]);
  SceneNumber linear
      = scene_number_virtual (it->geometry, it->v[VM_V_ADD_LINEAR]);

  /* Translators: a base, an offset, an address. */
  return g_strdup_printf (_ ("Base %s and offset %s add up to linear address "
                             "%s."),
                          base.s, offset.s, linear.s);
}

static char *
say_use (const SceneSubject *it)
{
  SceneNumber offset = hex (it->v[VM_V_USE_OFFSET]);
  const char *name = register_of (it->v[VM_V_SEGMENT_REGISTER]);
  const char *process = scene_subject_process (it, it->v[VM_V_USE_PROCESS]);

  /* Translators: a process, "DS", an offset. */
  return g_strdup_printf (_ ("Process %s goes through %s, offset %s."), process,
                          name, offset.s);
}

static char *
say_load (const SceneSubject *it)
{
  SceneNumber selector = hex (it->v[VM_V_SEGMENT_SELECTOR]);

  return g_strdup_printf (
      /* Translators: "DS", a selector. */
      _ ("Register %s is to be loaded with selector %s."),
      register_of (it->v[VM_V_SEGMENT_REGISTER]), selector.s);
}

char *
scene_say_segment (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_SEGMENTS)
    return say_segments (it);
  if (it->step->kind == VM_STEP_DESCRIPTOR_WRITE)
    return say_write (it);
  if (it->step->kind == VM_STEP_SEGMENT_LOAD)
    return say_load (it);
  if (it->step->kind == VM_STEP_SELECTOR)
    return say_selector (it);
  if (it->step->kind == VM_STEP_DESCRIPTOR_READ)
    return say_read (it);
  if (it->step->kind == VM_STEP_DESCRIPTOR_ACCESSED)
    return g_strdup (_ ("The processor marks the descriptor as accessed."));
  if (it->step->kind == VM_STEP_SEGMENT_CACHE)
    return say_cache (it);
  if (it->step->kind == VM_STEP_SEGMENT_USE)
    return say_use (it);
  if (it->step->kind == VM_STEP_SEGMENT_LIMIT)
    return say_limit (it);
  if (it->step->kind == VM_STEP_SEGMENT_ADD)
    return say_add (it);
  return say_verdict ((enum vm_segment_verdict) it->v[VM_V_SEGMENT_VERDICT],
                      register_of (it->v[VM_V_SEGMENT_RIGHTS_REGISTER]),
                      (guint) it->v[VM_V_SEGMENT_CPL],
                      (guint) it->v[VM_V_SEGMENT_DPL]);
}

char *
scene_more_segment (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_SEGMENT_CACHE)
    return g_strdup (_ ("Accesses ask only what the register keeps; a later "
                        "change of the GDT does not reach it."));
  if (it->step->kind == VM_STEP_SEGMENT_ADD)
    return g_strdup (_ ("Paging translates the linear address next."));
  return NULL;
}

char *
scene_say_segment_fault (const SceneSubject *it)
{
  guint error = (guint) it->v[VM_V_FAULT_ERROR];

  if (it->v[VM_V_FAULT_VECTOR] == VM_VECTOR_SEGMENT_NOT_PRESENT)
    return g_strdup_printf (_ ("Segment not present (#11), error code 0x%x."),
                            error);
  if (it->v[VM_V_FAULT_VECTOR] == VM_VECTOR_STACK_SEGMENT)
    return g_strdup_printf (_ ("Stack-segment fault (#12), error code 0x%x."),
                            error);
  return g_strdup_printf (_ ("General protection fault (#13) by a segment, "
                             "error code 0x%x."),
                          error);
}
