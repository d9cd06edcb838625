/* Bare memory as one strip to scale, and the disk beside it: programs lie in
 * either, equally large.
 *
 *                 0x00005010
 *   +--------+-------|-------+--------+---------------+---------+
 *   | kernel |   program A   |  free  |   program B   |  free   |
 *   +--------+-------|-------+--------+---------------+---------+
 *   0x00000000  0x00004000              0x0000a000     0x0000ffff
 *            ================ base 0x00004000, limit 0x00004000
 *   Disk
 *   +-----------------------------------------------------------+
 *   |   program C   |                                           |
 *   +-----------------------------------------------------------+ */
#ifndef SCENE_BARE_STRIP_H
#define SCENE_BARE_STRIP_H

#include "figures/figure.h"
#include "figures/kit.h"

enum {
  SCENE_BARE_GROUND = SCENE_PART, /* number: 0 memory, 1 disk */
  SCENE_BARE_PROGRAM,             /* number: process << 16 | piece */
  SCENE_BARE_FRAMES,              /* number: first byte >> 4 */
  SCENE_BARE_ADDRESS,             /* number: address >> 4 */
  SCENE_BARE_MARK,                /* number: 0 the bar, 1 its address */
  SCENE_BARE_BOUNDS,              /* number: 0 the bar, 1 its words */
  SCENE_BARE_WORDS,               /* number: 0 holes, 1 disk */
  SCENE_BARE_CELL,                /* number: process, as below */
  SCENE_BARE_NAME,
  SCENE_BARE_PLACE,
  SCENE_BARE_LINK,
  SCENE_BARE_SIGN
};

/* bounds: there is a line for base and limit. */
double scene_bare_strip_height (const SceneBuild *build, gboolean bounds);

/* Adds both strips below build->parent. */
void scene_add_bare_strip (SceneBuild *build, gboolean bounds, SceneRect rect);

/* How a program stands out: by what the step does with it. */
SceneEmphasis scene_bare_emphasis (const SceneContext *context,
                                   guint32 process);

/* The address that the step is about; FALSE if there is none. */
gboolean scene_bare_mark (const SceneContext *context, guint64 *pa);

#endif
