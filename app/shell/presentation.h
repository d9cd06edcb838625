/* A lesson presented to a hall: what the hall sees on one screen, and what the
 * presenter sees on another, if there is one.
 *
 *   page's playhead = where the presenter is ---> presenter window
 *          |
 *          | unless frozen
 *          v
 *   playhead of the hall ---> audience window, which alone moves
 */
#ifndef PW_PRESENTATION_H
#define PW_PRESENTATION_H

#include <gtk/gtk.h>

#include "memory.h"
#include "palette.h"
#include "playhead.h"
#include "run.h"

typedef struct _PwPresentation PwPresentation;

typedef struct {
  /* The presenter leaves; the presentation is to be freed. */
  void (*leave) (gpointer data);
  /* Opens the lesson anew with other values (of LessonVariation), and sets it.
   * NULL, or why that cannot be done, to be freed; then nothing has changed. */
  char *(*vary) (const GPtrArray *variations, gpointer data);
  gpointer data;
} PwPresented;

/* Begins to present a lesson where its playhead stands; for a window of an
 * application, which comes back to the front at the end. The memory, which must
 * live longer, knows the screen that was chosen. Free with
 * pw_presentation_free. */
PwPresentation *pw_presentation_new (GtkWindow *window, PwMemory *memory,
                                     PwPresented presented);
void pw_presentation_free (PwPresentation *presentation);

/* The lesson, which must live until another is set, and the presenter's
 * playhead. Everything else stays as it is: blank, frozen, timer. */
void pw_presentation_set_lesson (PwPresentation *presentation, LessonPlay *play,
                                 PwPlayhead *head);

/* It is about to go; another follows, or the end. */
void pw_presentation_forget_lesson (PwPresentation *presentation);

/* Whether the lesson has other values than its author's. */
gboolean pw_presentation_is_varied (PwPresentation *presentation);

void pw_presentation_set_palette (PwPresentation *presentation,
                                  const ScenePalette *palette);

#endif
