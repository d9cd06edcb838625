/* What a processor's own family calls its registers, modes and instructions:
 * the words that pictures and sentences have in common. */
#ifndef SCENE_FAMILY_H
#define SCENE_FAMILY_H

#include <glib.h>

#include "machine/machine.h"

/* The register that holds the root: "CR3", "satp", "TTBR0"; of the upper half
 * "TTBR1", where that has one of its own. Without a geometry that of x86. */
const char *scene_root_register (const struct vm_geometry *geometry,
                                 gboolean upper);

/* The register that takes the address that faulted: "CR2", "stval", "FAR_EL1".
 */
const char *scene_fault_register (const struct vm_geometry *geometry);

/* The register that says why, after a fault: "scause", "ESR_EL1"; NULL where
 * there is none, for an x86 pushes its error code. */
const char *scene_cause_register (const struct vm_geometry *geometry);

/* "user mode · ring 3", translated. */
const char *scene_mode_text (const struct vm_geometry *geometry,
                             enum vm_mode mode);

/* An exception in a few words, and in the fewest: "page fault #14, error 0x4",
 * "#14, error 0x4"; "load page fault, cause 13", "cause 13". The caller owns
 * them. */
char *scene_fault_words (const struct vm_geometry *geometry,
                         const struct vm_fault *fault);
char *scene_fault_code (const struct vm_geometry *geometry,
                        const struct vm_fault *fault);

/* What an entry that leads nowhere is, translated: "not present", "not valid",
 * "invalid". */
const char *scene_absent_word (const struct vm_geometry *geometry);

/* The flags of an entry that are set, in the format's own letters: "P W U A".
 * The caller owns it. */
char *scene_flag_letters (const struct vm_geometry *geometry, guint level,
                          const struct vm_pte *pte);

#endif
