/* The loop of translations with no tape in it: see no-tape/tape/tape.h. */
#include "bench-translate.h"

uint64_t
bench_translate_bare (const struct vm_state *s, const uint64_t *addresses,
                      uint32_t count)
{
  return translate_all (NULL, s, addresses, count);
}
