/* The parts of each figure: the middle byte of its items' ids. */
#ifndef SCENE_PARTS_H
#define SCENE_PARTS_H

#include "figures/kit.h"

enum {
  SCENE_CPU_INSTRUCTION = SCENE_PART,
  SCENE_CPU_LABEL, /* number: the line */
  SCENE_CPU_REGISTER,
  SCENE_CPU_CR2,
  SCENE_CPU_CR3, /* number: 1 the upper half's root */
  SCENE_CPU_PROCESS,
  SCENE_CPU_POINTER,
  SCENE_CPU_CAUSE
};

enum {
  SCENE_ADDRESS_FIELD = SCENE_PART, /* number: level; 0 the offset */
  SCENE_ADDRESS_NAME,
  SCENE_ADDRESS_HIGH,
  SCENE_ADDRESS_LOW,
  SCENE_ADDRESS_VALUE,
  SCENE_ADDRESS_BIT, /* number: bit of the address */
  SCENE_ADDRESS_PAGE
};

enum {
  SCENE_TLB_HEADING = SCENE_PART, /* number: column */
  SCENE_TLB_WAY,                  /* number: set << 16 | way, as below */
  SCENE_TLB_PAGE,
  SCENE_TLB_FRAME,
  SCENE_TLB_AGE,
  SCENE_TLB_SET, /* number: set */
  SCENE_TLB_OUTCOME,
  SCENE_TLB_COUNTERS,
  SCENE_TLB_MORE,  /* number: 0 above, 1 below */
  SCENE_TLB_MEMORY /* what memory holds instead of an entry out of date */
};

/* Number: index of the entry in the state, unless it says something else. */
enum {
  SCENE_TLBS_ENTRY = SCENE_PART,
  SCENE_TLBS_MARK,
  SCENE_TLBS_SET,
  SCENE_TLBS_PAGE,
  SCENE_TLBS_FRAME,
  SCENE_TLBS_SPACE,
  SCENE_TLBS_AGE,
  SCENE_TLBS_NEXT,
  SCENE_TLBS_COLUMN,  /* number: panel << 8 | column */
  SCENE_TLBS_OUTCOME, /* number: panel, as below */
  SCENE_TLBS_USED,
  SCENE_TLBS_NODE, /* of the tree of PLRU */
  SCENE_TLBS_BRANCH,
  SCENE_TLBS_CPU,     /* number: processor, as below */
  SCENE_TLBS_PROCESS, /* that runs there */
  SCENE_TLBS_NUMBER,  /* of its address space */
  SCENE_TLBS_STAGE,   /* number: processor << 8 | stage of a translation */
  SCENE_TLBS_ARROW,
  SCENE_TLBS_KEY,   /* number: line of the legend */
  SCENE_TLBS_UPPER, /* number: index of the upper entry in the state */
  SCENE_TLBS_PREFIX,
  SCENE_TLBS_TABLE,
  SCENE_TLBS_LEVEL,
  SCENE_TLBS_UPPER_SPACE,
  SCENE_TLBS_UPPER_MARK
};

enum {
  SCENE_TABLE_ROW = SCENE_PART, /* number: level << 32 | index, as below */
  SCENE_TABLE_INDEX,
  SCENE_TABLE_FRAME,
  SCENE_TABLE_FLAG,  /* number: flag << 40 | level << 32 | index */
  SCENE_TABLE_DOTS,  /* number: level << 32 | slot */
  SCENE_TABLE_UNREAD /* number: level */
};

enum {
  SCENE_ENTRY_FRAME = SCENE_PART, /* the first of the parts of bits.h */
  SCENE_ENTRY_VERDICT = SCENE_PART + 5
};

enum {
  SCENE_PHYSICAL_FRAME = SCENE_PART,
  SCENE_PHYSICAL_OFFSET,
  SCENE_PHYSICAL_LABEL, /* number: 0 frame, 1 offset, as below */
  SCENE_PHYSICAL_HIGH,
  SCENE_PHYSICAL_LOW,
  SCENE_PHYSICAL_VALUE,
  SCENE_PHYSICAL_JOIN
};

enum {
  SCENE_MEMORY_FRAME = SCENE_PART, /* number: frame, as below */
  SCENE_MEMORY_NUMBER,
  SCENE_MEMORY_ROLE,
  SCENE_MEMORY_REFS,
  SCENE_MEMORY_CELL, /* number: the target's frame, in the grid */
  SCENE_MEMORY_TARGET,
  SCENE_MEMORY_GAP,    /* number: first frame left out */
  SCENE_MEMORY_SWATCH, /* number: entry of the legend */
  SCENE_MEMORY_LEGEND
};

enum {
  SCENE_SPACE_RUN = SCENE_PART, /* number: first page of the run */
  SCENE_SPACE_MARK,
  SCENE_SPACE_ADDRESS, /* number: its page; the marked one has its own */
  SCENE_SPACE_MARKED
};

/* Number: space << 45 | page, unless it says something else. */
enum {
  SCENE_SHARING_REGION = SCENE_PART,
  SCENE_SHARING_LABEL,
  SCENE_SHARING_FLAGS,
  SCENE_SHARING_RANGE,
  SCENE_SHARING_UNMAPPED,
  SCENE_SHARING_SIGN,    /* number: space << 45, the panel's; or its page */
  SCENE_SHARING_EMPTY,   /* number: the panel's */
  SCENE_SHARING_MORE,    /* number: the panel's */
  SCENE_SHARING_HEADING, /* number: space << 45 | column */
  SCENE_SHARING_MAPPING,
  SCENE_SHARING_PAGE,
  SCENE_SHARING_TARGET,
  SCENE_SHARING_RIGHTS,
  SCENE_SHARING_HOLDS, /* the line from region to page */
  SCENE_SHARING_LEADS, /* the line from page to frame */
  SCENE_SHARING_FRAME, /* number: frame, as below */
  SCENE_SHARING_NUMBER,
  SCENE_SHARING_OWNER, /* number: space << 45 | frame */
  SCENE_SHARING_VALUE,
  SCENE_SHARING_REFS,
  SCENE_SHARING_COPY,
  SCENE_SHARING_WORD,
  SCENE_SHARING_ALLOWED,
  SCENE_SHARING_LEFT /* number: space << 45 */
};

enum {
  SCENE_FRAMES_FRAME = SCENE_PART, /* number: frame, as below */
  SCENE_FRAMES_NUMBER,
  SCENE_FRAMES_LETTERS,
  SCENE_FRAMES_USE,
  SCENE_FRAMES_COUNTS,
  /* The gaps of the grid have SCENE_MEMORY_GAP. */
  SCENE_FRAMES_WHAT = SCENE_MEMORY_GAP + 1, /* number: line */
  SCENE_FRAMES_HEADING,                     /* number: column */
  SCENE_FRAMES_ENTRY, /* number: process << 38 | page, as below */
  SCENE_FRAMES_PROCESS,
  SCENE_FRAMES_PAGE,
  SCENE_FRAMES_REGION,
  SCENE_FRAMES_RIGHTS,
  SCENE_FRAMES_MORE,
  SCENE_FRAMES_ZONE,
  SCENE_FRAMES_KEY /* and the next: of the legend */
};

enum {
  SCENE_CAPTION_TEXT = SCENE_PART, /* number: line */
  SCENE_CAPTION_MORE
};

#endif
