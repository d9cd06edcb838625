/* The table of operations, and the reader of script lines. */
#include "machine/ops.h"

#include "mmu/geometry.h"

#include <assert.h>
#include <string.h>

static const char *const off_on[] = {"off", "on", NULL};
static const char *const geometry_names[]
    = {"none", "x86-32", "x86-pae", "x86-64",  "x86-64-la57", "sv32",
       "sv39", "sv48",   "sv57",    "aarch64", NULL};
static const char *const flag_setters[] = {"hardware", "software", NULL};
static const char *const kinds[] = {"read", "write", "fetch", NULL};
static const char *const modes[] = {"kernel", "user", NULL};
static const char *const map_flags[] = {"rwxug", NULL};

/* Marks a text for the translators; whoever shows the table looks it up. */
#define N_(text) text

#define KIB(n) (UINT64_C (1024) * (n))
#define MIB(n) (KIB (1024) * (n))
#define GIB(n) (MIB (1024) * (n))

static const struct vm_op_info operations[VM_OP_KINDS] = {
    [VM_OP_MACHINE] = {
        "machine", N_ ("builds the machine; comes first, and once"),
        {
            {"geometry", VM_PARAMETER_CHOICE, true, 1, VM_GEOMETRIES - 1, 0, geometry_names,
             N_ ("how the processor cuts a virtual address")},
            {"memory", VM_PARAMETER_NUMBER, false, KIB (64), GIB (4), MIB (64),
             NULL, N_ ("bytes that the frame allocator may give, whole frames")},
            {"tlb-sets", VM_PARAMETER_NUMBER, false, 1, 1024, 4, NULL,
             N_ ("sets of the TLB")},
            {"tlb-ways", VM_PARAMETER_NUMBER, false, 1, 4096, 4, NULL,
             N_ ("ways of each set; sets times ways is at most 4096")},
            {"wp", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("CR0.WP: the kernel, too, obeys read-only pages")},
            {"nx", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("EFER.NXE: pages without x cannot be executed, where entries "
             "have such a bit")},
            {"smep", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("CR4.SMEP: the kernel cannot execute user pages")},
            {"smap", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("CR4.SMAP: the kernel cannot touch user pages")},
            {"sum", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("sstatus.SUM of RISC-V: the kernel can touch user pages")},
            {"mxr", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("sstatus.MXR of RISC-V: what can be executed can be read")},
            {"flags", VM_PARAMETER_CHOICE, false, 0, 1, 0, flag_setters,
             N_ ("who sets the accessed and dirty flags of RISC-V and AArch64; "
             "where software does, the processor faults")},
        },
    },
    [VM_OP_PROCESS] = {
        "process", N_ ("makes a process with an empty address space"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it")},
        },
    },
    [VM_OP_MAP] = {
        "map", N_ ("maps a page to frames, making the tables that are missing"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("virtual address of the page's first byte")},
            {"frame", VM_PARAMETER_NUMBER, true, 0, UINT64_C (0xfffffffffff), 0,
             NULL, N_ ("number of the page's first frame")},
            {"flags", VM_PARAMETER_FLAGS, true, 0, 0, 0, map_flags,
             N_ ("r read, w write, x execute, u user, g global; r is required")},
            {"size", VM_PARAMETER_NUMBER, false, KIB (4), GIB (1) << 18, KIB (4),
             NULL, N_ ("bytes of the page: 4K, 2M, 4M, 1G ... as the geometry has")},
        },
    },
    [VM_OP_ACCESS] = {
        "access", N_ ("one access by the processor"),
        {
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("virtual address")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 2, VM_READ, kinds,
             N_ ("what the processor wants to do")},
            {"mode", VM_PARAMETER_CHOICE, false, 0, 1, VM_USER_MODE, modes,
             N_ ("the mode that it is in")},
            {"process", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("whose address space; by default that of the running process, "
             "or of the first")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 8, 1, NULL,
             N_ ("bytes: 1, 2, 4 or 8, within one page")},
            {"value", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("what a write stores; without it the bytes stay as they are")},
        },
    },
    [VM_OP_DUMP] = {
        "dump", N_ ("prints the page tables of a process, frame by frame"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose tables")},
        },
    },
};

/* A word of the line, not terminated. */
struct word {
  const char *start;
  size_t length;
  uint32_t column;
};

static bool
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Takes the next word off *rest; its length is 0 at the end of the line. */
static struct word
next_word (const char *line, const char **rest)
{
  const char *p = *rest;

  while (is_blank (*p))
    p++;
  struct word word = {.start = p, .column = (uint32_t) (p - line) + 1};
  if (*p == '#')
    return word;
  while (*p != '\0' && *p != '#' && !is_blank (*p))
    p++;
  word.length = (size_t) (p - word.start);
  *rest = p;
  return word;
}

static bool
word_is (const char *name, const char *start, size_t length)
{
  return strlen (name) == length && memcmp (name, start, length) == 0;
}

/* Reports an error about the length bytes at start. */
static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *start,
        size_t length, uint32_t column)
{
  char subject[sizeof error->subject] = "";

  if (length >= sizeof subject)
    length = sizeof subject - 1;
  memcpy (subject, start, length);
  vm_error_set (error, code, subject);
  if (error != NULL)
    error->column = column;
  return false;
}

static int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return 99;
}

/* The shift that a suffix letter stands for; 0 if it is none. */
static uint32_t
suffix_shift (char c)
{
  switch (c) {
  case 'K':
  case 'k':
    return 10;
  case 'M':
  case 'm':
    return 20;
  case 'G':
  case 'g':
    return 30;
  case 'T':
  case 't':
    return 40;
  default:
    return 0;
  }
}

static bool
parse_digits (const char *text, size_t length, uint32_t base, uint64_t *value)
{
  *value = 0;
  for (size_t i = 0; i < length; i++) {
    uint32_t digit = (uint32_t) digit_value (text[i]);
    if (digit >= base || *value > (UINT64_MAX - digit) / base)
      return false;
    *value = *value * base + digit;
  }
  return length > 0;
}

bool
vm_number_parse (const char *text, size_t length, uint64_t *value)
{
  uint32_t base = 10;

  if (length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    base = 16;
  if (length > 2 && text[0] == '0' && (text[1] == 'b' || text[1] == 'B'))
    base = 2;
  if (base != 10) {
    text += 2;
    length -= 2;
  }

  uint32_t shift = length > 0 ? suffix_shift (text[length - 1]) : 0;
  if (!parse_digits (text, length - (shift != 0), base, value))
    return false;
  if (shift != 0 && *value > UINT64_MAX >> shift)
    return false;
  *value <<= shift;
  return true;
}

/* Reads the value of a parameter that is one of several words. */
static bool
parse_choice (const struct vm_parameter_info *info, const char *text,
              size_t length, uint64_t *value)
{
  for (uint64_t i = info->low; i <= info->high; i++) {
    if (word_is (info->choices[i], text, length)) {
      *value = i;
      return true;
    }
  }
  return false;
}

/* Reads letters out of the first choice, each at most once. */
static bool
parse_flags (const struct vm_parameter_info *info, const char *text,
             size_t length, uint64_t *value)
{
  const char *letters = info->choices[0];

  *value = 0;
  for (size_t i = 0; i < length; i++) {
    const char *found = memchr (letters, text[i], strlen (letters));
    if (found == NULL || *value >> (found - letters) & 1)
      return false;
    *value |= UINT64_C (1) << (found - letters);
  }
  return length > 0;
}

static bool
is_name_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

static bool
parse_name (struct vm_names *names, const char *text, size_t length,
            uint64_t *value)
{
  for (size_t i = 0; i < length; i++)
    if (!is_name_letter (text[i]))
      return false;
  *value = vm_names_intern (names, text, length);
  return *value != VM_NONE;
}

static bool
parse_value (const struct vm_parameter_info *info, struct vm_names *names,
             const struct word *word, const char *text, uint64_t *value,
             struct vm_error *error)
{
  size_t length = (size_t) (word->start + word->length - text);
  uint32_t column = word->column + (uint32_t) (text - word->start);
  size_t name = strlen (info->name);

  switch (info->type) {
  case VM_PARAMETER_NUMBER:
    if (!vm_number_parse (text, length, value))
      return refuse (error, VM_ERROR_BAD_NUMBER, info->name, name, column);
    if (*value >= info->low && *value <= info->high)
      return true;
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, info->name, *value,
                        info->low, info->high);
    if (error != NULL)
      error->column = column;
    return false;
  case VM_PARAMETER_CHOICE:
    return parse_choice (info, text, length, value)
           || refuse (error, VM_ERROR_BAD_CHOICE, info->name, name, column);
  case VM_PARAMETER_FLAGS:
    return parse_flags (info, text, length, value)
           || refuse (error, VM_ERROR_BAD_CHOICE, info->name, name, column);
  case VM_PARAMETER_NAME:
    return parse_name (names, text, length, value)
           || refuse (error, VM_ERROR_BAD_NAME, info->name, name, column);
  case VM_PARAMETER_END:
    break;
  }
  return false;
}

/* The position of the parameter that a word names before its '='. */
static int
find_parameter (const struct vm_op_info *info, const char *name, size_t length)
{
  for (int i = 0; i < VM_OP_PARAMETERS; i++)
    if (info->parameters[i].type != VM_PARAMETER_END
        && word_is (info->parameters[i].name, name, length))
      return i;
  return -1;
}

static bool
parse_parameter (const struct vm_op_info *info, struct vm_names *names,
                 const struct word *word, struct vm_op *op,
                 struct vm_error *error)
{
  const char *equals = memchr (word->start, '=', word->length);
  if (equals == NULL)
    return refuse (error, VM_ERROR_NO_VALUE, word->start, word->length,
                   word->column);

  size_t length = (size_t) (equals - word->start);
  int i = find_parameter (info, word->start, length);
  if (i < 0)
    return refuse (error, VM_ERROR_UNKNOWN_PARAMETER, word->start, length,
                   word->column);
  if (op->given >> i & 1)
    return refuse (error, VM_ERROR_REPEATED_PARAMETER, word->start, length,
                   word->column);

  op->given |= 1u << i;
  return parse_value (&info->parameters[i], names, word, equals + 1,
                      &op->values[i], error);
}

/* Fills in what was not given, and complains about what had to be. */
static bool
complete (const struct vm_op_info *info, struct vm_op *op,
          struct vm_error *error)
{
  for (int i = 0; i < VM_OP_PARAMETERS; i++) {
    const struct vm_parameter_info *parameter = &info->parameters[i];
    if (parameter->type == VM_PARAMETER_END || op->given >> i & 1)
      continue;
    if (parameter->required)
      return refuse (error, VM_ERROR_MISSING_PARAMETER, parameter->name,
                     strlen (parameter->name), 0);
    op->values[i] = parameter->fallback;
  }
  return true;
}

static enum vm_op_kind
find_operation (const struct word *word)
{
  for (int kind = VM_OP_NONE + 1; kind < VM_OP_KINDS; kind++)
    if (word_is (operations[kind].name, word->start, word->length))
      return (enum vm_op_kind) kind;
  return VM_OP_NONE;
}

const struct vm_op_info *
vm_op_info_of (enum vm_op_kind kind)
{
  assert (kind > VM_OP_NONE && kind < VM_OP_KINDS);
  return &operations[kind];
}

bool
vm_op_parse (const char *line, struct vm_names *names, struct vm_op *op,
             struct vm_error *error)
{
  const char *rest = line;
  struct word word = next_word (line, &rest);

  *op = (struct vm_op){.kind = VM_OP_NONE};
  if (word.length == 0)
    return true;

  enum vm_op_kind kind = find_operation (&word);
  if (kind == VM_OP_NONE)
    return refuse (error, VM_ERROR_UNKNOWN_OPERATION, word.start, word.length,
                   word.column);

  const struct vm_op_info *info = vm_op_info_of (kind);
  for (word = next_word (line, &rest); word.length > 0;
       word = next_word (line, &rest))
    if (!parse_parameter (info, names, &word, op, error))
      return false;

  op->kind = kind;
  return complete (info, op, error);
}
