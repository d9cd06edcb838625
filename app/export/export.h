/* Lessons to take away: what all forms of them have in common. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "run.h" /* of the lesson engine */

/* Told how much is done, from 0 to 1; FALSE: stop. */
typedef gboolean (*ExportProgress) (double part, gpointer data);

/* What is written, and who hears of it. */
typedef struct {
  LessonPlay *play;        /* its machine is moved, and put back */
  ExportProgress progress; /* NULL: nobody wants to know */
  gpointer data;
} ExportJob;

/* FALSE, and *error (G_IO_ERROR_CANCELLED), if the job is to stop. */
gboolean export_progress (const ExportJob *job, double part, GError **error);

/* The steps of the lesson: 0 is the machine that has been set up, and the last
 * one is this. */
guint64 export_last_step (const LessonPlay *play);

/* Moves the machine to a step, counted so. FALSE and *error if there is no
 * memory for it. */
gboolean export_seek (LessonPlay *play, guint64 step, GError **error);

/* The sentence of the step that the machine stands at, and the quieter one,
 * NULL if there is none; to be freed. */
char *export_sentence (const LessonPlay *play);
char *export_more (const LessonPlay *play);

#endif
