/* Files whose pages the page cache may have: which a figure shows, and how far
 * each page of them is. */
#ifndef SCENE_CACHED_FILES_H
#define SCENE_CACHED_FILES_H

#include "figures/cells.h"

#define SCENE_MOST_FILES 3

/* The lines of a file in the grid, from the top. */
typedef enum {
  SCENE_FILE_CACHE,  /* the frame that has the page */
  SCENE_FILE_MAPPED, /* whose entries name that */
  SCENE_FILE_DISK,   /* where it lies on a disk */
  SCENE_FILE_LINES
} SceneFileLine;

/* How many files there are at most at one time, up to SCENE_MOST_FILES, and
 * the pages of the largest: the list of operations knows it. */
guint scene_files_count (const SceneContext *context);
guint64 scene_files_pages (const SceneContext *context);

/* The files to show; returns how many. The one that the step is about is among
 * them. */
guint scene_files_shown (const SceneContext *context,
                         guint32 files[SCENE_MOST_FILES]);

/* The page that the step is about; SCENE_NO_FOCUS: it is about none. */
guint64 scene_files_focus (const SceneContext *context);

/* What a file is called. */
const char *scene_file_title (const SceneBuild *build, guint32 file);

/* Sets a cell of the grid; one behind the file's end stays empty. */
void scene_file_cell (const SceneBuild *build, guint32 file, SceneFileLine line,
                      guint64 page, SceneCellsCell *cell);

#endif
