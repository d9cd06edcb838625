/* Reads the traces of the cache simulator Dinero ("din").
 *
 *   2 408ed4      label and address, hexadecimal with or without 0x:
 *   0 10019d94    0 read, 1 write, 2 instruction fetch; what follows on the
 *   1 10019d88    line means nothing here
 *
 * It says nothing of sizes, so no access crosses a page. */
#include "replay/lines.h"

static const uint8_t kinds[3] = {VM_READ, VM_WRITE, VM_FETCH};

/* The address begins behind blanks and, perhaps, 0x. */
static const char *
address_at (const char *p, const char *end)
{
  p = vm_lines_skip (p, end);
  if (end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x')
    p += 2;
  return p;
}

enum vm_line
vm_din_line (struct vm_reader *r, const char *line, const char *end)
{
  const char *label = vm_lines_skip (line, end);
  if (vm_lines_is_empty (label, end))
    return VM_LINE_READ;
  if (*label < '0' || *label > '2' || end - label < 3
      || !vm_lines_is_blank (label[1]))
    return vm_lines_fail (r, VM_READER_BAD_LINE, label, end);

  uint64_t va;
  const char *address = address_at (label + 1, end);
  const char *p = vm_lines_number (address, end, 16, &va);
  if (p == NULL)
    return vm_lines_fail (r, VM_READER_TOO_LARGE, address, end);
  if (p == address || (p < end && !vm_lines_is_blank (*p)))
    return vm_lines_fail (r, VM_READER_BAD_NUMBER, address, end);
  if (!vm_lines_put (r, va, 1, kinds[*label - '0']))
    return vm_lines_fail (r, VM_READER_TOO_LARGE, address, end);
  return VM_LINE_READ;
}

/* A label, a blank, up to fifteen digits, and nothing else. */
VM_ALWAYS_INLINE const char *
usual_line (struct vm_reader *r, const char *p)
{
  uint32_t label = (uint32_t) (p[0] - '0'), digit;
  const char *digits = p + 2;
  uint64_t va = 0;

  if (label > 2 || p[1] != ' ')
    return NULL;
  for (p = digits; (digit = vm_lines_digit (*p)) < 16 && p < digits + 15; p++)
    va = va << 4 | digit;
  if (*p != '\n' || p == digits || !vm_lines_put (r, va, 1, kinds[label]))
    return NULL;
  return p + 1;
}

const char *
vm_din_lines (struct vm_reader *r, const char *p, const char *end)
{
  return vm_lines_quickly (r, p, end, usual_line, vm_din_line);
}
