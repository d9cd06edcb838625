/* Writes the values of steps as JSON. */
#include "outcome_value.h"

#include "describe_kernel.h"
#include "describe_mm.h"
#include "mm/kernel_layout.h"
#include "mm/zone.h"
#include "describe_tasks.h"
#include "policy/policy.h"
#include "subject.h"

void
cli_process_write (CliJson *json, const char *key,
                   const struct vm_machine *machine, guint64 index)
{
  const struct vm_state *state = vm_machine_state (machine);

  gboolean there = index < state->process_count;

  if (there && state->processes[index].state == 0)
    /* It has ended since. */
    cli_json_string (
        json, key,
        scene_subject_process (&(SceneSubject){.machine = machine}, index));
  else
    cli_json_string (
        json, key,
        there ? vm_machine_name (machine, state->processes[index].name) : NULL);
}

static gboolean
is_number (enum vm_value_type type)
{
  return type == VM_VALUE_NUMBER || type == VM_VALUE_SIZE
         || type == VM_VALUE_CPU;
}

static gboolean
is_hex (enum vm_value_type type)
{
  return type == VM_VALUE_VADDR || type == VM_VALUE_PADDR
         || type == VM_VALUE_FRAME || type == VM_VALUE_RAW;
}

/* What is no word. */
static const char no_word[] = "";

/* The word for a value that is one of a few; NULL for one that has no name;
 * no_word for other kinds of values. */
static const char *
word_of (enum vm_value_type type, guint64 value)
{
  switch (type) {
  case VM_VALUE_ACCESS_KIND:
    return vm_access_kind_name ((enum vm_access_kind) value);
  case VM_VALUE_MODE:
    return vm_mode_name ((enum vm_mode) value);
  case VM_VALUE_FAULT_KIND:
    return vm_fault_kind_name ((enum vm_fault_kind) value);
  case VM_VALUE_ROLE:
    return vm_frame_role_name ((enum vm_frame_role) value);
  case VM_VALUE_VERDICT:
    return vm_verdict_name ((enum vm_verdict) value);
  case VM_VALUE_FLUSH:
    return vm_flush_kind_name ((enum vm_flush_kind) value);
  case VM_VALUE_REGISTER:
    return vm_segment_register_name ((enum vm_segment_register) value);
  case VM_VALUE_SEGMENT:
    return vm_segment_verdict_name ((enum vm_segment_verdict) value);
  case VM_VALUE_WAY:
    return vm_way_name ((enum vm_way) value);
  case VM_VALUE_WINDOW:
    return vm_window_kind_name ((enum vm_window_kind) value);
  case VM_VALUE_LRU:
    return vm_lru_name ((enum vm_lru) value);
  case VM_VALUE_FATE:
    return vm_fate_name ((enum vm_fate) value);
  case VM_VALUE_PART:
    return vm_part_name ((enum vm_part) value);
  case VM_VALUE_AUX:
    return vm_aux_name (value);
  case VM_VALUE_SPACE:
    return vm_space_name ((enum vm_space) value);
  case VM_VALUE_READAHEAD:
    return vm_readahead_why_name ((enum vm_readahead_why) value);
  case VM_VALUE_FLUSHER:
    return vm_flusher_why_name ((enum vm_flusher_why) value);
  case VM_VALUE_AREA:
    return vm_kernel_area_name ((enum vm_kernel_area) value);
  case VM_VALUE_RULE:
    return vm_kernel_rule_name ((enum vm_kernel_rule) value);
  case VM_VALUE_KMAP:
    return vm_kmap_kind_name ((enum vm_kmap_kind) value);
  case VM_VALUE_OBJECT:
    return vm_object_name ((enum vm_object) value);
  case VM_VALUE_CLONE_RULE:
    return vm_clone_rule_name ((enum vm_clone_rule) value);
  case VM_VALUE_FIT:
    return vm_fit_name ((enum vm_fit) value);
  case VM_VALUE_PLACE:
    return vm_chunk_place_name ((enum vm_chunk_place) value);
  case VM_VALUE_REASON:
    return vm_victim_reason_name ((enum vm_victim_reason) value);
  case VM_VALUE_POLICY:
    return vm_policy_info_of ((enum vm_policy) value)->name;
  case VM_VALUE_CALL:
    return vm_call_name ((enum vm_call) value);
  case VM_VALUE_ERRNO:
    return vm_errno_name ((enum vm_errno) value);
  case VM_VALUE_LIMIT:
    return vm_limit_name ((enum vm_limit) value);
  case VM_VALUE_LOOK:
    return vm_look_name ((enum vm_look) value);
  case VM_VALUE_QUESTION:
    return vm_question_name ((enum vm_question) value);
  case VM_VALUE_ACTION:
    return vm_action_name ((enum vm_action) value);
  case VM_VALUE_SIGNAL:
    return vm_signal_name ((enum vm_signal) value);
  case VM_VALUE_CODE:
    return vm_signal_code_name ((enum vm_signal_code) value);
  case VM_VALUE_ZONE:
    return vm_zone_name ((enum vm_zone) value);
  case VM_VALUE_GFP:
    return value < VM_GFPS ? vm_gfp_name ((enum vm_gfp) value) : NULL;
  case VM_VALUE_FUNCTION:
    return vm_kernel_function_name ((enum vm_kernel_function) value);
  case VM_VALUE_TRY:
    return vm_zone_try_name ((enum vm_zone_try) value);
  case VM_VALUE_SLAB_STATE:
    return vm_slab_state_name ((enum vm_slab_state) value);
  case VM_VALUE_GRANT:
    return vm_grant_kind_name ((enum vm_grant_kind) value);
  case VM_VALUE_UNUSED:
  case VM_VALUE_NUMBER:
  case VM_VALUE_SIZE:
  case VM_VALUE_FLAG:
  case VM_VALUE_VADDR:
  case VM_VALUE_PADDR:
  case VM_VALUE_FRAME:
  case VM_VALUE_RAW:
  case VM_VALUE_PROCESS:
  case VM_VALUE_NAME:
  case VM_VALUE_GEOMETRY:
  case VM_VALUE_CPU:
  case VM_VALUE_SIGNED:
  case VM_VALUE_REGION_FLAGS:
  case VM_VALUE_VERSION:
  case VM_VALUE_CLONE_FLAGS:
    break;
  }
  return no_word;
}

void
cli_value_write (CliJson *json, const struct vm_machine *machine,
                 const struct vm_value_info *info, guint64 value)
{
  const char *key = info->name, *word = word_of (info->type, value);
  g_autofree char *flags = scene_clone_flags (value);

  if (word != no_word)
    cli_json_string (json, key, word);
  else if (is_hex (info->type))
    cli_json_hex (json, key, value);
  else if (is_number (info->type))
    cli_json_number (json, key, value);
  else if (info->type == VM_VALUE_SIGNED)
    cli_json_signed (json, key, (gint64) value);
  else if (info->type == VM_VALUE_FLAG)
    cli_json_boolean (json, key, value == 1);
  else if (info->type == VM_VALUE_PROCESS)
    cli_process_write (json, key, machine, value);
  else if (info->type == VM_VALUE_NAME)
    cli_json_string (json, key, vm_machine_name (machine, (guint32) value));
  else if (info->type == VM_VALUE_VERSION)
    cli_json_string (json, key, scene_kernel_version ((guint32) value).s);
  else if (info->type == VM_VALUE_GEOMETRY)
    cli_json_string (json, key, vm_machine_built_geometry (machine)->name);
  else if (info->type == VM_VALUE_REGION_FLAGS)
    cli_json_string (json, key, scene_mm_flags (value).s);
  else if (info->type == VM_VALUE_CLONE_FLAGS)
    cli_json_string (json, key, flags);
}
