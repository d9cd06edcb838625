/* The reader of script lines. */
#include "machine/ops.h"

#include <string.h>

#include "mm/pools.h"

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

/* Reads SETSxWAYS, each within the bounds. */
static bool
parse_shape (const struct vm_parameter_info *info, const char *text,
             size_t length, uint64_t *value)
{
  const char *cross = memchr (text, 'x', length);
  uint64_t sets, ways;

  if (cross == NULL || !vm_number_parse (text, (size_t) (cross - text), &sets)
      || !vm_number_parse (cross + 1, length - (size_t) (cross + 1 - text),
                           &ways))
    return false;
  if (sets < info->low || ways < info->low || sets > info->high
      || ways > info->high)
    return false;
  *value = vm_shape_of ((uint32_t) sets, (uint32_t) ways);
  return true;
}

/* Reads numbers of bits: two to five of them, as 5/5/5. */
static bool
parse_split (const struct vm_parameter_info *info, const char *text,
             size_t length, uint64_t *value)
{
  const char *end = text + length;

  *value = 0;
  while (text < end) {
    const char *slash = memchr (text, '/', (size_t) (end - text));
    const char *stop = slash != NULL ? slash : end;
    uint64_t bits;
    if (!vm_number_parse (text, (size_t) (stop - text), &bits)
        || bits < info->low || bits > info->high || *value >> 32 != 0
        || stop + 1 == end)
      return false;
    *value = *value << 8 | bits;
    text = slash != NULL ? slash + 1 : end;
  }
  return vm_split_fields (*value) > 1;
}

/* Reads letters out of the first choice, each at most once; or the word for
 * none of them. */
static bool
parse_flags (const struct vm_parameter_info *info, const char *text,
             size_t length, uint64_t *value)
{
  const char *letters = info->choices[0];

  *value = 0;
  if (info->choices[1] != NULL && word_is (info->choices[1], text, length))
    return true;
  for (size_t i = 0; i < length; i++) {
    const char *found = memchr (letters, text[i], strlen (letters));
    if (found == NULL || *value >> (found - letters) & 1)
      return false;
    *value |= UINT64_C (1) << (found - letters);
  }
  return length > 0;
}

/* Reads words with commas between, each at most once; or the word for none. */
static bool
parse_words (const struct vm_parameter_info *info, const char *text,
             size_t length, uint64_t *value)
{
  *value = 0;
  if (word_is ("none", text, length))
    return true;
  for (size_t start = 0, end; start <= length; start = end + 1) {
    uint64_t bit;
    end = start;
    while (end < length && text[end] != ',')
      end++;
    if (!parse_choice (info, text + start, end - start, &bit)
        || *value >> bit & 1)
      return false;
    *value |= UINT64_C (1) << bit;
  }
  return true;
}

static bool
is_name_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'
         || c == '+';
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

/* One reference: a page number, with a w behind it for a write. */
static bool
parse_reference (const char *text, size_t length, uint64_t *record)
{
  bool write = length > 0 && (text[length - 1] | 0x20) == 'w';
  uint64_t page;

  if (!vm_number_parse (text, length - write, &page) || page >= VM_PAGES_END)
    return false;
  *record = vm_pools_record (page, write);
  return true;
}

static bool
parse_references (struct vm_names *names, const char *text, size_t length,
                  uint64_t *value)
{
  uint64_t records[VM_MAX_REFERENCES];
  uint32_t count = 0;

  for (size_t start = 0, end; start <= length; start = end + 1) {
    end = start;
    while (end < length && text[end] != ',')
      end++;
    if (count == VM_MAX_REFERENCES
        || !parse_reference (text + start, end - start, &records[count++]))
      return false;
  }
  *value = vm_names_list (names, records, count);
  return *value != UINT64_MAX;
}

/* The name of a content that must be there, if it is known what is. */
static bool
parse_content (const struct vm_names *names, const char *text, size_t length,
               uint64_t *value, enum vm_error_code *code)
{
  *code = VM_ERROR_BAD_NAME;
  if (length == 0 || length > VM_CONTENT_NAME)
    return false;
  for (size_t i = 0; i < length; i++)
    if (!is_name_letter (text[i]))
      return false;
  *value = 0;
  if (names->contents == NULL)
    return true;
  *code = VM_ERROR_UNKNOWN_CONTENT;
  *value = vm_contents_find (names->contents, text, length);
  return *value != 0;
}

/* One byte of a text, of which %XX is one; *length gets how many letters were
 * used, 0: malformed. */
static uint8_t
text_byte (const char *text, size_t rest, size_t *length)
{
  int high, low;

  *length = 1;
  if (text[0] != '%')
    return (uint8_t) text[0];
  *length = 0;
  if (rest < 3)
    return 0;
  high = digit_value (text[1]);
  low = digit_value (text[2]);
  if (high > 15 || low > 15)
    return 0;
  *length = 3;
  return (uint8_t) (high * 16 + low);
}

/* Reads a text, or strings with commas between them. */
static bool
parse_text (const struct vm_parameter_info *info, struct vm_names *names,
            const char *text, size_t length, uint64_t *value,
            struct vm_error *error)
{
  bool strings = info->type == VM_PARAMETER_STRINGS;
  uint8_t bytes[VM_TEXT_LENGTH + 1];
  size_t count = 0, used;

  for (size_t i = 0; i < length; i += used) {
    bool ends = strings && text[i] == ',';
    uint8_t byte = text_byte (text + i, length - i, &used);
    if (used == 0 || count == VM_TEXT_LENGTH || (strings && !ends && byte == 0))
      return false;
    bytes[count++] = ends ? 0 : byte;
  }
  if (strings && length > 0)
    bytes[count++] = 0;
  *value = 0;
  if (names->contents == NULL)
    return true;
  *value = vm_contents_add (names->contents, bytes, count, error);
  return *value != 0;
}

static bool
parse_value (const struct vm_parameter_info *info, struct vm_names *names,
             const struct word *word, const char *text, uint64_t *value,
             struct vm_error *error)
{
  size_t length = (size_t) (word->start + word->length - text);
  uint32_t column = word->column + (uint32_t) (text - word->start);
  size_t name = strlen (info->name);
  enum vm_error_code code;

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
  case VM_PARAMETER_SHAPE:
    return parse_shape (info, text, length, value)
           || refuse (error, VM_ERROR_BAD_CHOICE, info->name, name, column);
  case VM_PARAMETER_SPLIT:
    return parse_split (info, text, length, value)
           || refuse (error, VM_ERROR_BAD_CHOICE, info->name, name, column);
  case VM_PARAMETER_FLAGS:
    return parse_flags (info, text, length, value)
           || refuse (error, VM_ERROR_BAD_CHOICE, info->name, name, column);
  case VM_PARAMETER_WORDS:
    return parse_words (info, text, length, value)
           || refuse (error, VM_ERROR_BAD_CHOICE, info->name, name, column);
  case VM_PARAMETER_NAME:
    return parse_name (names, text, length, value)
           || refuse (error, VM_ERROR_BAD_NAME, info->name, name, column);
  case VM_PARAMETER_REFERENCES:
    return parse_references (names, text, length, value)
           || refuse (error, VM_ERROR_BAD_REFERENCES, info->name, name, column);
  case VM_PARAMETER_CONTENT:
    if (parse_content (names, text, length, value, &code))
      return true;
    return code == VM_ERROR_BAD_NAME
               ? refuse (error, code, info->name, name, column)
               : refuse (error, code, text, length, column);
  case VM_PARAMETER_TEXT:
  case VM_PARAMETER_STRINGS:
    vm_error_set (error, VM_OK, NULL);
    if (parse_text (info, names, text, length, value, error))
      return true;
    if (error == NULL || error->code == VM_OK)
      return refuse (error, VM_ERROR_BAD_TEXT, info->name, name, column);
    error->column = column;
    return false;
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

/* Gives the parameter of that name what stands behind the '=' of a word. */
static bool
set_parameter (const struct vm_op_info *info, struct vm_names *names,
               const char *name, size_t length, const struct word *word,
               const char *equals, struct vm_op *op, struct vm_error *error)
{
  int i = find_parameter (info, name, length);

  if (i < 0)
    return refuse (error, VM_ERROR_UNKNOWN_PARAMETER, name, length,
                   word->column);
  if (op->given >> i & 1)
    return refuse (error, VM_ERROR_REPEATED_PARAMETER, name, length,
                   word->column);

  op->given |= UINT64_C (1) << i;
  return parse_value (&info->parameters[i], names, word, equals + 1,
                      &op->values[i], error);
}

/* va=14, behind "toy:", stands for toy-va=14. */
static bool
parse_short (const struct vm_op_info *info, struct vm_names *names,
             const struct word *choice, const struct word *word,
             struct vm_op *op, struct vm_error *error)
{
  const char *equals = memchr (word->start, '=', word->length);
  char name[40];

  if (equals == NULL)
    return refuse (error, VM_ERROR_NO_VALUE, word->start, word->length,
                   word->column);
  size_t length = (size_t) (equals - word->start);
  if (choice->length + 1 + length >= sizeof name)
    return refuse (error, VM_ERROR_UNKNOWN_PARAMETER, word->start, length,
                   word->column);
  memcpy (name, choice->start, choice->length);
  name[choice->length] = '-';
  memcpy (name + choice->length + 1, word->start, length);
  return set_parameter (info, names, name, choice->length + 1 + length, word,
                        equals, op, error);
}

/* What a choice brings along behind a colon: pieces with commas between. */
static bool
parse_pieces (const struct vm_op_info *info, struct vm_names *names,
              const struct word *choice, const char *end, struct vm_op *op,
              struct vm_error *error)
{
  const char *start = choice->start + choice->length + 1;

  while (start <= end) {
    const char *comma = memchr (start, ',', (size_t) (end - start));
    const char *stop = comma != NULL ? comma : end;
    struct word piece = {
        .start = start,
        .length = (size_t) (stop - start),
        .column = choice->column + (uint32_t) (start - choice->start),
    };
    if (!parse_short (info, names, choice, &piece, op, error))
      return false;
    start = stop + 1;
  }
  return true;
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
  size_t rest = word->length - length - 1;
  int i = find_parameter (info, word->start, length);
  const char *colon = i >= 0 && info->parameters[i].type == VM_PARAMETER_CHOICE
                          ? memchr (equals + 1, ':', rest)
                          : NULL;
  if (colon == NULL)
    return set_parameter (info, names, word->start, length, word, equals, op,
                          error);

  struct word before = *word, choice = {.start = equals + 1};
  before.length = (size_t) (colon - word->start);
  choice.length = (size_t) (colon - choice.start);
  choice.column = word->column + (uint32_t) (choice.start - word->start);
  return set_parameter (info, names, word->start, length, &before, equals, op,
                        error)
         && parse_pieces (info, names, &choice, word->start + word->length, op,
                          error);
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
    if (word_is (vm_op_info_of ((enum vm_op_kind) kind)->name, word->start,
                 word->length))
      return (enum vm_op_kind) kind;
  return VM_OP_NONE;
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
