/* Lessons to take away: what all forms of them have in common. */
#include "export.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "describe.h"

gboolean
export_progress (const ExportJob *job, double part, GError **error)
{
  if (job->progress == NULL || job->progress (part, job->data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       _ ("It was cancelled"));
  return FALSE;
}

guint64
export_last_step (const LessonPlay *play)
{
  return play->end_step - play->first_step;
}

gboolean
export_seek (LessonPlay *play, guint64 step, GError **error)
{
  if (vm_machine_seek (play->machine, play->first_step + step))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("There is no memory to go to that step"));
  return FALSE;
}

/* The step that led to where the machine stands; NULL at the beginning. */
static const struct vm_step *
step_of (const LessonPlay *play)
{
  guint64 cursor = vm_machine_cursor (play->machine);

  return cursor > play->first_step ? vm_machine_step (play->machine, cursor - 1)
                                   : NULL;
}

char *
export_sentence (const LessonPlay *play)
{
  const struct vm_step *step = step_of (play);

  return step != NULL ? scene_describe (play->machine, step)
                      : g_strdup (_ ("The machine is set up. Nothing has "
                                     "happened yet."));
}

char *
export_more (const LessonPlay *play)
{
  const struct vm_step *step = step_of (play);

  return step != NULL ? scene_describe_more (play->machine, step) : NULL;
}
