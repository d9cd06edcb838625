/* The instruction that makes an access, in the processor's own assembler. */
#ifndef SCENE_INSTRUCTION_H
#define SCENE_INSTRUCTION_H

#include "figures/figure.h"

/* The register that an access of that width loads or stores: "eax", "a0",
 * "w0". */
const char *scene_data_register (const struct vm_geometry *geometry,
                                 guint width);

/* The register that holds the address, "a1" or "x1"; NULL on an x86, where the
 * instruction names the address itself. */
const char *scene_instruction_pointer (const struct vm_geometry *geometry);

/* "mov eax, [0x11223344]", "lw a0, 0(a1)", "ldr w0, [x1]": the access of the
 * context. The still owns it. */
const char *scene_instruction (const SceneBuild *build);

/* Width of the longest, with the address beside it where it is not named. */
double scene_instruction_width (const SceneBuild *build);

#endif
