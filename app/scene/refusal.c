/* Sentences about permission and faults, in the words of the processor's
 * family. */
#include "refusal.h"

#include <glib/gi18n-lib.h>

#include "describe_bare.h"
#include "describe_bus.h"
#include "describe_segment.h"
#include "numbers.h"

static char *
say_allowed (enum vm_access_kind kind, enum vm_mode mode)
{
  gboolean user = mode == VM_USER_MODE;

  switch (kind) {
  case VM_READ:
    break;
  case VM_WRITE:
    return g_strdup (user ? _ ("User mode may write to this page.")
                          : _ ("The kernel may write to this page."));
  case VM_FETCH:
    return g_strdup (user ? _ ("User mode may run code in this page.")
                          : _ ("The kernel may run code in this page."));
  }
  return g_strdup (user ? _ ("User mode may read this page.")
                        : _ ("The kernel may read this page."));
}

static char *
say_x86 (const SceneSubject *it)
{
  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_FLAG:
  case VM_VERDICT_NO_LEAF:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The entry is not present: its bit P is 0."));
  case VM_VERDICT_RESERVED:
    return g_strdup (_ ("The entry sets a bit that must be 0."));
  case VM_VERDICT_SUPERVISOR:
    return g_strdup (_ ("User mode may not touch this page: U/S is 0."));
  case VM_VERDICT_READ_ONLY:
    return g_strdup (_ ("This page may not be written: R/W is 0."));
  case VM_VERDICT_NO_EXECUTE:
    return g_strdup (_ ("No code may run in this page: NX is 1."));
  case VM_VERDICT_SMEP:
    return g_strdup (
        _ ("SMEP forbids the kernel to run code in a user's page."));
  case VM_VERDICT_SMAP:
    return g_strdup (_ ("SMAP forbids the kernel to touch a user's page."));
  }
  return say_allowed ((enum vm_access_kind) it->v[VM_V_PERMISSION_KIND],
                      (enum vm_mode) it->v[VM_V_PERMISSION_MODE]);
}

static char *
say_riscv (const SceneSubject *it)
{
  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The entry is not valid: its bit V is 0."));
  case VM_VERDICT_RESERVED:
    return g_strdup (_ ("The entry sets a bit that must be 0."));
  case VM_VERDICT_SUPERVISOR:
    return g_strdup (_ ("User mode may not touch this page: U is 0."));
  case VM_VERDICT_USER_PAGE:
    return g_strdup (_ ("The page belongs to user mode: U is 1."));
  case VM_VERDICT_NO_READ:
    return g_strdup (_ ("This page may not be read: R is 0."));
  case VM_VERDICT_READ_ONLY:
    return g_strdup (_ ("This page may not be written: W is 0."));
  case VM_VERDICT_NO_EXECUTE:
    return g_strdup (_ ("No code may run in this page: X is 0."));
  case VM_VERDICT_NO_FLAG:
    return g_strdup (_ ("A flag would have to be set, and software is to set "
                        "it."));
  case VM_VERDICT_NO_LEAF:
    return g_strdup (_ ("The last table's entry points on, but nothing comes "
                        "after it."));
  }
  return say_allowed ((enum vm_access_kind) it->v[VM_V_PERMISSION_KIND],
                      (enum vm_mode) it->v[VM_V_PERMISSION_MODE]);
}

static char *
say_arm (const SceneSubject *it)
{
  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_RESERVED:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_LEAF:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The descriptor is invalid."));
  case VM_VERDICT_SUPERVISOR:
    return g_strdup (_ ("User mode may not touch this page: AP[1] is 0."));
  case VM_VERDICT_READ_ONLY:
    return g_strdup (_ ("This page may not be written: AP[2] is 1."));
  case VM_VERDICT_NO_EXECUTE:
    return g_strdup (it->v[VM_V_PERMISSION_MODE] == VM_USER_MODE
                         ? _ ("User mode may not run code in this page: UXN "
                              "is 1.")
                         : _ ("The kernel may not run code in this page."));
  case VM_VERDICT_NO_FLAG:
    return g_strdup (_ ("The access flag AF is 0, and software is to set "
                        "it."));
  }
  return say_allowed ((enum vm_access_kind) it->v[VM_V_PERMISSION_KIND],
                      (enum vm_mode) it->v[VM_V_PERMISSION_MODE]);
}

static char *
more_x86_allowed (const SceneSubject *it)
{
  guint user = it->v[VM_V_PERMISSION_USER] != 0;
  guint writable = it->v[VM_V_PERMISSION_WRITABLE] != 0;
  guint nx = it->v[VM_V_PERMISSION_NX] != 0;

  if (it->v[VM_V_PERMISSION_KIND] == VM_WRITE && !writable)
    return g_strdup (_ ("R/W is 0, but binds only user mode while CR0.WP is "
                        "0."));
  if (it->nx)
    /* Translators: bits of page-table entries. */
    return g_strdup_printf (
        _ ("Taken over all levels: U/S = %u, R/W = %u, NX = %u."), user,
        writable, nx);
  /* Translators: bits of page-table entries. */
  return g_strdup_printf (_ ("Taken over all levels: U/S = %u, R/W = %u."),
                          user, writable);
}

static char *
more_x86 (const SceneSubject *it)
{
  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_FLAG:
  case VM_VERDICT_NO_LEAF:
  case VM_VERDICT_UPPER_BITS:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The processor looks at no other bit of it; they "
                        "belong to the operating system."));
  case VM_VERDICT_RESERVED:
    return g_strdup (_ ("The format reserves that bit, so the processor "
                        "refuses the entry."));
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_NO_EXECUTE:
    return g_strdup (_ ("One entry on the way that forbids it is enough."));
  case VM_VERDICT_READ_ONLY:
    return g_strdup (it->v[VM_V_PERMISSION_MODE] == VM_USER_MODE
                         ? _ ("One entry on the way that forbids it is "
                              "enough.")
                         : _ ("CR0.WP is 1, so R/W binds the kernel too."));
  case VM_VERDICT_SMEP:
    return g_strdup (_ ("U/S is 1 at every level: the page belongs to user "
                        "mode, and CR4.SMEP is 1."));
  case VM_VERDICT_SMAP:
    return g_strdup (_ ("U/S is 1 at every level: the page belongs to user "
                        "mode, and CR4.SMAP is 1."));
  }
  return more_x86_allowed (it);
}

static char *
more_riscv (const SceneSubject *it)
{
  gboolean fetch = it->v[VM_V_PERMISSION_KIND] == VM_FETCH;

  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
    return g_strdup_printf (
        /* Translators: bits of a page-table entry. */
        _ ("The page's own entry decides: U = %u, W = %u, X = %u."),
        it->v[VM_V_PERMISSION_USER] != 0, it->v[VM_V_PERMISSION_WRITABLE] != 0,
        it->v[VM_V_PERMISSION_NX] == 0);
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The processor looks at no other bit of it; they "
                        "belong to the operating system."));
  case VM_VERDICT_RESERVED:
    return g_strdup (_ ("So does W without R, and a large page whose frame "
                        "is not aligned to its size."));
  case VM_VERDICT_USER_PAGE:
    return g_strdup (fetch ? _ ("The kernel never runs code in such a page.")
                           : _ ("The kernel may touch such a page only while "
                                "sstatus.SUM is 1."));
  case VM_VERDICT_NO_READ:
    return g_strdup (_ ("While sstatus.MXR is 1, X would do as well."));
  case VM_VERDICT_NO_FLAG:
    return g_strdup (_ ("A is 0, or D is 0 and the access is a write."));
  case VM_VERDICT_NO_LEAF:
    return g_strdup (_ ("R, W and X are all 0, which points to a table."));
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_READ_ONLY:
  case VM_VERDICT_NO_EXECUTE:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_UPPER_BITS:
    break;
  }
  return g_strdup (_ ("Only the page's own entry says so; tables have no "
                      "rights to give."));
}

static char *
more_arm (const SceneSubject *it)
{
  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
    return g_strdup_printf (
        /* Translators: 0 or 1, each. */
        _ ("Taken over all levels: user mode %u, writable %u, execute never "
           "%u."),
        it->v[VM_V_PERMISSION_USER] != 0, it->v[VM_V_PERMISSION_WRITABLE] != 0,
        it->v[VM_V_PERMISSION_NX] != 0);
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The processor looks at no more of it; the rest "
                        "belongs to the operating system."));
  case VM_VERDICT_NO_EXECUTE:
    return g_strdup (it->v[VM_V_PERMISSION_MODE] == VM_USER_MODE
                         ? _ ("One descriptor on the way that forbids it is "
                              "enough.")
                         : _ ("PXN is 1, or user mode can write to the "
                              "page."));
  case VM_VERDICT_NO_FLAG:
    return g_strdup (_ ("So the kernel learns of a page's first use."));
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_READ_ONLY:
  case VM_VERDICT_RESERVED:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_LEAF:
  case VM_VERDICT_UPPER_BITS:
    break;
  }
  return g_strdup (_ ("One descriptor on the way that forbids it is "
                      "enough."));
}

/* The error code alone tells who wanted to do what. A fetch has a bit of its
 * own only where NX or SMEP is on, so "use" is all that is known otherwise. */
static char *
say_protection (guint64 error)
{
  gboolean user = (error & VM_ERROR_CODE_U) != 0;
  guint code = (guint) error;

  if (error & VM_ERROR_CODE_I)
    return g_strdup_printf (
        user ? _ ("Page fault (#14), error code 0x%x: user mode may not run "
                  "code in this page.")
             : _ ("Page fault (#14), error code 0x%x: the kernel may not run "
                  "code in this page."),
        code);
  if (error & VM_ERROR_CODE_W)
    return g_strdup_printf (
        user ? _ ("Page fault (#14), error code 0x%x: user mode may not write "
                  "to this page.")
             : _ ("Page fault (#14), error code 0x%x: the kernel may not write "
                  "to this page."),
        code);
  return g_strdup_printf (
      user ? _ ("Page fault (#14), error code 0x%x: user mode may not use this "
                "page.")
           : _ ("Page fault (#14), error code 0x%x: the kernel may not use "
                "this page."),
      code);
}

static char *
say_x86_fault (const SceneSubject *it)
{
  guint64 error = it->v[VM_V_FAULT_ERROR];
  SceneNumber address
      = scene_number_virtual (it->geometry, it->v[VM_V_FAULT_ADDRESS]);

  switch ((enum vm_fault_kind) it->v[VM_V_FAULT_KIND]) {
  case VM_FAULT_NONE:
  case VM_FAULT_PROTECTION:
    break;
  case VM_FAULT_NOT_PRESENT:
    return g_strdup_printf (
        _ ("Page fault (#14), error code 0x%x: the page is not present."),
        (guint) error);
  case VM_FAULT_RESERVED:
    if (it->v[VM_V_FAULT_VECTOR] == VM_VECTOR_GENERAL_PROTECTION)
      return g_strdup (_ ("General protection fault (#13): CR3 would load an "
                          "entry with a reserved bit set."));
    return g_strdup_printf (_ ("Page fault (#14), error code 0x%x: an entry "
                               "has a reserved bit set."),
                            (guint) error);
  case VM_FAULT_SEGMENT:
    return scene_say_segment_fault (it);
  case VM_FAULT_NON_CANONICAL:
    return g_strdup_printf (
        _ ("General protection fault (#13): %s is not a canonical address."),
        address.s);
  }
  return say_protection (error);
}

static char *
more_x86_fault (const SceneSubject *it)
{
  guint64 error = it->v[VM_V_FAULT_ERROR];
  SceneNumber address
      = scene_number_virtual (it->geometry, it->v[VM_V_FAULT_ADDRESS]);

  if (it->v[VM_V_FAULT_KIND] == VM_FAULT_SEGMENT)
    return g_strdup (_ ("Paging is not asked: CR2 stays as it was."));
  if (it->v[VM_V_FAULT_VECTOR] == VM_VECTOR_PAGE_FAULT)
    /* Translators: the bits of a page fault's error code; an address. */
    return g_strdup_printf (
        _ ("In the code P = %u, W = %u, U = %u, RSVD = %u, I = %u. CR2 holds "
           "%s."),
        (error & VM_ERROR_CODE_P) != 0, (error & VM_ERROR_CODE_W) != 0,
        (error & VM_ERROR_CODE_U) != 0, (error & VM_ERROR_CODE_RSVD) != 0,
        (error & VM_ERROR_CODE_I) != 0, address.s);
  if (it->geometry == NULL || it->v[VM_V_FAULT_KIND] == VM_FAULT_RESERVED)
    return NULL;
  /* Translators: three numbers of bits: 63, 48, 47. */
  return g_strdup_printf (_ ("Bits %u to %u must all repeat bit %u."),
                          it->geometry->word_bits - 1u, it->geometry->va_bits,
                          it->geometry->va_bits - 1u);
}

static char *
say_riscv_fault (const SceneSubject *it)
{
  guint cause = (guint) it->v[VM_V_FAULT_VECTOR];
  SceneNumber address
      = scene_number_virtual (it->geometry, it->v[VM_V_FAULT_ADDRESS]);

  /* Translators, for all three: a cause, an address. */
  switch (cause) {
  case 12:
    return g_strdup_printf (
        _ ("Instruction page fault (cause %u) at address %s."), cause,
        address.s);
  case 13:
    return g_strdup_printf (_ ("Load page fault (cause %u) at address %s."),
                            cause, address.s);
  default:
    return g_strdup_printf (_ ("Store page fault (cause %u) at address %s."),
                            cause, address.s);
  }
}

static char *
say_arm_fault (const SceneSubject *it)
{
  guint class = (guint) it->v[VM_V_FAULT_VECTOR];
  SceneNumber address
      = scene_number_virtual (it->geometry, it->v[VM_V_FAULT_ADDRESS]);

  /* Translators, for both: an exception class, an address. */
  if (class < 0x24)
    return g_strdup_printf (_ ("Instruction abort (class 0x%x) at address %s."),
                            class, address.s);
  return g_strdup_printf (_ ("Data abort (class 0x%x) at address %s."), class,
                          address.s);
}

static char *
more_arm_fault (const SceneSubject *it)
{
  guint code = (guint) it->v[VM_V_FAULT_ERROR];
  guint level = code & 3;

  switch (code & ~3u) {
  case 0x04:
    /* Translators: a code, number of a level. */
    return g_strdup_printf (_ ("Fault status 0x%02x: translation fault at "
                               "level %u."),
                            code, level);
  case 0x08:
    /* Translators: a code, number of a level. */
    return g_strdup_printf (_ ("Fault status 0x%02x: access flag fault at "
                               "level %u."),
                            code, level);
  default:
    /* Translators: a code, number of a level. */
    return g_strdup_printf (_ ("Fault status 0x%02x: permission fault at "
                               "level %u."),
                            code, level);
  }
}

/* Without a machine the words are the x86's. */
static enum vm_family
family_of (const SceneSubject *it)
{
  return it->geometry == NULL ? VM_FAMILY_X86 : it->geometry->family;
}

char *
scene_say_permission (const SceneSubject *it)
{
  switch (family_of (it)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return say_riscv (it);
  case VM_FAMILY_ARM:
    return say_arm (it);
  }
  return say_x86 (it);
}

char *
scene_more_permission (const SceneSubject *it)
{
  switch (family_of (it)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return more_riscv (it);
  case VM_FAMILY_ARM:
    return more_arm (it);
  }
  return more_x86 (it);
}

char *
scene_say_fault (const SceneSubject *it)
{
  if (it->v[VM_V_FAULT_WHY] == VM_WHY_BOUNDS)
    return scene_say_bounds_fault (it);
  if (it->v[VM_V_FAULT_WHY] == VM_WHY_PORT)
    return scene_say_port_fault ();
  switch (family_of (it)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return say_riscv_fault (it);
  case VM_FAMILY_ARM:
    return say_arm_fault (it);
  }
  return say_x86_fault (it);
}

char *
scene_more_fault (const SceneSubject *it)
{
  if (it->v[VM_V_FAULT_WHY] == VM_WHY_BOUNDS)
    return scene_more_bounds_fault (it);
  if (it->v[VM_V_FAULT_WHY] == VM_WHY_PORT)
    return scene_more_port_fault ();
  switch (family_of (it)) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return g_strdup (_ ("The address is in stval. RISC-V pushes no error "
                        "code: the kernel looks at the entry itself."));
  case VM_FAMILY_ARM:
    return more_arm_fault (it);
  }
  return more_x86_fault (it);
}
