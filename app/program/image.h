/* An ELF file on disk.
 *
 * Only the parts that say something about it are read; the rest is zero until
 * it is asked for. It is copied, never mapped: a mapped file that shrinks would
 * stop us. */
#ifndef PROGRAM_IMAGE_H
#define PROGRAM_IMAGE_H

#include <glib.h>

#include "elf/elf.h"
#include "elf/elf_plan.h"

typedef struct {
  char *path;
  int fd;
  guint8 *bytes; /* as many as the file has */
  gsize length;
  gsize read; /* bytes that were read so far */
  struct vm_elf *elf;
  struct vm_elf_plan plan;
} ProgramImage;

/* Opens and reads one. NULL and *error, without the file's name: it cannot be
 * read, is no regular file, is larger than 64 MiB, or nothing can be said about
 * it. */
ProgramImage *program_image_open (const char *path, GError **error);
void program_image_free (ProgramImage *image);

/* True if a file begins as ELF files do. */
gboolean program_image_is (const char *path);

/* Makes sure that bytes of the file are there. What lies beyond its end, or
 * can no longer be read, is zero. */
void program_image_need (ProgramImage *image, guint64 offset, guint64 size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgramImage, program_image_free)

#endif
