/* Writes and reads addresses of places in lessons. */
#include "uri.h"

#include <string.h>

#include "machine/ops.h"
#include "query.h"
#include "steps.h"

#define SCHEME "pagewalk:"

char *
lesson_see_uri (const LessonSee *see)
{
  const char *anchor = see->section != NULL ? see->section : see->beat;
  GString *uri = g_string_new (SCHEME);

  if (see->lesson != NULL)
    g_string_append (uri, see->lesson);
  if (anchor != NULL)
    g_string_append_printf (uri, "#%s", anchor);
  if (see->step != NULL) {
    g_autofree char *where = g_uri_escape_string (
        see->where != NULL ? see->where : "", "=", FALSE);
    g_string_append_printf (uri, "/%s/%d/%s", see->step, see->nth, where);
  }
  return g_string_free (uri, FALSE);
}

gboolean
lesson_uri_read (const char *uri, char **lesson, char **place)
{
  if (!g_str_has_prefix (uri, SCHEME))
    return FALSE;

  const char *path = uri + strlen (SCHEME);
  gsize length = strcspn (path, "#");
  *lesson = g_strndup (path, length);
  *place = g_strdup (path[length] == '#' ? path + length + 1 : "");
  return TRUE;
}

/* BEAT/STEP/NTH/WHERE; whatever is wrong with it, there is no such place. */
static gboolean
find_step (LessonPlay *play, char *const *parts, guint64 *cursor)
{
  gsize length = strlen (parts[1]);
  enum vm_step_kind kind = lesson_step_kind (parts[1], length);
  g_autofree char *where = g_uri_unescape_string (parts[3], NULL);
  LessonSee see = {.beat = parts[0], .step = parts[1], .where = where};
  LessonStepFilter filter = {.kind = kind};
  LessonQueryFault fault = {0};

  if (kind == VM_STEP_KINDS || where == NULL)
    return FALSE;
  gboolean readable = lesson_step_filter_read (&filter, where, &fault);
  lesson_query_fault_clear (&fault);
  see.nth = (int) g_ascii_strtoull (parts[2], NULL, 10);
  return readable && see.nth > 0 && lesson_play_find_see (play, &see, cursor);
}

static gboolean
find_number (const LessonPlay *play, const char *number, guint64 *cursor)
{
  guint64 step;

  if (!vm_number_parse (number, strlen (number), &step)
      || step > play->end_step - play->first_step)
    return FALSE;
  *cursor = play->first_step + step;
  return TRUE;
}

gboolean
lesson_play_find_place (LessonPlay *play, const char *place, guint64 *cursor)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", 4);

  if (g_strv_length (parts) == 4)
    return find_step (play, parts, cursor);
  if (g_ascii_isdigit (place[0]))
    return find_number (play, place, cursor);
  if (place[0] != '\0')
    return lesson_play_find_anchor (play, place, cursor);
  *cursor = play->first_step;
  return TRUE;
}
