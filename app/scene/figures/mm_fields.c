/* The fields of an mm_struct that a course names. */
#include "figures/mm_fields.h"

#include <inttypes.h>
#include <stddef.h>

#define PLACE(structure, field)                                                \
  offsetof (struct structure, field), sizeof ((struct structure *) 0)->field

#define ADDRESS(field)                                                         \
  {                                                                            \
#field, SCENE_MM_ADDRESSES, SCENE_MM_ADDRESS, FALSE, PLACE(vm_mm, field)   \
  }
#define PAGES(field)                                                           \
  {                                                                            \
#field, SCENE_MM_PAGES, SCENE_MM_NUMBER, FALSE, PLACE(vm_mm, field)        \
  }

/* In the order in which they are shown. */
const SceneMmField scene_mm_fields[] = {
    ADDRESS (task_size),
    ADDRESS (mmap_base),
    ADDRESS (start_code),
    ADDRESS (end_code),
    ADDRESS (start_data),
    ADDRESS (end_data),
    ADDRESS (start_brk),
    ADDRESS (brk),
    ADDRESS (start_stack),
    ADDRESS (arg_start),
    ADDRESS (arg_end),
    ADDRESS (env_start),
    ADDRESS (env_end),
    PAGES (total_vm),
    PAGES (locked_vm),
    PAGES (pinned_vm),
    PAGES (data_vm),
    PAGES (exec_vm),
    PAGES (stack_vm),
    PAGES (rss_anon),
    PAGES (rss_file),
    PAGES (rss_shmem),
    {"pgd", SCENE_MM_COUNTS, SCENE_MM_ROOT, FALSE, PLACE (vm_mm, root)},
    {"mm_rb", SCENE_MM_COUNTS, SCENE_MM_TREE, FALSE, PLACE (vm_mm, tree)},
    {"map_count", SCENE_MM_COUNTS, SCENE_MM_NUMBER, FALSE,
     PLACE (vm_mm, regions)},
    {"mm_users", SCENE_MM_COUNTS, SCENE_MM_NUMBER, FALSE, PLACE (vm_mm, users)},
    {"min_flt", SCENE_MM_COUNTS, SCENE_MM_NUMBER, TRUE,
     PLACE (vm_process, minor_faults)},
    {"maj_flt", SCENE_MM_COUNTS, SCENE_MM_NUMBER, TRUE,
     PLACE (vm_process, major_faults)},
};
const guint scene_mm_field_count = G_N_ELEMENTS (scene_mm_fields);

G_STATIC_ASSERT (G_N_ELEMENTS (scene_mm_fields) <= SCENE_MM_FIELDS);

gconstpointer
scene_mm_field_place (const SceneContext *context, guint32 process, guint field)
{
  const SceneMmField *f = &scene_mm_fields[field];
  gconstpointer base = f->process
                           ? (gconstpointer) &context->state->processes[process]
                           : (gconstpointer) vm_mm_of (context->state, process);

  return (const char *) base + f->offset;
}

guint64
scene_mm_field_value (const SceneContext *context, guint32 process, guint field)
{
  gconstpointer place = scene_mm_field_place (context, process, field);

  return scene_mm_fields[field].width == sizeof (guint32)
             ? *(const guint32 *) place
             : *(const guint64 *) place;
}

gboolean
scene_mm_field_changed (const SceneContext *context, guint32 process,
                        guint field, guint64 *before)
{
  const struct vm_tape *tape = vm_machine_tape (context->machine);
  guint32 place
      = vm_tape_place (tape, scene_mm_field_place (context, process, field));
  gboolean found = FALSE;

  if (context->step == NULL)
    return FALSE;
  for (guint64 i = 0; i < vm_tape_delta_count (tape, context->cursor - 1);
       i++) {
    const struct vm_delta *delta = vm_tape_delta (tape, context->cursor - 1, i);
    if (found || delta->place != place)
      continue;
    *before = delta->before;
    found = TRUE;
  }
  return found && *before != scene_mm_field_value (context, process, field);
}

const char *
scene_mm_field_text (const SceneBuild *build, guint field, guint64 value)
{
  const SceneContext *c = build->context;

  switch (scene_mm_fields[field].kind) {
  case SCENE_MM_ADDRESS:
    if (value == 0)
      return "0x0"; /* not set */
    return scene_keep (build, scene_number_virtual (c->geometry, value));
  case SCENE_MM_ROOT:
    return scene_keep (
        build,
        scene_number_physical (c->geometry, value << c->geometry->page_shift));
  case SCENE_MM_TREE:
    return value == 0 ? "NULL"
                      : scene_keep (build, scene_number_virtual (
                                               c->geometry,
                                               c->state->regions[value].start));
  case SCENE_MM_NUMBER:
    break;
  }
  return scene_still_printf (build->still, "%" PRIu64, value);
}

SceneId
scene_mm_tree_id (void)
{
  guint field = 0;

  while (scene_mm_fields[field].kind != SCENE_MM_TREE)
    field++;
  return SCENE_ID (SCENE_FIGURE_MM, SCENE_MM_BOX, field);
}
