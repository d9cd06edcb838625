/* What regions of an address space are called. */
#include "figures/region_words.h"

#include <glib/gi18n-lib.h>

#include "figures/runs.h"
#include "mm/files.h"
#include "mm/region_tree.h"

const char *
scene_region_flags (guint32 flags)
{
  static const char *const words[]
      = {"---p", "r--p", "-w-p", "rw-p", "--xp", "r-xp", "-wxp", "rwxp",
         "---s", "r--s", "-w-s", "rw-s", "--xs", "r-xs", "-wxs", "rwxs"};

  return words[flags & (VM_REGION_ACCESS | VM_REGION_SHARED)];
}

const char *
scene_region_label (const SceneContext *context, const struct vm_region *region)
{
  const struct vm_mm *mm = &context->state->mms[region->mm];

  if (region->file != 0)
    return scene_file_label (context, region->file);
  if (region->start < mm->brk && region->end > mm->start_brk)
    return "[heap]";
  if (region->start <= mm->start_stack && region->end >= mm->start_stack)
    return "[stack]";
  /* Translators: a region of memory that shows no file. */
  return _ ("anonymous");
}

const char *
scene_file_label (const SceneContext *context, guint32 file)
{
  guint32 name = context->state->files[file].name;

  if (context->state->files[file].kind == VM_FILE_KERNEL)
    return vm_files_kernel_name (&context->state->files[file]);
  /* Translators: a region of memory that several processes may share, and that
     shows no file. */
  return name == VM_NONE ? _ ("shared memory")
                         : vm_machine_name (context->machine, name);
}

const struct vm_region *
scene_region_at (const SceneContext *context, guint32 process, guint64 va)
{
  if (!scene_process_lives (context, process))
    return NULL;
  guint32 number = vm_tree_holder (context->state,
                                   context->state->processes[process].mm, va);

  return number == 0 ? NULL : vm_region_at (context->state, number);
}
