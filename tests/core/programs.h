/* Tiny programs, as the operation "file" takes their bytes. */
#ifndef TEST_PROGRAMS_H
#define TEST_PROGRAMS_H

#include <glib.h>

/* What a program is to have; all else is 0. */
struct program {
  guint bits;              /* 0: 64 */
  guint64 base;            /* 0: it can lie anywhere */
  const char *interpreter; /* NULL: none */
  const char *needs[2];    /* libraries */
  guint64 bss;             /* bytes behind its data */
  guint64 align;           /* of its segments; 0: a page */
  guint stack;             /* flags of PT_GNU_STACK; 0: there is none */
  gboolean relro;          /* its data become read-only */
  gboolean read_only;      /* its data may not be written from the first */
  gboolean no_bytes;       /* its data have no bytes in the file */
  guint64 tls;             /* bytes for each thread */
  guint versions;          /* the last of those that it needs and defines */
  guint machine;           /* 0: the usual one */
  gboolean abi;            /* the C library's mark */
  const char *runpath;     /* NULL: none */
};

/* "%7fELF...": to be freed with g_free. */
char *program_text (const struct program *program);

/* Where its code and its data begin, as in the file, and its entry. */
#define PROGRAM_DATA 0x1340
#define PROGRAM_DATA_END 0x1380
#define PROGRAM_ENTRY 0x300

#endif
