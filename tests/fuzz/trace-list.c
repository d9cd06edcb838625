/* Fuzzes the reader of traces: plain lists; the first byte says which. */
#include "trace.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const enum vm_trace_format formats[4]
      = {VM_TRACE_ADDRESSES, VM_TRACE_HEX_ADDRESSES, VM_TRACE_PAGES,
         VM_TRACE_HEX_PAGES};

  if (size == 0)
    return 0;
  return fuzz_trace (formats[data[0] & 3], data + 1, size - 1);
}
