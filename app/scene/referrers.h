/* Who refers to what an item shows: entries, registers, TLB ways, steps. */
#ifndef SCENE_REFERRERS_H
#define SCENE_REFERRERS_H

#include "machine/machine.h"
#include "scene.h"

/* Sentences, translated, of which the first is a heading; each to be freed
 * with g_free, as the array does. At most `most` referrers are named, and a
 * last sentence says how many more there are. NULL for an item that nothing
 * could refer to.
 *
 *   a frame             the registers, page-table entries (with process and
 *                       page) and TLB ways that name it
 *   a page-table entry  the entry that leads to its table, what it translates,
 *                       the TLB ways that were filled from it
 *   a TLB way           the entry that it was filled from
 *   a part of the       the step of the present operation that used it;
 *   virtual address     first_step is the number of the lesson's step 1
 *
 * The machine is read at its cursor and not changed. */
GPtrArray *scene_referrers (const struct vm_machine *machine,
                            const SceneItem *item, guint64 first_step,
                            guint most);

#endif
