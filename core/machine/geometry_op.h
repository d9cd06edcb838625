/* Which geometry the operation "machine" asks for. */
#ifndef VM_GEOMETRY_OP_H
#define VM_GEOMETRY_OP_H

#include "machine/ops.h"
#include "mmu/toy.h"

/* The geometry of an operation "machine": a row of the table, or a toy made in
 * *room; *toy (which may be NULL) is then its numbers, else 0. NULL and *error
 * if there can be no such toy. */
const struct vm_geometry *vm_op_geometry (const struct vm_op *op,
                                          struct vm_geometry *room,
                                          uint64_t *toy,
                                          struct vm_error *error);

/* The geometry of a text as geometry= of that operation takes it: "x86-64",
 * "toy:va=14,pa=12,page=64,levels=1,entry=4". NULL and *error if it is none. */
const struct vm_geometry *vm_geometry_read (const char *text,
                                            struct vm_geometry *room,
                                            struct vm_error *error);

#endif
