/* Pictures of a lesson's steps: how they are asked for, and writing them. */
#ifndef CLI_LESSON_PICTURE_H
#define CLI_LESSON_PICTURE_H

#include "args.h"
#include "lesson.h"
#include "painting.h"

typedef struct {
  const char *format;    /* "png", "svg" or "pdf" */
  guint64 width, height; /* of the stage at zoom 1; height 0: as is needed */
  double zoom;           /* of a PNG */
  const ScenePalette *palette;
} CliPicture;

/* A picture as nobody asked otherwise. */
#define CLI_PICTURE                                                            \
  {                                                                            \
    .format = "png", .width = 1280, .zoom = 1                                  \
  }

/* Each reads what was given; NULL keeps what is there, but for a palette, which
 * then is the first. FALSE, and args->status after a message, if it cannot be
 * so. */
gboolean cli_picture_format (CliArgs *args, const CliUsage *usage,
                             const char *word, CliPicture *picture);
gboolean cli_picture_size (CliArgs *args, const CliUsage *usage,
                           const char *word, guint64 *size);
gboolean cli_picture_palette (CliArgs *args, const CliUsage *usage,
                              const char *word, CliPicture *picture);

/* How the stage is to look, with its caption. */
ExportLook cli_picture_look (const CliPicture *picture);

/* Paints the steps of one lesson, which must live longer. Free with
 * cli_painter_free. */
typedef struct _CliPainter CliPainter;

CliPainter *cli_painter_new (const CliLesson *lesson,
                             const CliPicture *picture);
void cli_painter_free (CliPainter *painter);

/* Writes stage and caption of a step, counted from the lesson's beginning, to a
 * file, and the file's name to standard output. What is wrong was said. */
CliStatus cli_painter_write (CliPainter *painter, guint64 step,
                             const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliPainter, cli_painter_free)

#endif
