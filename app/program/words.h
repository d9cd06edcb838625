/* What is said about ELF files, in the reader's language, and text out of them
 * that is safe to show. All strings that are returned are to be freed with
 * g_free. */
#ifndef PROGRAM_WORDS_H
#define PROGRAM_WORDS_H

#include <glib.h>

#include "elf/elf.h"

/* A number's name, or the number in hex. */
char *program_name (const char *name, guint64 number);

/* True if a string can be shown as it is: short, plain ASCII. */
gboolean program_text_is_plain (const char *text);

/* A string out of a file, safe to show: control characters, those that change
 * the direction of writing or are not seen, and bytes that are no UTF-8 are
 * escaped, and what is longer than 4,096 characters is cut. */
char *program_text (const char *text);

/* "rwx", with '-' for what is not set; to be copied, not freed. */
const char *program_flags (guint flags);

/* "e_phoff at 0x20: 0x2000, limit 0x1f0, …": what is wrong. */
char *program_verdict (const struct vm_elf_verdict *verdict);

#endif
