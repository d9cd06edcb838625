/* Random operations that make sense often and go wrong often enough. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "support.h"

/* What a row of random operations is made for. */
struct scenario {
  const char *machine; /* its first line */
  uint64_t seed;
};

/* Does one operation: makes a process, maps a page (often in place of one),
 * or accesses memory, mostly where something is mapped. False if the machine
 * refused it. Data pages never lie on page tables, so that accesses change no
 * tables. */
bool scenario_step (struct scenario *scenario, struct vm_machine *m);

#endif
