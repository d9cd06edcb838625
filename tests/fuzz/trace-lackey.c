/* Fuzzes the reader of traces: format lackey. */
#include "trace.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  return fuzz_trace (VM_TRACE_LACKEY, data, size);
}
