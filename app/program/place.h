/* What lies at an address of a program, and where its bytes come from. */
#ifndef PROGRAM_PLACE_H
#define PROGRAM_PLACE_H

#include "elf/elf_index.h"
#include "image.h"

/* Where a byte of memory comes from. */
typedef enum {
  PROGRAM_NOWHERE,   /* nothing is mapped there */
  PROGRAM_FILE,      /* the segment's own bytes */
  PROGRAM_AROUND,    /* bytes of the file beside the segment, in its pages */
  PROGRAM_AFTER_END, /* the file ends in this page: zero */
  PROGRAM_BEYOND,    /* a page behind the end of the file: SIGBUS */
  PROGRAM_ZEROED,    /* the kernel wrote zeros over the file's bytes */
  PROGRAM_ANONYMOUS  /* no bytes in the file: zero when it is first used */
} ProgramSource;

typedef struct {
  guint64 address; /* as in the file: without the bias */
  ProgramSource source;
  guint32 mapping;  /* index in the plan; VM_NONE: none */
  guint32 segment;  /* that holds it; VM_NONE */
  guint32 section;  /* likewise */
  guint32 symbol;   /* row of the index; VM_NONE */
  guint64 offset;   /* in the file, for FILE and AROUND */
  gboolean in_file; /* offset says where */
} ProgramPlace;

/* What lies at an address as in the file. index may be NULL: no symbol then. */
void program_place (const ProgramImage *image, const struct vm_elf_index *index,
                    guint64 address, ProgramPlace *place);

/* An address in memory as in the file, if it lies where the program does with
 * the bias; any other is one of the file already. */
guint64 program_file_address (const ProgramImage *image, guint64 address);

/* The address of a byte of the file. FALSE: no page of the plan has it. */
gboolean program_address_of (const ProgramImage *image, guint64 offset,
                             guint64 *address);

/* Where a byte comes from; a page of memory, byte for byte, which reads what of
 * it is still to be read. page is a multiple of 4096, as in the file. */
ProgramSource program_source (const ProgramImage *image, guint64 address);
void program_page (ProgramImage *image, guint64 page, guint8 bytes[VM_ELF_PAGE],
                   guint8 sources[VM_ELF_PAGE]);

/* "file": stable, as in JSON; a sentence about it, translated. */
const char *program_source_name (ProgramSource source);
const char *program_source_text (ProgramSource source);

#endif
