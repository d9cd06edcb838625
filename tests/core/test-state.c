/* The map of the state: every byte has one name, and every place is found. */
#include "support.h"

/* Counts, for each byte of an array's element, the fields that cover it. */
static void
check_fields (const struct vm_array_info *array)
{
  g_autofree guint8 *covered = g_new0 (guint8, array->stride);

  for (uint32_t i = 0; i < array->field_count; i++) {
    const struct vm_field_info *field = &array->fields[i];
    g_assert_cmpuint (field->offset + field->width, <=, array->stride);
    g_assert_cmpuint (field->offset % MIN (field->width, 8u), ==, 0);
    for (uint32_t j = 0; j < field->width; j++)
      covered[field->offset + j]++;
  }
  for (uint32_t i = 0; i < array->stride; i++)
    if (covered[i] != 1)
      g_error ("%s: byte %u has %u fields", array->name, i, covered[i]);
}

static void
test_fields (void)
{
  uint32_t count;
  const struct vm_array_info *arrays = vm_state_arrays (&count);

  for (uint32_t i = 0; i < count; i++)
    check_fields (&arrays[i]);
}

static uint64_t
array_end (const struct vm_array_info *array)
{
  return array->offset + (uint64_t) array->stride * array->count;
}

/* The arrays lie apart from each other, and together are as long as the state:
 * so they cover every byte once. */
static void
test_arrays (void)
{
  uint32_t count;
  const struct vm_array_info *arrays = vm_state_arrays (&count);
  uint64_t total = 0;

  for (uint32_t i = 0; i < count; i++) {
    total += array_end (&arrays[i]) - arrays[i].offset;
    g_assert_cmpuint (array_end (&arrays[i]), <=, sizeof (struct vm_state));
    for (uint32_t j = 0; j < i; j++)
      g_assert_true (array_end (&arrays[j]) <= arrays[i].offset
                     || array_end (&arrays[i]) <= arrays[j].offset);
  }
  g_assert_cmpuint (total, ==, sizeof (struct vm_state));
}

static void
test_names (void)
{
  uint32_t count;
  const struct vm_array_info *arrays = vm_state_arrays (&count);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (uint32_t i = 0; i < count; i++) {
    g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
    g_assert_true (g_hash_table_add (seen, (gpointer) arrays[i].name));
    for (uint32_t j = 0; j < arrays[i].field_count; j++)
      g_assert_true (
          g_hash_table_add (fields, (gpointer) arrays[i].fields[j].name));
  }
}

static const struct {
  size_t place;
  const char *array;
  uint32_t index;
  const char *field;
} known[] = {
    {offsetof (struct vm_state, config.geometry), "config", 0, "geometry"},
    {offsetof (struct vm_state, config.smap), "config", 0, "smap"},
    {offsetof (struct vm_state, counters.faults) + 7, "counters", 0, "faults"},
    {offsetof (struct vm_state, cpus[0].cr2), "cpus", 0, "cr2"},
    {offsetof (struct vm_state, cpus[3].cr3) + 2, "cpus", 3, "cr3"},
    {offsetof (struct vm_state, cpus[7].mode) + 3, "cpus", 7, "mode"},
    {offsetof (struct vm_state, free_hint), "free_hint", 0, "value"},
    {offsetof (struct vm_state, mms[1023].root), "mms", 1023, "root"},
    {offsetof (struct vm_state, tlb[0].valid), "tlb", 0, "valid"},
    {offsetof (struct vm_state, tlb[4095].reserved), "tlb", 4095, "reserved"},
    {offsetof (struct vm_state, frames[1048575].index), "frames", 1048575,
     "index"},
    {offsetof (struct vm_state, slot_of[16777215]), "slot_of", 16777215,
     "value"},
    {offsetof (struct vm_state, slot_frame[1]), "slot_frame", 1, "value"},
    {offsetof (struct vm_state, bytes[0][0]), "bytes", 0, "page"},
    {offsetof (struct vm_state, bytes[32767][4095]), "bytes", 32767, "page"},
};

static void
test_known_places (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (known); i++) {
    struct vm_place_info info;
    g_assert_true (vm_place_describe ((uint32_t) known[i].place, &info));
    g_assert_cmpstr (info.array->name, ==, known[i].array);
    g_assert_cmpuint (info.index, ==, known[i].index);
    g_assert_cmpstr (info.field->name, ==, known[i].field);
  }
}

/* What a place is taken apart into puts it together again. */
static void
check_place (uint32_t place)
{
  struct vm_place_info info;

  g_assert_true (vm_place_describe (place, &info));
  g_assert_cmpuint (info.index, <, info.array->count);
  uint32_t start = info.array->offset + info.index * info.array->stride
                   + info.field->offset;
  g_assert_cmpuint (place, >=, start);
  g_assert_cmpuint (place, <, start + info.field->width);
}

static void
test_random_places (void)
{
  uint64_t seed = 1;
  uint32_t head = offsetof (struct vm_state, frames);

  for (uint32_t i = 0; i < 100000; i++) {
    check_place ((uint32_t) random_below (&seed, sizeof (struct vm_state)));
    check_place ((uint32_t) random_below (&seed, head));
  }
}

static void
test_outside (void)
{
  struct vm_place_info info;

  g_assert_false (vm_place_describe (sizeof (struct vm_state), &info));
  g_assert_false (vm_place_describe (UINT32_MAX, &info));
  check_place (sizeof (struct vm_state) - 1);
}

/* A record of the tape has no hidden bytes either: it may be compared. */
static void
test_no_padding (void)
{
  g_assert_cmpuint (sizeof (struct vm_step), ==,
                    8 + 8 + 8 * VM_STEP_VALUES + 2 + 2 + 4);
  g_assert_cmpuint (sizeof (struct vm_delta), ==, 4 + 4 + 8 + 8);
  g_assert_cmpuint (sizeof (struct vm_tape_mark), ==, 3 * 8);
}

/* Each kind of step has names for its values, without a gap between them. */
static void
test_step_kinds (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int kind = 0; kind < VM_STEP_KINDS; kind++) {
    const struct vm_step_info *info
        = vm_step_info_of ((enum vm_step_kind) kind);
    bool ended = false;
    g_assert_nonnull (info->name);
    g_assert_true (g_hash_table_add (seen, (gpointer) info->name));
    for (int i = 0; i < VM_STEP_VALUES; i++) {
      const struct vm_value_info *value = &info->values[i];
      g_assert_true ((value->name == NULL) == (value->type == VM_VALUE_UNUSED));
      g_assert_false (ended && value->name != NULL);
      ended = value->name == NULL;
    }
  }
}

/* The words that scripts and queries rely on. */
static void
test_words (void)
{
  const struct vm_parameter_info *access
      = vm_op_info_of (VM_OP_ACCESS)->parameters;

  for (int i = VM_READ; i <= VM_FETCH; i++)
    g_assert_cmpstr (vm_access_kind_name ((enum vm_access_kind) i), ==,
                     access[VM_P_ACCESS_KIND].choices[i]);
  for (int i = VM_KERNEL_MODE; i <= VM_USER_MODE; i++)
    g_assert_cmpstr (vm_mode_name ((enum vm_mode) i), ==,
                     access[VM_P_ACCESS_MODE].choices[i]);
  g_assert_cmpstr (vm_fault_kind_name (VM_FAULT_NOT_PRESENT), ==,
                   "not-present");
  g_assert_cmpstr (vm_fault_kind_name (VM_FAULT_NON_CANONICAL), ==,
                   "non-canonical");
  g_assert_cmpstr (vm_frame_role_name (VM_FRAME_DATA), ==, "data");
  g_assert_cmpstr (vm_verdict_name (VM_VERDICT_SMAP), ==, "smap");
  g_assert_cmpstr (vm_verdict_name (VM_VERDICT_READ_ONLY), ==, "read-only");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/fields", test_fields);
  g_test_add_func ("/state/arrays", test_arrays);
  g_test_add_func ("/state/names", test_names);
  g_test_add_func ("/state/known-places", test_known_places);
  g_test_add_func ("/state/random-places", test_random_places);
  g_test_add_func ("/state/outside", test_outside);
  g_test_add_func ("/state/no-padding", test_no_padding);
  g_test_add_func ("/state/step-kinds", test_step_kinds);
  g_test_add_func ("/state/words", test_words);
  return g_test_run ();
}
