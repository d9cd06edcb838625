/* Brings in real files that operations name. */
#include "content.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

static guint8 *
fail (char **why, const char *what)
{
  if (why != NULL)
    *why = g_strdup (what);
  return NULL;
}

/* All the bytes that come, at most so many; NULL, and errno, if that fails. */
static guint8 *
read_all (int fd, gsize most, gsize *length)
{
  g_autofree guint8 *bytes = g_try_malloc (most + 1);
  gssize got = 0;

  *length = 0;
  errno = ENOMEM;
  if (bytes == NULL)
    return NULL;
  while (*length < most
         && (got = read (fd, bytes + *length, most - *length)) > 0)
    *length += (gsize) got;
  return got < 0 ? NULL : g_steal_pointer (&bytes);
}

guint8 *
lesson_content_read (const char *path, gboolean follow, gsize *length,
                     char **why)
{
  int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  struct stat info;
  guint8 *bytes;

  /* Opening a device can have effects, so it is looked at first. */
  *length = 0;
  if ((follow ? stat (path, &info) : lstat (path, &info)) == -1)
    return fail (why, g_strerror (errno));
  if (!S_ISREG (info.st_mode))
    return fail (why, _ ("not a regular file"));
  int fd = open (path, follow ? flags : flags | O_NOFOLLOW);
  if (fd == -1)
    return fail (why, g_strerror (errno));
  if (fstat (fd, &info) == -1 || !S_ISREG (info.st_mode))
    bytes = fail (why, _ ("not a regular file"));
  else if ((guint64) info.st_size > VM_CONTENT_MOST_BYTES)
    bytes = fail (why, _ ("larger than 64 MiB"));
  else if ((bytes = read_all (fd, (gsize) info.st_size, length)) == NULL)
    fail (why, g_strerror (errno));
  close (fd);
  return bytes;
}

gboolean
lesson_content_parse (struct vm_machine *machine, const char *folder,
                      const char *line, struct vm_op *op,
                      struct vm_error *error)
{
  struct vm_error unknown = {.code = VM_OK};
  gsize length;

  if (vm_machine_parse (machine, line, op, &unknown))
    return TRUE;
  if (unknown.code == VM_ERROR_UNKNOWN_CONTENT && folder != NULL) {
    /* A name has no slash in it, so that it cannot lead out of the folder. */
    g_autofree char *path = g_build_filename (folder, unknown.subject, NULL);
    g_autofree guint8 *bytes = lesson_content_read (path, FALSE, &length, NULL);
    if (bytes != NULL)
      return vm_machine_bring (machine, unknown.subject, bytes, length, NULL,
                               error)
             && vm_machine_parse (machine, line, op, error);
  }
  if (error != NULL)
    *error = unknown;
  return FALSE;
}
