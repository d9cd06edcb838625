/* What a record of the machine's state holds, field by field. */
#ifndef SCENE_RECORD_H
#define SCENE_RECORD_H

#include "machine/machine.h"
#include "scene.h"

/* Names, as core/tape/state.h has them, and values in turn: "page", "0x11223",
 * "frame", "0x44332", ..., and last "flags" with those that are set. NULL for
 * an item that does not show a whole record with several fields. The machine
 * is read at its cursor. Free with g_ptr_array_unref. */
GPtrArray *scene_record_fields (const struct vm_machine *machine,
                                const SceneItem *item);

#endif
