/* Writing a file as a whole, or not at all. */
#include "save.h"

#include <glib/gi18n-lib.h>

gboolean
export_save (GBytes *bytes, const char *path, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                         _ ("this is there, and no regular file"));
    return FALSE;
  }
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
