/* Reads ELF files, as much of them as says something. */
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf/elf_ranges.h"
#include "words.h"

static void
set_errno (GError **error, int number)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (number),
                       g_strerror (number));
}

/* Its length; FALSE and *error if it is none to read. A pipe must not keep us
 * waiting. */
static gboolean
open_file (ProgramImage *image, GError **error)
{
  struct stat info;

  image->fd = open (image->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (image->fd == -1 || fstat (image->fd, &info) == -1) {
    set_errno (error, errno);
    return FALSE;
  }
  if (!S_ISREG (info.st_mode)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                         _ ("not a regular file"));
    return FALSE;
  }
  if ((guint64) info.st_size > VM_ELF_MOST_BYTES) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("larger than 64 MiB"));
    return FALSE;
  }
  image->length = (gsize) info.st_size;
  return TRUE;
}

/* FALSE and *error if nothing can be said about it. */
static gboolean
read_headers (ProgramImage *image, GError **error)
{
  struct vm_elf_walk walk = {0};
  struct vm_elf_range range;
  struct vm_elf_verdict broken;

  while (vm_elf_wants (image->bytes, image->length, &walk, &range))
    program_image_need (image, range.offset, range.size);
  image->elf = vm_elf_new (image->bytes, image->length, &broken);
  if (image->elf != NULL && vm_elf_plan_init (&image->plan, image->elf))
    return TRUE;
  if (image->elf != NULL || broken.problem == VM_ELF_FINE) {
    set_errno (error, ENOMEM);
    return FALSE;
  }
  g_autofree char *reason = program_verdict (&broken);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);
  return FALSE;
}

ProgramImage *
program_image_open (const char *path, GError **error)
{
  g_autoptr (ProgramImage) image = g_new0 (ProgramImage, 1);

  image->path = g_strdup (path);
  image->fd = -1;
  if (!open_file (image, error))
    return NULL;
  image->bytes = g_try_malloc0 (image->length + 1);
  if (image->bytes == NULL) {
    set_errno (error, ENOMEM);
    return NULL;
  }
  return read_headers (image, error) ? g_steal_pointer (&image) : NULL;
}

void
program_image_free (ProgramImage *image)
{
  if (image == NULL)
    return;
  if (image->fd != -1)
    close (image->fd);
  vm_elf_plan_done (&image->plan);
  vm_elf_free (image->elf);
  g_free (image->bytes);
  g_free (image->path);
  g_free (image);
}

gboolean
program_image_is (const char *path)
{
  static const char magic[4] = {0x7f, 'E', 'L', 'F'};
  char head[4] = {0};
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd == -1)
    return FALSE;
  ssize_t got = g_file_test (path, G_FILE_TEST_IS_REGULAR)
                    ? pread (fd, head, sizeof head, 0)
                    : 0;
  close (fd);
  return got == sizeof head && memcmp (head, magic, sizeof magic) == 0;
}

void
program_image_need (ProgramImage *image, guint64 offset, guint64 size)
{
  if (offset >= image->length)
    return;
  guint64 left = MIN (size, image->length - offset);
  while (left > 0) {
    ssize_t got
        = pread (image->fd, image->bytes + offset, left, (off_t) offset);
    if (got == -1 && errno == EINTR)
      continue;
    if (got <= 0)
      return;
    offset += (guint64) got;
    left -= (guint64) got;
    image->read += (gsize) got;
  }
}
