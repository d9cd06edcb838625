/* Writing a file as a whole, or not at all. */
#ifndef EXPORT_SAVE_H
#define EXPORT_SAVE_H

#include <glib.h>

/* Writes the bytes to a file beside the one that is wanted, which it then
 * replaces. FALSE and *error if that fails, or if what is there is no regular
 * file; then nothing has changed, and nothing is left behind. */
gboolean export_save (GBytes *bytes, const char *path, GError **error);

#endif
