/* What pagewalk-cli elf says of one address, and of one page. */
#ifndef CLI_ELF_PLACE_H
#define CLI_ELF_PLACE_H

#include "image.h"
#include "report.h"

/* What is asked about: one of these. */
typedef struct {
  const char *address; /* in memory, or as in the file */
  const char *offset;  /* of a byte of the file */
  const char *symbol;  /* its name */
  const char *section; /* likewise */
  const char *page;    /* an address in a page whose bytes are wanted */
} CliElfQuestion;

/* Answers on standard output; what was wrong is said on standard error. */
CliStatus cli_elf_answer (ProgramImage *image, const CliElfQuestion *question,
                          gboolean json);

#endif
