/* What can be wrong with a request to the simulation, as a value.
 *
 * An error carries a code and the facts that explain it, never a sentence:
 * the sentence is made, in the reader's language, by whoever shows it. */
#ifndef VM_ERROR_H
#define VM_ERROR_H

#include "types.h"

enum vm_error_code {
  VM_OK,
  VM_ERROR_UNKNOWN_OPERATION,  /* subject: the name */
  VM_ERROR_UNKNOWN_PARAMETER,  /* subject: the name */
  VM_ERROR_REPEATED_PARAMETER, /* subject: the name */
  VM_ERROR_MISSING_PARAMETER,  /* subject: the name */
  VM_ERROR_NO_VALUE,           /* subject: a word without '=' */
  VM_ERROR_BAD_NUMBER,         /* subject: the parameter */
  VM_ERROR_BAD_CHOICE,         /* subject: the parameter */
  VM_ERROR_BAD_NAME,           /* subject: the parameter */
  VM_ERROR_OUT_OF_RANGE,       /* subject; value, low, high */
  VM_ERROR_NO_MACHINE,         /* the first operation must be "machine" */
  VM_ERROR_SECOND_MACHINE,     /* a machine is there already */
  VM_ERROR_UNKNOWN_PROCESS,    /* subject: its name */
  VM_ERROR_PROCESS_EXISTS,     /* subject: its name */
  VM_ERROR_NOT_ALIGNED,        /* subject; value must be a multiple of low */
  VM_ERROR_NOT_AN_ADDRESS,     /* value does not fit the geometry */
  VM_ERROR_NO_SUCH_SIZE,       /* value: page size this format cannot map */
  VM_ERROR_FRAME_TOO_LARGE,    /* value: no entry of the format can hold it */
  VM_ERROR_OVERLAPS,           /* value: an address already mapped otherwise */
  VM_ERROR_CROSSES_PAGE,       /* value: address; high: width */
  VM_ERROR_NEEDS_READ,         /* flags without 'r' */
  VM_ERROR_OUT_OF_FRAMES,      /* no free frame is left */
  VM_ERROR_TOO_MANY,           /* subject; high: the limit */
  VM_ERROR_STEP_BUDGET,        /* high: steps one operation may take */
  VM_ERROR_TAPE_FULL,          /* one operation outgrew the whole tape */
  VM_ERROR_OUT_OF_MEMORY,      /* the host gave no memory */
  VM_ERROR_NOT_AT_OPERATION,   /* the cursor stands inside an operation */
  VM_ERROR_NOT_A_POWER,        /* subject; value should be a power of two */
  VM_ERROR_SEGMENTS_ON,        /* "segments" was done already */
  VM_ERROR_NO_SEGMENTS,        /* it was not done yet */
  VM_ERROR_NOT_A_TABLE,        /* value: frame in which a table should be */
  VM_ERROR_NOT_HERE,           /* subject: what this geometry does not have */
  VM_ERROR_NOT_A_TOY,          /* subject: what only toy geometries have */
  VM_ERROR_NOT_OF_TWO,         /* subject; value must be a power of two */
  VM_ERROR_BAD_SPLIT,       /* subject; value is not low, as the split says */
  VM_ERROR_ENTRY_TOO_SMALL, /* subject; value bytes; low needed for frame
                               numbers of high bits */
  VM_ERROR_TABLE_TOO_LARGE, /* value entries; low pages, high entries: the
                               limits */
  VM_ERROR_POOL_EXISTS,     /* subject: its name */
  VM_ERROR_UNKNOWN_POOL,    /* subject: its name */
  VM_ERROR_NO_POOL,         /* a reference before any pool */
  VM_ERROR_STRING_ENDS,     /* value: references of the string */
  VM_ERROR_STRING_DIFFERS,  /* value: page; high: the one declared */
  VM_ERROR_NO_FUTURE,       /* OPT, and no reference is declared */
  VM_ERROR_BAD_REFERENCES,  /* subject: the parameter */
  VM_ERROR_NOT_RUNNING,     /* subject: a process that waits or has ended */
  VM_ERROR_UNKNOWN_FILE,    /* subject: its name */
  VM_ERROR_FILE_EXISTS,     /* subject: its name */
  VM_ERROR_NEEDS_PAGING,    /* an address space, but there are no pages */
  VM_ERROR_NEEDS_BARE,      /* programs, but memory is given by pages */
  VM_ERROR_ALWAYS_PAGES,    /* the x86's long mode is never without paging */
  VM_ERROR_IN_USE,          /* value: an address that is taken already */
  VM_ERROR_ONLY_X86,        /* subject: what only the x86 has */
  VM_ERROR_UNKNOWN_DEVICE,  /* subject: its name */
  VM_ERROR_IS_DEVICE,       /* subject: a device, where a process is meant */
  VM_ERROR_WRONG_PLACE,     /* value: where the program should be, low: where
                               it is (enum vm_image_place) */
  VM_ERROR_UNKNOWN_CONTENT, /* subject: a name that no bytes were brought for */
  VM_ERROR_CONTENT_DIFFERS, /* subject: a name that means other bytes already */
  VM_ERROR_BAD_TEXT,        /* subject: the parameter */
  VM_ERROR_NO_KERNEL,       /* "kernel" was not done */
  VM_ERROR_TOO_LATE,        /* subject: what comes before the first process */
  VM_ERROR_NO_LAYOUT,       /* of the kernel's half, for this machine */
  VM_ERROR_KERNEL_THREAD,   /* subject: one that has no memory of its own */
  VM_ERROR_RUNS_ELSEWHERE   /* subject: a kernel thread on another processor */
};

struct vm_error {
  enum vm_error_code code;
  uint32_t column; /* 1-based column of the word at fault; 0: the whole line */
  uint64_t value, low, high;
  char subject[40]; /* always terminated; cut if longer */
};

/* Sets *error (which may be NULL) to code about subject, which may be NULL. */
void vm_error_set (struct vm_error *error, enum vm_error_code code,
                   const char *subject);

/* The same with the numbers that explain it. */
void vm_error_set_range (struct vm_error *error, enum vm_error_code code,
                         const char *subject, uint64_t value, uint64_t low,
                         uint64_t high);

#endif
