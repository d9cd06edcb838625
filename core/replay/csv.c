/* Reads CSV: the first line names the columns.
 *
 *   address,kind,size,process        one of address (addr, va) and page is
 *   0x401000,fetch,4,1               needed; kind (type, op, rw), size (bytes,
 *   "4198400",w,8,2                  length), process (pid, asid) may be there;
 *                                    others are passed over
 *
 * Columns stand apart by commas, semicolons or tabs, whichever the first line
 * has; within quotes they mean nothing. A kind is a word or its first letter:
 * read or load, write or store, fetch, instruction or execute (x), modify; or
 * Dinero's 0, 1, 2. */
#include "replay/lines.h"

struct field {
  const char *begin, *end;
};

/* What an access is made of. */
struct row {
  uint64_t va, size, process;
  uint32_t kind;
};

struct word {
  const char *text;
  uint32_t value;
};

static const struct word column_names[] = {
    {"address", VM_COLUMN_ADDRESS},
    {"addr", VM_COLUMN_ADDRESS},
    {"va", VM_COLUMN_ADDRESS},
    {"vaddr", VM_COLUMN_ADDRESS},
    {"virtual_address", VM_COLUMN_ADDRESS},
    {"page", VM_COLUMN_PAGE},
    {"vpn", VM_COLUMN_PAGE},
    {"page_number", VM_COLUMN_PAGE},
    {"access_type", VM_COLUMN_KIND},
    {"operation", VM_COLUMN_KIND},
    {"kind", VM_COLUMN_KIND},
    {"type", VM_COLUMN_KIND},
    {"op", VM_COLUMN_KIND},
    {"rw", VM_COLUMN_KIND},
    {"access", VM_COLUMN_KIND},
    {"size", VM_COLUMN_SIZE},
    {"bytes", VM_COLUMN_SIZE},
    {"length", VM_COLUMN_SIZE},
    {"process", VM_COLUMN_PROCESS},
    {"pid", VM_COLUMN_PROCESS},
    {"asid", VM_COLUMN_PROCESS},
    {NULL, VM_COLUMN_IGNORED},
};

static const struct word kind_names[] = {
    {"r", VM_READ},
    {"read", VM_READ},
    {"l", VM_READ},
    {"load", VM_READ},
    {"0", VM_READ},
    {"w", VM_WRITE},
    {"write", VM_WRITE},
    {"s", VM_WRITE},
    {"store", VM_WRITE},
    {"1", VM_WRITE},
    {"x", VM_FETCH},
    {"i", VM_FETCH},
    {"f", VM_FETCH},
    {"fetch", VM_FETCH},
    {"ifetch", VM_FETCH},
    {"instruction", VM_FETCH},
    {"exec", VM_FETCH},
    {"execute", VM_FETCH},
    {"2", VM_FETCH},
    {"m", VM_RECORD_MODIFY},
    {"modify", VM_RECORD_MODIFY},
    {NULL, 4},
};

/* Is the field that word, whatever the letters' size? */
static bool
says (const struct field *field, const char *word)
{
  const char *p = field->begin;

  for (; p < field->end && *word != '\0'; p++, word++) {
    char c = *p >= 'A' && *p <= 'Z' ? (char) (*p | 0x20) : *p;
    if (c != *word)
      return false;
  }
  return p == field->end && *word == '\0';
}

static uint32_t
look_up (const struct word *words, const struct field *field)
{
  while (words->text != NULL && !says (field, words->text))
    words++;
  return words->value;
}

/* Where the quotes end that a field begins with, or p: it has none, or they are
 * never closed. Two in a row stand for one. */
static const char *
behind_quotes (const char *p, const char *end)
{
  const char *quote = vm_lines_skip (p, end);

  if (quote == end || *quote != '"')
    return p;
  while ((quote = memchr (quote + 1, '"', (size_t) (end - quote - 1))) != NULL)
    if (quote + 1 == end || *++quote != '"')
      return quote;
  return p;
}

/* The field that begins at p, without blanks and quotes around it. Returns
 * where its separator, or the line's end, is. */
static const char *
field_at (const char *p, const char *end, char separator, struct field *field)
{
  const char *from = behind_quotes (p, end);
  const char *stop = memchr (from, separator, (size_t) (end - from));
  if (stop == NULL)
    stop = end;

  *field = (struct field){vm_lines_skip (p, stop), stop};
  while (field->end > field->begin && vm_lines_is_blank (field->end[-1]))
    field->end--;
  if (field->end - field->begin >= 2 && field->begin[0] == '"'
      && field->end[-1] == '"') {
    field->begin++;
    field->end--;
  }
  return stop;
}

static char
separator_of (const char *line, const char *end)
{
  static const char separators[] = ",;\t";

  for (const char *s = separators; *s != '\0'; s++)
    if (memchr (line, *s, (size_t) (end - line)) != NULL)
      return *s;
  return ',';
}

bool
vm_csv_header (struct vm_csv *csv, const char *line, const char *end)
{
  char separator = separator_of (line, end);
  bool has_address = false;
  uint32_t i = 0;

  *csv = (struct vm_csv){0};
  for (const char *p = line; i < VM_CSV_COLUMNS; i++, p++) {
    struct field field;
    p = field_at (p, end, separator, &field);
    uint32_t column = look_up (column_names, &field);
    csv->columns[i] = (uint8_t) column;
    if (column != VM_COLUMN_IGNORED)
      csv->count = (uint8_t) (i + 1);
    has_address |= column == VM_COLUMN_ADDRESS || column == VM_COLUMN_PAGE;
    if (p == end)
      break;
  }
  csv->separator = separator;
  return has_address;
}

/* A number, decimal or 0x, up to a limit. */
static enum vm_line
read_number (struct vm_reader *r, const struct field *field, uint64_t limit,
             uint64_t *value)
{
  const char *p = field->begin;
  uint32_t base = 10;

  if (field->end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x') {
    base = 16;
    p += 2;
  }
  const char *stop = vm_lines_number (p, field->end, base, value);
  if (stop == NULL || (stop == field->end && *value > limit))
    return vm_lines_fail (r, VM_READER_TOO_LARGE, field->begin, field->end);
  if (stop == p || stop != field->end)
    return vm_lines_fail (r, VM_READER_BAD_NUMBER, field->begin, field->end);
  return VM_LINE_READ;
}

static enum vm_line
read_kind (struct vm_reader *r, const struct field *field, struct row *row)
{
  row->kind = look_up (kind_names, field);
  if (row->kind > 3)
    return vm_lines_fail (r, VM_READER_BAD_KIND, field->begin, field->end);
  return VM_LINE_READ;
}

static enum vm_line
read_size (struct vm_reader *r, const struct field *field, struct row *row)
{
  enum vm_line line = read_number (r, field, UINT64_MAX, &row->size);

  if (line == VM_LINE_READ && (row->size == 0 || row->size > VM_READER_ACCESS))
    return vm_lines_fail (r, VM_READER_BAD_SIZE, field->begin, field->end);
  return line;
}

static enum vm_line
read_field (struct vm_reader *r, enum vm_column column,
            const struct field *field, struct row *row)
{
  enum vm_line line;

  switch (column) {
  case VM_COLUMN_IGNORED:
    return VM_LINE_READ;
  case VM_COLUMN_ADDRESS:
    return read_number (r, field, UINT64_MAX, &row->va);
  case VM_COLUMN_PAGE:
    line = read_number (r, field, UINT64_MAX >> r->shift, &row->va);
    row->va <<= r->shift;
    return line;
  case VM_COLUMN_KIND:
    return read_kind (r, field, row);
  case VM_COLUMN_SIZE:
    return read_size (r, field, row);
  case VM_COLUMN_PROCESS:
    return read_number (r, field, UINT32_MAX, &row->process);
  }
  return VM_LINE_WRONG;
}

/* Reads the fields of a line. */
static enum vm_line
read_row (struct vm_reader *r, const char *line, const char *end,
          struct row *row)
{
  const char *p = line;

  for (uint32_t i = 0; i < r->csv.count; i++, p++) {
    struct field field;
    if (p > end)
      return vm_lines_fail (r, VM_READER_MISSING_FIELD, line, end);
    p = field_at (p, end, r->csv.separator, &field);
    enum vm_line read
        = read_field (r, (enum vm_column) r->csv.columns[i], &field, row);
    if (read != VM_LINE_READ)
      return read;
  }
  return VM_LINE_READ;
}

enum vm_line
vm_csv_line (struct vm_reader *r, const char *line, const char *end)
{
  struct row row = {.size = 1, .process = r->process, .kind = VM_READ};

  if (vm_lines_is_empty (line, end))
    return VM_LINE_READ;
  if (r->csv.separator == 0)
    return vm_csv_header (&r->csv, line, end)
               ? VM_LINE_READ
               : vm_lines_fail (r, VM_READER_NO_COLUMN, line, end);

  enum vm_line read = read_row (r, line, end, &row);
  if (read != VM_LINE_READ)
    return read;
  if (row.process != r->process && r->out != r->first)
    return VM_LINE_LATER;
  r->process = (uint32_t) row.process;
  if (!vm_lines_put (r, row.va, row.size, row.kind))
    return vm_lines_fail (r, VM_READER_WRAPS, line, end);
  return VM_LINE_READ;
}
