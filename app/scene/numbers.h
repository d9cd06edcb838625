/* Numbers and names as sentences write them: always equally wide, so that a
 * frame and an offset set side by side read like the address they make. */
#ifndef SCENE_NUMBERS_H
#define SCENE_NUMBERS_H

#include <glib.h>

#include "machine/machine.h"

/* A short text by value, so that nothing is to be freed. */
typedef struct {
  char s[32];
} SceneNumber;

/* A frame, five digits: 0x00002; of a toy as many as its frames have. */
SceneNumber scene_number_frame (const struct vm_geometry *geometry,
                                guint64 frame);

/* A physical address, eight digits (five of its frame, three of the offset); of
 * a toy as many as its addresses have. */
SceneNumber scene_number_physical (const struct vm_geometry *geometry,
                                   guint64 pa);

/* A virtual address, as wide as the geometry translates (NULL: no padding). */
SceneNumber scene_number_virtual (const struct vm_geometry *geometry,
                                  guint64 va);

/* The number of a page of 2^shift bytes, and an offset in one. */
SceneNumber scene_number_page (const struct vm_geometry *geometry, guint64 page,
                               guint shift);
SceneNumber scene_number_offset (guint64 offset, guint shift);

/* An entry of a page table, and bytes of data, as wide as they are. */
SceneNumber scene_number_entry (const struct vm_geometry *geometry,
                                guint64 raw);
SceneNumber scene_number_data (guint64 value, guint bytes);

/* "4 KiB", "2 MiB", translated. */
SceneNumber scene_number_size (guint64 bytes);

/* The size of [first, last] as a power of two or as a difference of two: "2⁴⁷",
 * "2⁶⁴ − 2⁴⁸"; empty if it is neither. */
SceneNumber scene_number_power (guint64 first, guint64 last);

/* A table of a level in the reader's language: "page directory". */
const char *scene_table_name (const struct vm_geometry *geometry, guint level);

#endif
