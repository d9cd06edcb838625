/* Takes bytes in pieces and hands whole lines to the reader of the format. */
#include "replay/reader.h"

#include <stdlib.h>

#include "replay/lines.h"

static const char *const format_names[VM_TRACE_FORMATS] = {
    [VM_TRACE_AUTO] = "auto",
    [VM_TRACE_LACKEY] = "lackey",
    [VM_TRACE_DIN] = "din",
    [VM_TRACE_ADDRESSES] = "addresses",
    [VM_TRACE_HEX_ADDRESSES] = "hex-addresses",
    [VM_TRACE_PAGES] = "pages",
    [VM_TRACE_HEX_PAGES] = "hex-pages",
    [VM_TRACE_CSV] = "csv",
    [VM_TRACE_BINARY] = "binary",
};

const uint8_t vm_lines_digits[256] = {
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 0,  1,  2,  3,  4,  5,  6,  7,  8,
    9,  16, 16, 16, 16, 16, 16, 16, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16};

/* Lines -------------------------------------------------------------------- */

/* Keeps the beginning of a word: up to a blank or a comma, and printable. */
static void
keep_word (struct vm_reader_error *error, const char *word, const char *end)
{
  size_t length = 0;

  for (; word < end && length < sizeof error->word - 1; word++)
    error->word[length++] = *word >= ' ' && *word <= '~' ? *word : '?';
  error->word[length] = '\0';
}

enum vm_line
vm_lines_fail (struct vm_reader *r, enum vm_reader_problem problem,
               const char *word, const char *end)
{
  r->error.problem = problem;
  r->error.line = r->line + 1;
  keep_word (&r->error, word, end);
  return VM_LINE_WRONG;
}

bool
vm_lines_put_rest (struct vm_reader *r, uint64_t va, uint64_t last,
                   uint32_t kind)
{
  for (uint64_t page = va >> r->shift; page++ != last >> r->shift;) {
    if (!vm_lines_fits (page << r->shift))
      return false;
    *r->out++ = page << r->shift << 2 | kind;
  }
  return true;
}

const char *
vm_lines_each (struct vm_reader *r, const char *p, const char *end,
               vm_line_function read)
{
  while (p < end && r->end - r->out >= r->most) {
    const char *newline = memchr (p, '\n', (size_t) (end - p));
    if (newline - p > VM_READER_LINE) {
      vm_lines_fail (r, VM_READER_LINE_TOO_LONG, p, p + 16);
      return p;
    }
    const char *stop = newline > p && newline[-1] == '\r' ? newline - 1
                                                          : newline;
    vm_record *before = r->out;
    const char *text = r->line == 0 ? vm_lines_unmarked (p, stop) : p;
    if (read (r, text, stop) != VM_LINE_READ) {
      r->out = before;
      return p;
    }
    r->line++;
    p = newline + 1;
  }
  return p;
}

/* Reads whole lines in the format. Returns where it stopped. */
static const char *
read_lines (struct vm_reader *r, const char *p, const char *end)
{
  switch (r->format) {
  case VM_TRACE_LACKEY:
    return vm_lackey_lines (r, p, end);
  case VM_TRACE_DIN:
    return vm_din_lines (r, p, end);
  case VM_TRACE_ADDRESSES:
  case VM_TRACE_HEX_ADDRESSES:
  case VM_TRACE_PAGES:
  case VM_TRACE_HEX_PAGES:
    return vm_lines_each (r, p, end, vm_list_line);
  case VM_TRACE_CSV:
    return vm_lines_each (r, p, end, vm_csv_line);
  case VM_TRACE_AUTO:
  case VM_TRACE_BINARY:
  case VM_TRACE_FORMATS:
    break;
  }
  return p;
}

/* Reads the line that is whole in carry. False if it must wait. */
static bool
read_carried (struct vm_reader *r)
{
  const char *end = r->carry + r->carried;

  if (read_lines (r, r->carry, end) != end)
    return false;
  r->carried = 0;
  r->whole = false;
  return true;
}

/* Adds bytes to the line in carry, up to its end. Returns how many. */
static size_t
carry_more (struct vm_reader *r, const char *bytes, size_t length)
{
  size_t room = VM_READER_LINE + 1 - r->carried;
  size_t most = length < room ? length : room;
  const char *newline = memchr (bytes, '\n', most);
  size_t count = newline != NULL ? (size_t) (newline - bytes) + 1 : most;

  memcpy (r->carry + r->carried, bytes, count);
  r->carried += (uint32_t) count;
  r->whole = newline != NULL;
  if (!r->whole && r->carried > VM_READER_LINE)
    vm_lines_fail (r, VM_READER_LINE_TOO_LONG, r->carry, r->carry + 16);
  return count;
}

/* Where the last line that is whole ends. */
static const char *
last_end (const char *p, const char *end)
{
  while (end > p && end[-1] != '\n')
    end--;
  return end;
}

static size_t
push_text (struct vm_reader *r, const char *bytes, size_t length)
{
  size_t used = 0;

  if (r->carried > 0) {
    if (!r->whole)
      used = carry_more (r, bytes, length);
    if (!r->whole || !read_carried (r))
      return used;
  }

  const char *p = bytes + used, *end = bytes + length;
  const char *whole = last_end (p, end);
  p = read_lines (r, p, whole);
  if (p != whole || r->error.problem != VM_READER_FINE)
    return (size_t) (p - bytes);
  return (size_t) (p - bytes) + carry_more (r, p, (size_t) (end - p));
}

/* Pieces ------------------------------------------------------------------- */

static size_t
push_bytes (struct vm_reader *r, const uint8_t *bytes, size_t length)
{
  if (r->format == VM_TRACE_BINARY)
    return vm_binary_push (r, bytes, length);
  return push_text (r, (const char *) bytes, length);
}

static bool
recognise (struct vm_reader *r)
{
  r->format = vm_recognise (r->head, r->head_length, r->shift, r->ending);
  if (r->format != VM_TRACE_AUTO)
    return true;
  vm_lines_fail (r, VM_READER_UNKNOWN_FORMAT, r->head,
                 r->head + (r->head_length < 16 ? r->head_length : 16));
  return false;
}

/* Keeps bytes until there are enough to tell the format. Returns how many. */
static size_t
keep_head (struct vm_reader *r, const uint8_t *bytes, size_t length)
{
  size_t room = sizeof r->head - r->head_length;
  size_t count = length < room ? length : room;

  memcpy (r->head + r->head_length, bytes, count);
  r->head_length += (uint32_t) count;
  return count;
}

/* Reads what was kept. False if some of it must wait. */
static bool
push_head (struct vm_reader *r)
{
  r->head_used
      += (uint32_t) push_bytes (r, (const uint8_t *) r->head + r->head_used,
                                r->head_length - r->head_used);
  return r->head_used == r->head_length && r->error.problem == VM_READER_FINE;
}

static size_t
push_any (struct vm_reader *r, const uint8_t *bytes, size_t length)
{
  size_t used = 0;

  if (r->format == VM_TRACE_AUTO) {
    used = keep_head (r, bytes, length);
    if (r->head_length < sizeof r->head || !recognise (r))
      return used;
  }
  if (r->head_used < r->head_length && !push_head (r))
    return used;
  return used + push_bytes (r, bytes + used, length - used);
}

static void
give_room (struct vm_reader *r, vm_record *records, size_t room)
{
  r->first = r->out = records;
  r->end = records + room;
}

struct vm_reader *
vm_reader_new (enum vm_trace_format format, uint32_t page_shift)
{
  struct vm_reader *r = calloc (1, sizeof *r);
  if (r == NULL)
    return NULL;

  r->format = format;
  r->shift = page_shift;
  r->most = (VM_READER_ACCESS >> page_shift) + 2;
  return r;
}

void
vm_reader_free (struct vm_reader *r)
{
  free (r);
}

bool
vm_reader_push (struct vm_reader *r, const uint8_t *bytes, size_t length,
                size_t *used, vm_record *records, size_t room, size_t *count)
{
  give_room (r, records, room);
  *used = push_any (r, bytes, length);
  *count = (size_t) (r->out - r->first);
  return r->error.problem == VM_READER_FINE;
}

/* The last line may have no end. */
static void
end_text (struct vm_reader *r)
{
  if (r->carried == 0)
    return;
  if (!r->whole)
    r->carry[r->carried++] = '\n';
  r->whole = true;
  read_carried (r);
}

bool
vm_reader_end (struct vm_reader *r, vm_record *records, size_t room,
               size_t *count)
{
  give_room (r, records, room);
  r->ending = true;
  *count = 0;
  if (r->format == VM_TRACE_AUTO && r->head_length > 0 && !recognise (r))
    return false;
  bool drained = r->head_used == r->head_length || push_head (r);
  if (r->error.problem == VM_READER_FINE && drained) {
    if (r->format == VM_TRACE_BINARY)
      vm_binary_end (r);
    else
      end_text (r);
  }
  *count = (size_t) (r->out - r->first);
  return r->error.problem == VM_READER_FINE;
}

enum vm_trace_format
vm_reader_format (const struct vm_reader *r)
{
  return r->format;
}

uint32_t
vm_reader_process (const struct vm_reader *r)
{
  return r->process;
}

uint64_t
vm_reader_line (const struct vm_reader *r)
{
  return r->line + 1;
}

const struct vm_reader_error *
vm_reader_error (const struct vm_reader *r)
{
  return &r->error;
}

const char *
vm_trace_format_name (enum vm_trace_format format)
{
  return format_names[format];
}

enum vm_trace_format
vm_trace_format_named (const char *name)
{
  uint32_t format = 0;

  while (format < VM_TRACE_FORMATS && strcmp (name, format_names[format]) != 0)
    format++;
  return (enum vm_trace_format) format;
}
