/* Operations on files: from their numbers to what the kernel does, and back to
 * a result. */
#ifndef VM_DO_FILES_H
#define VM_DO_FILES_H

#include "machine/machine.h"

/* open, close, read, write, truncate, msync and fsync; the process has been
 * found, and is managed. */
bool vm_do_file_call (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_op *op, struct vm_result *result,
                      struct vm_error *error);

/* file, shm, unlink, sync, drop-caches and tick, which no process does. */
bool vm_do_files (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, struct vm_result *result,
                  struct vm_error *error);

#endif
