/* What a processor's own family calls its registers, modes and flags. */
#include "family.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static enum vm_family
family_of (const struct vm_geometry *geometry)
{
  return geometry == NULL ? VM_FAMILY_X86 : geometry->family;
}

const char *
scene_root_register (const struct vm_geometry *geometry, gboolean upper)
{
  if (geometry == NULL)
    return "CR3";
  return upper && geometry->two_roots ? "TTBR1" : geometry->root_register;
}

const char *
scene_fault_register (const struct vm_geometry *geometry)
{
  switch (family_of (geometry)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return "stval";
  case VM_FAMILY_ARM:
    return "FAR_EL1";
  }
  return "CR2";
}

const char *
scene_cause_register (const struct vm_geometry *geometry)
{
  switch (family_of (geometry)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return "scause";
  case VM_FAMILY_ARM:
    return "ESR_EL1";
  }
  return NULL;
}

const char *
scene_mode_text (const struct vm_geometry *geometry, enum vm_mode mode)
{
  gboolean user = mode == VM_USER_MODE;

  switch (family_of (geometry)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return user ? _ ("user mode · U") : _ ("kernel mode · S");
  case VM_FAMILY_ARM:
    return user ? _ ("user mode · EL0") : _ ("kernel mode · EL1");
  }
  return user ? _ ("user mode · ring 3") : _ ("kernel mode · ring 0");
}

static char *
riscv_words (guint cause)
{
  /* Translators, for all three: an exception of RISC-V and its number. */
  switch (cause) {
  case 1:
    return g_strdup_printf (_ ("instruction access fault, cause %u"), cause);
  case 5:
    return g_strdup_printf (_ ("load access fault, cause %u"), cause);
  case 7:
    return g_strdup_printf (_ ("store access fault, cause %u"), cause);
  case 12:
    return g_strdup_printf (_ ("instruction page fault, cause %u"), cause);
  case 15:
    return g_strdup_printf (_ ("store page fault, cause %u"), cause);
  default:
    return g_strdup_printf (_ ("load page fault, cause %u"), cause);
  }
}

char *
scene_fault_words (const struct vm_geometry *geometry,
                   const struct vm_fault *fault)
{
  switch (family_of (geometry)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return riscv_words (fault->vector);
  case VM_FAMILY_ARM:
    /* Translators, for both: exception class and fault status of an Arm. */
    return g_strdup_printf (fault->vector < 0x24
                                ? _ ("instruction abort 0x%x, status 0x%x")
                                : _ ("data abort 0x%x, status 0x%x"),
                            fault->vector, fault->error);
  }
  if (fault->vector == VM_VECTOR_PAGE_FAULT)
    return g_strdup_printf (_ ("page fault #14, error 0x%x"), fault->error);
  return g_strdup_printf (_ ("exception #%u"), fault->vector);
}

char *
scene_fault_code (const struct vm_geometry *geometry,
                  const struct vm_fault *fault)
{
  switch (family_of (geometry)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    /* Translators: number of a RISC-V's exception. */
    return g_strdup_printf (_ ("cause %u"), fault->vector);
  case VM_FAMILY_ARM:
    /* Translators: exception class and fault status of an Arm. */
    return g_strdup_printf (_ ("class 0x%x, status 0x%x"), fault->vector,
                            fault->error);
  }
  if (fault->vector == VM_VECTOR_PAGE_FAULT)
    return g_strdup_printf (_ ("#14, error 0x%x"), fault->error);
  return g_strdup_printf (_ ("exception #%u"), fault->vector);
}

const char *
scene_absent_word (const struct vm_geometry *geometry)
{
  switch (family_of (geometry)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return _ ("not valid");
  case VM_FAMILY_ARM:
    return _ ("invalid");
  }
  return _ ("not present");
}

/* Appends a word if the condition holds. */
static void
append_if (GString *letters, gboolean set, const char *word)
{
  if (!set)
    return;
  if (letters->len > 0)
    g_string_append_c (letters, ' ');
  g_string_append (letters, word);
}

static void
append_x86 (GString *letters, const struct vm_pte *pte)
{
  append_if (letters, pte->present, "P");
  append_if (letters, pte->writable, "W");
  append_if (letters, pte->user, "U");
  append_if (letters, pte->accessed, "A");
  append_if (letters, pte->dirty, "D");
  append_if (letters, pte->global, "G");
  append_if (letters, pte->no_execute, "NX");
}

/* Formats whose flags are to be taken from their bits, for an entry that
 * points to a table is decoded as if it allowed everything. */
static void
append_single_bits (GString *letters, const struct vm_geometry *g, guint level,
                    const struct vm_pte *pte)
{
  uint32_t count;
  const struct vm_pte_field *fields
      = vm_pte_fields (g, level, pte->leaf, &count);

  for (guint i = count; i-- > 0;)
    append_if (letters,
               fields[i].high == fields[i].low && pte->raw >> fields[i].low & 1,
               fields[i].label);
}

char *
scene_flag_letters (const struct vm_geometry *geometry, guint level,
                    const struct vm_pte *pte)
{
  GString *letters = g_string_new (NULL);

  if (family_of (geometry) == VM_FAMILY_X86
      && (geometry == NULL || level != geometry->register_level))
    append_x86 (letters, pte);
  else
    append_single_bits (letters, geometry, level, pte);
  return g_string_free (letters, FALSE);
}
