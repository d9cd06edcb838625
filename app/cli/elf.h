/* What pagewalk-cli elf prints. */
#ifndef CLI_ELF_H
#define CLI_ELF_H

#include "elf/elf.h"
#include "elf/elf_plan.h"
#include "json.h"

/* A number's name, or the number in hex; to be freed with g_free. */
char *cli_elf_name (const char *name, guint number);

/* A string out of a file, safe to print: control characters, those that change
 * the direction of writing and bytes that are no UTF-8 are escaped, and what is
 * very long is cut. To be freed with g_free. */
char *cli_elf_text (const char *text);

/* "rwx", with '-' for what is not set; to be freed with g_free. */
char *cli_elf_flags (guint flags);

/* "e_phoff at 0x20: 0x2000, 0x1f0: …": what is wrong, in the reader's
 * language; to be freed with g_free. */
char *cli_elf_verdict (const struct vm_elf_verdict *verdict);

/* Everything as one JSON object on standard output. */
void cli_elf_write (const char *file, const struct vm_elf *elf,
                    const struct vm_elf_plan *plan);

/* The same to read; symbols only if they are asked for. */
void cli_elf_print (const struct vm_elf *elf, const struct vm_elf_plan *plan,
                    gboolean symbols);

#endif
