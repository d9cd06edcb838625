/* What the hall sees: the stage and its caption, as large as the screen. */
#ifndef PW_AUDIENCE_WINDOW_H
#define PW_AUDIENCE_WINDOW_H

#include <gtk/gtk.h>

#include "palette.h"
#include "playhead.h"
#include "run.h"
#include "spot.h"

#define PW_TYPE_AUDIENCE (pw_audience_get_type ())
G_DECLARE_FINAL_TYPE (PwAudience, pw_audience, PW, AUDIENCE,
                      GtkApplicationWindow)

typedef enum { PW_BLANK_NONE, PW_BLANK_BLACK, PW_BLANK_WHITE } PwBlank;

/* Clicks activate its actions "present.next" and "present.previous". */
GtkWidget *pw_audience_new (GtkApplication *application);

/* What it shows, and where: play and head must live until another lesson is
 * set. NULL and NULL for nothing. */
void pw_audience_set_lesson (PwAudience *audience, LessonPlay *play,
                             PwPlayhead *head);
void pw_audience_set_palette (PwAudience *audience,
                              const ScenePalette *palette);

/* A factor on the type that suits the screen. */
void pw_audience_set_zoom (PwAudience *audience, double zoom);

void pw_audience_set_blank (PwAudience *audience, PwBlank blank);

/* The pointer that the mouse moves. */
void pw_audience_set_spot (PwAudience *audience, PwSpotKind kind);

/* Moves the pointer from elsewhere, to parts of the stage's width and
 * height. */
void pw_audience_point (PwAudience *audience, double x, double y);

/* Says beside the counter that the presenter is at another step; -1: is not. */
void pw_audience_set_ahead (PwAudience *audience, int step);

/* Says beside the counter what is done with other values than the lesson's;
 * NULL: nothing is. */
void pw_audience_set_varied (PwAudience *audience, const char *operation);

/* Says something for a moment. */
void pw_audience_tell (PwAudience *audience, const char *text);

/* Lays a widget over the page, or takes it away. */
void pw_audience_add_cover (PwAudience *audience, GtkWidget *widget);
void pw_audience_remove_cover (PwAudience *audience, GtkWidget *widget);

/* Its PwStage. */
GtkWidget *pw_audience_get_stage (PwAudience *audience);

#endif
