/* The sentences about memory that was changed by hand. */
#include "describe_poke.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "family.h"
#include "numbers.h"

static char *
say_poke (const SceneSubject *it)
{
  guint width = (guint) it->v[VM_V_POKE_WIDTH];
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_POKE_PA]);
  SceneNumber value = scene_number_data (it->v[VM_V_POKE_VALUE], width);
  SceneNumber before = scene_number_data (it->v[VM_V_POKE_BEFORE], width);

  if (it->v[VM_V_POKE_VALUE] == it->v[VM_V_POKE_BEFORE])
    /* Translators: a number, an address. */
    return g_strdup_printf (_ ("By hand %s is written to physical address %s, "
                               "where it stood already."),
                            value.s, pa.s);
  /* Translators: a number, an address, another number. */
  return g_strdup_printf (_ ("By hand %s is written to physical address %s, "
                             "where %s stood."),
                          value.s, pa.s, before.s);
}

static char *
say_entry (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  SceneNumber table
      = scene_number_frame (it->geometry, it->v[VM_V_ENTRY_TABLE]);
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);
  SceneNumber before
      = scene_number_entry (it->geometry, it->v[VM_V_CHANGE_BEFORE]);

  return g_strdup_printf (
      /* Translators: number of an entry, "page table", a frame; the entry in
         hex, before and after. */
      _ ("Entry %u of the %s in frame %s was %s and is now %s."),
      (guint) it->v[VM_V_ENTRY_INDEX], scene_table_name (it->geometry, level),
      table.s, before.s, raw.s);
}

/* The field of an entry that ends at a bit; NULL if there is none. */
static const struct vm_pte_field *
field_of (const SceneSubject *it)
{
  guint count;

  if (it->geometry == NULL)
    return NULL;
  const struct vm_pte_field *fields
      = vm_pte_fields (it->geometry, (guint) it->v[VM_V_FIELD_LEVEL],
                       it->v[VM_V_FIELD_LEAF] != 0, &count);
  for (guint i = 0; i < count; i++)
    if (fields[i].low == it->v[VM_V_FIELD_LOW])
      return &fields[i];
  return NULL;
}

/* Flags have their letters in every language. */
static const char *
field_label (const struct vm_pte_field *field)
{
  if (strcmp (field->label, "frame") == 0)
    return _ ("frame");
  return strcmp (field->label, "table") == 0 ? _ ("table") : field->label;
}

static char *
say_field (const SceneSubject *it)
{
  const struct vm_pte_field *field = field_of (it);
  const char *label = field == NULL ? "?" : field_label (field);
  guint low = (guint) it->v[VM_V_FIELD_LOW];
  guint high = (guint) it->v[VM_V_FIELD_HIGH];
  guint64 before = it->v[VM_V_FIELD_BEFORE], after = it->v[VM_V_FIELD_AFTER];

  if (low == high)
    /* Translators: number of a bit, its name such as "P"; 0 or 1, twice. */
    return g_strdup_printf (_ ("Bit %u, %s, was %u and is now %u."), low, label,
                            (guint) before, (guint) after);
  g_autofree char *old = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", before);
  g_autofree char *new = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", after);
  /* Translators: two numbers of bits, the field's name such as "frame"; what it
     holds, before and after. */
  return g_strdup_printf (_ ("Bits %u to %u, %s, were %s and are now %s."),
                          high, low, label, old, new);
}

static char *
say_refs (const SceneSubject *it)
{
  guint before = (guint) it->v[VM_V_REFS_BEFORE];
  guint after = (guint) it->v[VM_V_REFS_AFTER];
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_REFS_FRAME]);
  SceneNumber last = scene_number_frame (
      it->geometry, it->v[VM_V_REFS_FRAME] + it->v[VM_V_REFS_COUNT] - 1);

  if (it->v[VM_V_REFS_COUNT] > 1)
    return g_strdup_printf (
        after > before
            /* Translators: first and last of many frames. */
            ? _ ("One reference more leads to each frame from %s to %s.")
            : _ ("One reference less leads to each frame from %s to %s."),
        frame.s, last.s);
  return g_strdup_printf (
      /* Translators: how many references now, a frame, how many before. */
      g_dngettext (GETTEXT_PACKAGE,
                   "%u reference leads to frame %s now, after %u.",
                   "%u references lead to frame %s now, after %u.", after),
      after, frame.s, before);
}

static char *
say_upper (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_PSC_LEVEL];
  SceneNumber table = scene_number_frame (it->geometry, it->v[VM_V_PSC_TABLE]);
  const char *name = scene_table_name (it->geometry, level > 1 ? level - 1 : 1);

  return g_strdup_printf (
      /* Translators: "page table", a frame, number of a processor. */
      _ ("That the %s is in frame %s is still remembered by the walker of "
         "processor %u, out of date: a flush is owed."),
      name, table.s, it->step->cpu);
}

static char *
say_register (const SceneSubject *it)
{
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);

  return g_strdup_printf (
      /* Translators: number of a register, of a processor; the entry in hex. */
      _ ("Register PDPTE%u of processor %u still holds %s: a load of CR3 is "
         "owed."),
      (guint) it->v[VM_V_ENTRY_INDEX], it->step->cpu, raw.s);
}

static char *
more_entry (const SceneSubject *it)
{
  struct vm_pte pte = scene_subject_entry (it);
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_ENTRY_PA]);
  g_autofree char *flags = scene_flag_letters (
      it->geometry, (guint) it->v[VM_V_ENTRY_LEVEL], &pte);

  if (pte.present && pte.reserved != 0)
    return g_strdup_printf (_ ("It lies at physical address %s. A reserved bit "
                               "is set: a walk that reads it faults."),
                            pa.s);
  if (!pte.present)
    return g_strdup_printf (_ ("It lies at physical address %s, and is not "
                               "present now."),
                            pa.s);
  /* Translators: an address, letters such as "P W U". */
  return g_strdup_printf (_ ("It lies at physical address %s; its flags are "
                             "%s now."),
                          pa.s, flags);
}

static char *
more_refs (const SceneSubject *it)
{
  if (it->v[VM_V_REFS_AFTER] > 0)
    return NULL;
  if (it->v[VM_V_REFS_ROLE] == VM_FRAME_TABLE)
    return g_strdup (_ ("No entry leads to this table any more. The kernel "
                        "keeps it as it is."));
  return g_strdup (_ ("No entry names it any more: it is free."));
}

char *
scene_say_poke (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_POKE)
    return say_poke (it);
  if (it->step->kind == VM_STEP_ENTRY_CHANGE)
    return say_entry (it);
  if (it->step->kind == VM_STEP_FIELD_CHANGE)
    return say_field (it);
  if (it->step->kind == VM_STEP_FRAME_REFS)
    return say_refs (it);
  if (it->step->kind == VM_STEP_PSC_OWE)
    return say_upper (it);
  return say_register (it);
}

char *
scene_more_poke (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_POKE)
    return g_strdup (it->v[VM_V_POKE_ENTRIES] == 0
                         ? _ ("No page table lies there.")
                         : _ ("A page table lies there. No TLB is told of what "
                              "changes in it."));
  if (it->step->kind == VM_STEP_ENTRY_CHANGE)
    return more_entry (it);
  if (it->step->kind == VM_STEP_FRAME_REFS)
    return more_refs (it);
  return NULL;
}
