/* Follows a lesson's file, and says when it was saved. */

#include "follow.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* A file counts as saved when nothing has happened to it for so long. */
#define REST_MS 120

/* How long a file may be missing or empty in the middle of a save: so many
 * times the rest. */
#define PATIENCE 12

/* What tells two versions of a file apart without reading it. */
typedef struct {
  gint64 seconds, nanoseconds, size;
  guint64 inode;
  gboolean there;
} Stamp;

struct _PwFollow {
  char *path;
  PwSaved saved;
  gpointer data;
  GFileMonitor *monitor; /* of the folder; NULL where there is none */
  Stamp known, seen;
  guint poll, rest; /* sources */
  guint waited;     /* rests, while the file is missing or empty */
};

static Stamp
stamp_of (const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return (Stamp){.there = FALSE};
  return (Stamp){.seconds = info.st_mtim.tv_sec,
                 .nanoseconds = info.st_mtim.tv_nsec,
                 .size = info.st_size,
                 .inode = info.st_ino,
                 .there = TRUE};
}

static gboolean
same (const Stamp *a, const Stamp *b)
{
  return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds
         && a->size == b->size && a->inode == b->inode && a->there == b->there;
}

static gboolean
is_between (const Stamp *stamp)
{
  return !stamp->there || stamp->size == 0;
}

/* Once more, until it is as it was a rest ago. */
static gboolean
on_rest (gpointer data)
{
  PwFollow *follow = data;
  Stamp now = stamp_of (follow->path);

  if (!same (&now, &follow->seen)) {
    follow->seen = now;
    follow->waited = 0;
    return G_SOURCE_CONTINUE;
  }
  if (is_between (&now) && follow->waited++ < PATIENCE)
    return G_SOURCE_CONTINUE;

  follow->rest = 0;
  if (same (&now, &follow->known))
    return G_SOURCE_REMOVE;
  follow->known = now;
  /* Who is told may follow another file from now on. */
  follow->saved (follow->data);
  return G_SOURCE_REMOVE;
}

static void
look (PwFollow *follow)
{
  Stamp now = stamp_of (follow->path);

  if (follow->rest != 0 || same (&now, &follow->known))
    return;
  follow->seen = now;
  follow->waited = 0;
  follow->rest = g_timeout_add (REST_MS, on_rest, follow);
}

static void
on_changed (PwFollow *follow)
{
  look (follow);
}

static gboolean
on_poll (gpointer data)
{
  look (data);
  return G_SOURCE_CONTINUE;
}

/* The folder is watched, and not the file: editors put another in its place. */
static void
watch_folder (PwFollow *follow)
{
  g_autofree char *path = g_path_get_dirname (follow->path);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  follow->monitor = g_file_monitor_directory (
      folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (follow->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (follow->monitor, REST_MS);
  g_signal_connect_swapped (follow->monitor, "changed", G_CALLBACK (on_changed),
                            follow);
}

PwFollow *
pw_follow_new (const char *path, PwSaved saved, gpointer data)
{
  PwFollow *follow = g_new0 (PwFollow, 1);

  follow->path = g_strdup (path);
  follow->saved = saved;
  follow->data = data;
  follow->known = stamp_of (path);
  watch_folder (follow);
  follow->poll = g_timeout_add_seconds (1, on_poll, follow);
  return follow;
}

void
pw_follow_free (PwFollow *follow)
{
  if (follow == NULL)
    return;
  g_clear_handle_id (&follow->poll, g_source_remove);
  g_clear_handle_id (&follow->rest, g_source_remove);
  if (follow->monitor != NULL)
    g_signal_handlers_disconnect_by_data (follow->monitor, follow);
  g_clear_object (&follow->monitor);
  g_free (follow->path);
  g_free (follow);
}
