/* Memory of a process as its own code touches it, or the kernel on its behalf:
 * translation, page faults and all.
 *
 *   access -> refused? -> page-fault handler -> solved: once more
 *                                            -> signal, or EFAULT: the end
 */
#ifndef VM_USER_H
#define VM_USER_H

#include "mm/handler.h"

/* Who touches, and what became of it. */
struct vm_user {
  uint32_t process, cpu;
  enum vm_mode mode;      /* the kernel's: a bad pointer has a way out */
  struct vm_handled last; /* the latest fault's end; zeros: there was none */
};

/* Touches width (1, 2, 4, 8) bytes that do not cross a page, each step told;
 * *store is written if it is not NULL. False if that cannot be done:
 * user->last says why. *result says where the bytes are, or what they read. */
bool vm_user_access (struct vm_tape *t, const struct vm_state *s,
                     struct vm_user *user, uint64_t va,
                     enum vm_access_kind kind, uint32_t width,
                     const uint64_t *store, struct vm_translation *result);

/* A number that the process's code reads. It is told only if the page is not
 * there; what is, was touched before. False if it cannot be read. */
bool vm_user_load (struct vm_tape *t, const struct vm_state *s,
                   struct vm_user *user, uint64_t va, uint32_t width,
                   uint64_t *value);

/* A number that it writes. It is told unless the page is there, may be written
 * and was. False if it cannot be written. */
bool vm_user_store (struct vm_tape *t, const struct vm_state *s,
                    struct vm_user *user, uint64_t va, uint32_t width,
                    uint64_t value);

/* Any number of bytes that are written, page by page, and told as a store's.
 * False if a page cannot be written; what came before it is. */
bool vm_user_put (struct vm_tape *t, const struct vm_state *s,
                  struct vm_user *user, uint64_t va, uint64_t size,
                  const uint8_t *bytes);

#endif
