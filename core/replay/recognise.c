/* Tells the format of a trace by how it begins. */
#include "replay/binary.h"
#include "replay/lines.h"

/* What was seen in the lines of a list. */
struct seen {
  uint64_t largest; /* number, */
  uint64_t decimal; /* and if those without 0x are decimal */
  bool letters;     /* one without 0x has a letter in it */
};

static const char *
end_of_line (const char *p, const char *end)
{
  const char *newline = memchr (p, '\n', (size_t) (end - p));

  return newline != NULL ? newline : end;
}

static const char *
without_return (const char *line, const char *end)
{
  return end > line && end[-1] == '\r' ? end - 1 : end;
}

/* Would a reader take the line? It is tried. */
static bool
is_read (enum vm_trace_format format, vm_line_function read, const char *line,
         const char *end)
{
  vm_record records[2];
  struct vm_reader r;

  memset (&r, 0, offsetof (struct vm_reader, carry));
  r.format = format;
  /* No access is larger than such a page: it has no more than two. */
  r.shift = VM_PAGE_SHIFT;
  r.first = r.out = records;
  r.end = records + 2;
  return read (&r, line, end) == VM_LINE_READ && r.out > r.first;
}

/* Takes the numbers of a line of a list into account. */
static void
look_at (struct seen *seen, const char *p, const char *end)
{
  for (; p < end; p++) {
    uint64_t value, decimal;
    bool prefixed = end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x';
    if (vm_lines_is_blank (*p))
      continue;
    p += prefixed ? 2 : 0;
    const char *stop = vm_lines_number (p, end, 16, &value);
    if (stop == NULL)
      return;
    for (const char *c = p; c < stop && !prefixed; c++)
      seen->letters |= vm_lines_digit (*c) > 9;
    decimal = value;
    if (!prefixed)
      vm_lines_number (p, stop, 10, &decimal);
    if (stop > p && value > seen->largest)
      seen->largest = value;
    if (stop > p && decimal > seen->decimal)
      seen->decimal = decimal;
    p = stop;
  }
}

/* Which kind of list: small numbers are pages, for as addresses all of them
 * would lie in one. */
static enum vm_trace_format
kind_of_list (const char *p, const char *end, uint32_t shift)
{
  struct seen seen = {0};

  for (; p < end; p = end_of_line (p, end) + 1)
    if (*p != '#')
      look_at (&seen, p, without_return (p, end_of_line (p, end)));
  if (seen.letters)
    return seen.largest >> shift == 0 ? VM_TRACE_HEX_PAGES
                                      : VM_TRACE_HEX_ADDRESSES;
  return seen.decimal >> shift == 0 ? VM_TRACE_PAGES : VM_TRACE_ADDRESSES;
}

static enum vm_trace_format
format_of_line (const char *line, const char *end, const char *last,
                uint32_t shift)
{
  struct vm_csv csv;

  if (is_read (VM_TRACE_LACKEY, vm_lackey_line, line, end))
    return VM_TRACE_LACKEY;
  if (is_read (VM_TRACE_DIN, vm_din_line, line, end))
    return VM_TRACE_DIN;
  if (is_read (VM_TRACE_HEX_ADDRESSES, vm_list_line, line, end))
    return kind_of_list (line, last, shift);
  if (vm_csv_header (&csv, line, end))
    return VM_TRACE_CSV;
  return VM_TRACE_AUTO;
}

/* A line that belongs to no format in particular. */
static bool
says_nothing (const char *line, const char *end)
{
  bool valgrinds = end - line >= 2 && line[0] == line[1]
                   && (line[0] == '=' || line[0] == '-' || line[0] == '*');

  return vm_lines_is_empty (vm_lines_skip (line, end), end) || valgrinds;
}

enum vm_trace_format
vm_recognise (const char *bytes, size_t length, uint32_t shift, bool whole)
{
  const char *end = bytes + length;

  if (length >= 8 && memcmp (bytes, VM_BINARY_MAGIC, 8) == 0)
    return VM_TRACE_BINARY;
  /* The last line may be cut. */
  while (!whole && end > bytes && end[-1] != '\n')
    end--;
  for (const char *p = vm_lines_unmarked (bytes, end); p < end;
       p = end_of_line (p, end) + 1) {
    const char *stop = without_return (p, end_of_line (p, end));
    if (!says_nothing (p, stop))
      return format_of_line (p, stop, end, shift);
  }
  return VM_TRACE_AUTO;
}
