/* Bytes that were brought in from outside: what files of the machine hold, and
 * texts that operations give.
 *
 *   name --> number --> bytes, size
 *              ^
 *   vm_file.content, or the value of an operation's parameter
 *
 * They are only ever added, and never changed: an operation that is run again
 * finds what it found the first time. They lie outside the state, which knows
 * their numbers. Equal bytes are kept once, and pages of zeros not at all.
 * Copies of a machine share them. */
#ifndef VM_CONTENTS_H
#define VM_CONTENTS_H

#include "error.h"
#include "types.h"

#define VM_CONTENT_MOST_BYTES (UINT64_C (64) << 20)  /* of one */
#define VM_CONTENTS_MOST_BYTES (UINT64_C (64) << 20) /* of all together */
#define VM_MAX_CONTENTS 4096u                        /* and of their names */
#define VM_TEXT_LENGTH 4095 /* bytes of a text that an operation gives */
#define VM_CONTENT_NAME 31  /* bytes of a name */

struct vm_contents;

/* An empty store; NULL if the host gives no memory. */
struct vm_contents *vm_contents_new (void);
void vm_contents_free (struct vm_contents *contents);

/* A store with the same numbers and names, which shares the bytes. NULL if the
 * host gives no memory. */
struct vm_contents *vm_contents_copy (const struct vm_contents *contents);

/* The number, from 1, of these bytes, which are copied if they are new. 0 and
 * *error if there is no room for them, or the host gives no memory. */
uint32_t vm_contents_add (struct vm_contents *contents, const uint8_t *bytes,
                          uint64_t size, struct vm_error *error);

/* Lets a name mean a number. False and *error if it means another one already,
 * if it is empty or too long, or if there are too many. */
bool vm_contents_name (struct vm_contents *contents, const char *name,
                       uint32_t number, struct vm_error *error);

/* What a name means; 0: nothing. */
uint32_t vm_contents_find (const struct vm_contents *contents, const char *name,
                           size_t length);

/* The bytes of a number, valid as long as any store that has them; *size gets
 * how many. A number that was not given out has none. Never NULL. */
const uint8_t *vm_contents_bytes (const struct vm_contents *contents,
                                  uint32_t number, uint64_t *size);

/* Bytes that the host keeps of one, and of all of them, each counted once. */
uint64_t vm_contents_kept (const struct vm_contents *contents, uint32_t number);
uint64_t vm_contents_total (const struct vm_contents *contents);

#endif
