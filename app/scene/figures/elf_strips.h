/* A segment over the grid of pages: the file's pages above, those of memory
 * below, each byte above the one that it becomes.
 *
 *   0x2000          0x3000
 *   |      #########|##       |                        file
 *   |      #########|##0000000|........|  ...          memory
 *   0x3000          0x4000    0x5000                              */
#ifndef SCENE_ELF_STRIPS_H
#define SCENE_ELF_STRIPS_H

#include "figures/loaded.h"

#define SCENE_STRIP_COLUMNS 6

/* Parts of ids that they take, from SCENE_PART on. */
#define SCENE_STRIP_PARTS 6

/* A column: one page, or several alike. */
typedef struct {
  guint64 first; /* its first page's address */
  guint64 pages;
} SceneStripColumn;

/* The segment that is looked at. */
typedef struct {
  const SceneLoaded *loaded;
  const struct vm_elf_mapping *m;
  const struct vm_elf_segment *s;
  SceneStripColumn columns[SCENE_STRIP_COLUMNS];
  guint count;
} SceneStrips;

/* Chooses the segment of a program that shows most, and its columns. */
void scene_strips_choose (SceneStrips *strips, const SceneLoaded *loaded);

double scene_strips_height (const SceneBuild *build);

/* Adds them below build->parent, and takes their room off *rest. */
void scene_add_strips (SceneBuild *build, const SceneStrips *strips,
                       SceneRect *rest);

#endif
