/* Belady's anomaly: more frames, and yet more faults. Finds the shortest string
 * of references that shows it.
 *
 *                      1
 *            1 1                1 2           pages are named in the order in
 *       1 1 1   1 1 2     1 2 1  1 2 2  1 2 3    which they come, so that no
 *        ...     ...       ...    ...    ...     string is tried twice
 *
 * All strings of a length are tried before longer ones. A branch is left when
 * what remains of the string cannot make up for the faults that the larger
 * pool has saved so far. */
#ifndef VM_ANOMALY_H
#define VM_ANOMALY_H

#include "policy/policy.h"

#define VM_ANOMALY_MOST 24 /* references */

/* What is searched. Not for OPT, which needs the whole string, and has no
 * anomaly. */
struct vm_anomaly_config {
  enum vm_policy policy;
  uint32_t fewer, more; /* frames: fewer < more <= VM_ANOMALY_MOST */
  uint32_t length;      /* the longest string, at most VM_ANOMALY_MOST */
  uint64_t budget;      /* references that may be tried */
  uint64_t seed;        /* as in vm_pool_config */
  uint32_t interval;
};

struct vm_anomaly {
  bool found;
  bool complete;   /* the budget was enough for all strings up to length */
  uint32_t length; /* of the string found, else the longest tried in full */
  uint8_t pages[VM_ANOMALY_MOST]; /* from 1 */
  uint32_t faults[2];             /* with fewer and with more frames */
  uint64_t tried;                 /* references */
};

/* Searches. False if the host gives no memory. */
bool vm_anomaly_find (const struct vm_anomaly_config *config,
                      struct vm_anomaly *anomaly);

#endif
