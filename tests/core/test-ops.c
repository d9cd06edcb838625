/* The reader of script lines: numbers, words, and every way to get it wrong. */
#include "support.h"

#include <string.h>

static const struct {
  const char *text;
  bool valid;
  uint64_t value;
} numbers[] = {
    {"0", true, 0},
    {"42", true, 42},
    {"007", true, 7},
    {"0x1f", true, 0x1f},
    {"0XFf", true, 0xff},
    {"0b101", true, 5},
    {"4K", true, 4096},
    {"4k", true, 4096},
    {"2M", true, 2 << 20},
    {"1G", true, 1 << 30},
    {"0x10M", true, 16 << 20},
    {"0b11K", true, 3072},
    {"3T", true, UINT64_C (3) << 40},
    {"18446744073709551615", true, UINT64_MAX},
    {"0xffffffffffffffff", true, UINT64_MAX},
    {"16777215T", true, UINT64_C (16777215) << 40},
    {"18446744073709551616", false, 0},
    {"0x10000000000000000", false, 0},
    {"16777216T", false, 0},
    {"0xffffffffffffffffK", false, 0},
    {"", false, 0},
    {"K", false, 0},
    {"0x", false, 0},
    {"0xK", false, 0},
    {"0b2", false, 0},
    {"0b", false, 0},
    {"-1", false, 0},
    {"+1", false, 0},
    {"1.5", false, 0},
    {"1KK", false, 0},
    {"1P", false, 0},
    {"fe", false, 0},
    {"1 ", false, 0},
};

static void
test_numbers (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
    const char *text = numbers[i].text;
    uint64_t value;
    bool valid = vm_number_parse (text, strlen (text), &value);
    if (valid != numbers[i].valid || (valid && value != numbers[i].value))
      g_error ("\"%s\" was read wrongly", text);
  }
}

/* The length counts, not a terminator. */
static void
test_number_length (void)
{
  uint64_t value;

  g_assert_true (vm_number_parse ("1234", 2, &value));
  g_assert_cmpuint (value, ==, 12);
}

static const struct {
  const char *line;
  enum vm_error_code code;
  uint32_t column;
  const char *subject;
} malformed[] = {
    {"frobnicate", VM_ERROR_UNKNOWN_OPERATION, 1, "frobnicate"},
    {"  machin geometry=x86-32", VM_ERROR_UNKNOWN_OPERATION, 3, "machin"},
    {"Process name=A", VM_ERROR_UNKNOWN_OPERATION, 1, "Process"},
    {"process=A", VM_ERROR_UNKNOWN_OPERATION, 1, "process=A"},
    {"process name=A colour=red", VM_ERROR_UNKNOWN_PARAMETER, 16, "colour"},
    {"process nam=A", VM_ERROR_UNKNOWN_PARAMETER, 9, "nam"},
    {"process =A", VM_ERROR_UNKNOWN_PARAMETER, 9, ""},
    {"process name=A name=B", VM_ERROR_REPEATED_PARAMETER, 16, "name"},
    {"process", VM_ERROR_MISSING_PARAMETER, 0, "name"},
    {"machine memory=1M", VM_ERROR_MISSING_PARAMETER, 0, "geometry"},
    {"map process=A va=0 frame=1", VM_ERROR_MISSING_PARAMETER, 0, "flags"},
    {"process A", VM_ERROR_NO_VALUE, 9, "A"},
    {"access va", VM_ERROR_NO_VALUE, 8, "va"},
    {"access va=", VM_ERROR_BAD_NUMBER, 11, "va"},
    {"access va=0x", VM_ERROR_BAD_NUMBER, 11, "va"},
    {"access  va=12Q", VM_ERROR_BAD_NUMBER, 12, "va"},
    {"access va=16777216T", VM_ERROR_BAD_NUMBER, 11, "va"},
    {"access va=0 va=", VM_ERROR_REPEATED_PARAMETER, 13, "va"},
    {"access va=0 kind=jump", VM_ERROR_BAD_CHOICE, 18, "kind"},
    {"access va=0 kind=", VM_ERROR_BAD_CHOICE, 18, "kind"},
    {"access va=0 mode=User", VM_ERROR_BAD_CHOICE, 18, "mode"},
    {"machine geometry=none", VM_ERROR_BAD_CHOICE, 18, "geometry"},
    {"machine geometry=x86", VM_ERROR_BAD_CHOICE, 18, "geometry"},
    {"map flags=rr", VM_ERROR_BAD_CHOICE, 11, "flags"},
    {"map flags=rwq", VM_ERROR_BAD_CHOICE, 11, "flags"},
    {"map flags=", VM_ERROR_BAD_CHOICE, 11, "flags"},
    {"process name=", VM_ERROR_BAD_NAME, 14, "name"},
    {"process name=a/b", VM_ERROR_BAD_NAME, 14, "name"},
    {"process name=A=B", VM_ERROR_BAD_NAME, 14, "name"},
    {"process name=abcdefghijabcdefghijabcdefghijab", VM_ERROR_BAD_NAME, 14,
     "name"},
    {"access va=0\twidth=9", VM_ERROR_OUT_OF_RANGE, 19, "width"},
    {"machine geometry=x86-32 memory=16", VM_ERROR_OUT_OF_RANGE, 32, "memory"},
    {"machine geometry=x86-32 memory=8G", VM_ERROR_OUT_OF_RANGE, 32, "memory"},
    {"machine tlb-sets=0", VM_ERROR_OUT_OF_RANGE, 18, "tlb-sets"},
    {"machine tlb-ways=4097", VM_ERROR_OUT_OF_RANGE, 18, "tlb-ways"},
};

static void
test_malformed (void)
{
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);

  for (size_t i = 0; i < G_N_ELEMENTS (malformed); i++) {
    struct vm_error error = {.code = VM_OK};
    struct vm_op op;
    g_test_message ("%s", malformed[i].line);
    g_assert_false (vm_op_parse (malformed[i].line, names, &op, &error));
    g_assert_cmpint (error.code, ==, malformed[i].code);
    g_assert_cmpuint (error.column, ==, malformed[i].column);
    g_assert_cmpstr (error.subject, ==, malformed[i].subject);
    g_assert_false (vm_op_parse (malformed[i].line, names, &op, NULL));
  }
}

/* The numbers that explain a bound, and a subject too long to keep. */
static void
test_details (void)
{
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  struct vm_error error;
  struct vm_op op;

  g_assert_false (vm_op_parse ("access width=0x10", names, &op, &error));
  g_assert_cmpuint (error.value, ==, 16);
  g_assert_cmpuint (error.low, ==, 1);
  g_assert_cmpuint (error.high, ==, 8);

  const char *line = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
  g_assert_false (vm_op_parse (line, names, &op, &error));
  g_assert_cmpuint (strlen (error.subject), ==, sizeof error.subject - 1);
  g_assert_true (g_str_has_prefix (line, error.subject));
}

static void
test_nothing (void)
{
  static const char *const lines[]
      = {"", "   ", "\t\r\n", "# comment", "  # access va=x", "#"};
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);

  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++) {
    struct vm_op op = {.kind = VM_OP_DUMP};
    g_assert_true (vm_op_parse (lines[i], names, &op, NULL));
    g_assert_cmpint (op.kind, ==, VM_OP_NONE);
  }
}

static void
test_values (void)
{
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  struct vm_op op;

  g_assert_true (vm_op_parse ("map flags=gur size=2M va=0x200000 frame=512 "
                              "process=init# comment",
                              names, &op, NULL));
  g_assert_cmpint (op.kind, ==, VM_OP_MAP);
  g_assert_cmphex (op.given, ==, 0x1f);
  g_assert_cmpuint (op.values[VM_P_MAP_FLAGS], ==,
                    VM_MAP_READ | VM_MAP_USER | VM_MAP_GLOBAL);
  g_assert_cmpuint (op.values[VM_P_MAP_SIZE], ==, 2 << 20);
  g_assert_cmphex (op.values[VM_P_MAP_VA], ==, 0x200000);
  g_assert_cmpuint (op.values[VM_P_MAP_FRAME], ==, 512);
  g_assert_cmpstr (names->text[op.values[VM_P_MAP_PROCESS]], ==, "init");
}

/* What is not given gets the value that the table promises. */
static void
test_defaults (void)
{
  static const struct {
    uint32_t parameter;
    uint64_t value;
  } expected[] = {
      {VM_P_MACHINE_GEOMETRY, VM_GEOMETRY_X86_64},
      {VM_P_MACHINE_MEMORY, 64 << 20},
      {VM_P_MACHINE_SETS, 4},
      {VM_P_MACHINE_WAYS, 4},
      {VM_P_MACHINE_WP, 1},
      {VM_P_MACHINE_NX, 1},
      {VM_P_MACHINE_SMEP, 0},
      {VM_P_MACHINE_SMAP, 0},
  };
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  struct vm_op op;

  g_assert_true (vm_op_parse ("machine geometry=x86-64", names, &op, NULL));
  g_assert_cmphex (op.given, ==, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (op.values[expected[i].parameter], ==, expected[i].value);
}

/* The choices of the geometry are the rows of the table of geometries. */
static void
test_geometry_names (void)
{
  const struct vm_parameter_info *info
      = &vm_op_info_of (VM_OP_MACHINE)->parameters[VM_P_MACHINE_GEOMETRY];

  for (uint64_t id = info->low; id < VM_GEOMETRIES; id++)
    g_assert_cmpstr (info->choices[id], ==,
                     vm_geometry_of ((enum vm_geometry_id) id)->name);
  g_assert_cmpstr (info->choices[VM_GEOMETRY_TOY], ==, "toy");
  g_assert_cmpuint (info->high, ==, VM_GEOMETRY_TOY);
  g_assert_null (info->choices[VM_GEOMETRY_TOY + 1]);
}

/* The table itself: every row has help, and names that differ. */
static void
test_table (void)
{
  for (int kind = VM_OP_NONE + 1; kind < VM_OP_KINDS; kind++) {
    const struct vm_op_info *info = vm_op_info_of ((enum vm_op_kind) kind);
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    g_assert_nonnull (info->help);
    for (int i = 0; i < VM_OP_PARAMETERS; i++) {
      const struct vm_parameter_info *parameter = &info->parameters[i];
      if (parameter->type == VM_PARAMETER_END)
        break;
      g_assert_nonnull (parameter->help);
      g_assert_true (g_hash_table_add (seen, (gpointer) parameter->name));
      if (parameter->type == VM_PARAMETER_NUMBER && !parameter->required)
        g_assert_true (parameter->fallback <= parameter->high);
    }
  }
}

static void
test_names (void)
{
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  const char *longest = "abcdefghijabcdefghijabcdefghija";

  g_assert_cmpuint (vm_names_intern (names, "A", 1), ==, 0);
  g_assert_cmpuint (vm_names_intern (names, longest, 31), ==, 1);
  g_assert_cmpuint (vm_names_intern (names, "AB", 1), ==, 0);
  g_assert_cmpuint (vm_names_intern (names, "AB", 2), ==, 2);
  g_assert_cmpuint (vm_names_intern (names, "", 0), ==, VM_NONE);
  g_assert_cmpuint (vm_names_find (names, "B", 1), ==, VM_NONE);
  g_assert_cmpstr (names->text[1], ==, longest);
}

static void
test_names_limit (void)
{
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  struct vm_error error;
  struct vm_op op;

  for (uint32_t i = 0; i < VM_MAX_NAMES; i++) {
    g_autofree char *line = g_strdup_printf ("process name=p%u", i);
    g_assert_true (vm_op_parse (line, names, &op, NULL));
    g_assert_cmpuint (op.values[VM_P_PROCESS_NAME], ==, i);
  }
  g_assert_false (vm_op_parse ("process name=more", names, &op, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_BAD_NAME);
  g_assert_true (vm_op_parse ("process name=p2047", names, &op, NULL));
}

/* Whatever bytes come, the reader ends with an operation or with an error that
 * points into the line. */
static void
test_noise (void)
{
  static const char letters[] = "maprocesdx= \t#0123456789KMGT-./rwug\x80\xff";
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  uint64_t seed = 11;

  for (int i = 0; i < 200000; i++) {
    char line[48] = "access va=";
    size_t start = random_chance (&seed, 50) ? 10 : 0;
    size_t length = start + random_below (&seed, 36);
    struct vm_error error = {.code = VM_OK};
    struct vm_op op;
    for (size_t j = start; j < length; j++)
      line[j] = letters[random_below (&seed, sizeof letters - 1)];
    line[length] = '\0';
    if (vm_op_parse (line, names, &op, &error))
      continue;
    g_assert_cmpint (error.code, !=, VM_OK);
    g_assert_cmpuint (error.column, <=, length + 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/numbers", test_numbers);
  g_test_add_func ("/ops/number-length", test_number_length);
  g_test_add_func ("/ops/malformed", test_malformed);
  g_test_add_func ("/ops/details", test_details);
  g_test_add_func ("/ops/nothing", test_nothing);
  g_test_add_func ("/ops/values", test_values);
  g_test_add_func ("/ops/defaults", test_defaults);
  g_test_add_func ("/ops/geometry-names", test_geometry_names);
  g_test_add_func ("/ops/table", test_table);
  g_test_add_func ("/ops/names", test_names);
  g_test_add_func ("/ops/names-limit", test_names_limit);
  g_test_add_func ("/ops/noise", test_noise);
  return g_test_run ();
}
