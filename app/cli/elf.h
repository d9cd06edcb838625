/* What pagewalk-cli elf prints. */
#ifndef CLI_ELF_H
#define CLI_ELF_H

#include "buffer.h"
#include "elf/elf.h"
#include "elf/elf_dynamic.h"
#include "elf/elf_plan.h"
#include "image.h"
#include "json.h"

/* Everything as one JSON object on standard output. */
void cli_elf_write (const ProgramImage *image);

/* The same to read; symbols only if they are asked for. */
void cli_elf_print (const ProgramImage *image, gboolean symbols);

/* Parts of it: notes, dynamic section, relocations. */
void cli_elf_write_parts (CliJson *json, const struct vm_elf *elf);
void cli_elf_print_parts (CliBuffer *out, const struct vm_elf *elf);

/* How the kernel rounds each segment, and why. */
void cli_elf_print_plan (CliBuffer *out, const struct vm_elf *elf,
                         const struct vm_elf_plan *plan);

/* A number's name, or the number in hex; a string out of a file, made safe. */
void cli_elf_put_name (CliJson *json, const char *key, const char *name,
                       guint64 number);
void cli_elf_put_text (CliJson *json, const char *key, const char *text);
void cli_elf_add_name (CliBuffer *out, const char *name, guint64 number);
void cli_elf_add_text (CliBuffer *out, const char *text);

#endif
