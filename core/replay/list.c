/* Reads plain lists: an address or a page number a line.
 *
 *   0x7ffc12345678      hexadecimal
 *   4198400             decimal, or, in a hexadecimal list, not
 *   R 0x401000          with a kind: R read, W write, X fetch, M modify,
 *   0041f7a0 W          before or behind
 */
#include "replay/lines.h"

/* The kind that a letter says; 4: none. */
static uint32_t
kind_of (char letter)
{
  switch (letter | 0x20) {
  case 'r':
  case 'l':
    return VM_READ;
  case 'w':
  case 's':
    return VM_WRITE;
  case 'x':
  case 'i':
    return VM_FETCH;
  case 'm':
    return VM_RECORD_MODIFY;
  default:
    return 4;
  }
}

/* A kind is one letter of its own. */
static bool
is_kind (const char *p, const char *end)
{
  return p < end && kind_of (*p) < 4
         && (end - p == 1 || vm_lines_is_blank (p[1]));
}

/* Takes a kind, if one is next, and the blanks behind it. */
static const char *
take_kind (const char *p, const char *end, uint32_t *kind)
{
  if (!is_kind (p, end))
    return p;
  *kind = kind_of (*p);
  return vm_lines_skip (p + 1, end);
}

static bool
is_hexadecimal (enum vm_trace_format format)
{
  return format == VM_TRACE_HEX_ADDRESSES || format == VM_TRACE_HEX_PAGES;
}

static bool
counts_pages (enum vm_trace_format format)
{
  return format == VM_TRACE_PAGES || format == VM_TRACE_HEX_PAGES;
}

/* Puts out one access. False if there can be no such address. */
static bool
put (struct vm_reader *r, uint64_t number, uint32_t kind)
{
  if (!counts_pages (r->format))
    return vm_lines_put (r, number, 1, kind);
  return number <= UINT64_MAX >> r->shift
         && vm_lines_put (r, number << r->shift, 1, kind);
}

enum vm_line
vm_list_line (struct vm_reader *r, const char *line, const char *end)
{
  uint32_t kind = VM_READ, base = is_hexadecimal (r->format) ? 16 : 10;
  const char *number = vm_lines_skip (line, end);
  if (vm_lines_is_empty (number, end))
    return VM_LINE_READ;

  number = take_kind (number, end, &kind);
  const char *digits = number;
  if (end - digits > 2 && digits[0] == '0' && (digits[1] | 0x20) == 'x') {
    base = 16;
    digits += 2;
  }
  uint64_t value;
  const char *p = vm_lines_number (digits, end, base, &value);
  if (p == NULL)
    return vm_lines_fail (r, VM_READER_TOO_LARGE, number, end);
  if (p == digits || (p < end && !vm_lines_is_blank (*p)))
    return vm_lines_fail (r, VM_READER_BAD_NUMBER, line, end);
  p = vm_lines_skip (p, end);
  const char *after = take_kind (p, end, &kind);
  if (vm_lines_skip (after, end) != end)
    return vm_lines_fail (r, VM_READER_BAD_LINE, line, end);
  if (!put (r, value, kind))
    return vm_lines_fail (r, VM_READER_TOO_LARGE, number, end);
  return VM_LINE_READ;
}
