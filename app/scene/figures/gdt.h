/* The panels of the figure of segments, and what they share.
 *
 *   Segment registers             Table of segments
 *      selector | kept in hiding     entry | base, last offset, type, DPL
 *   selector: index TI RPL  ----->   4     | ...
 *        ^                                 |
 *        +----- base, limit, rights -- Descriptor 4: bits, and their meaning
 *   From offset to linear address: limit asked, base added */
#ifndef SCENE_GDT_H
#define SCENE_GDT_H

#include "figures/gdt_look.h"
#include "figures/gdt_words.h"
#include "figures/kit.h"

/* Parts of the items' ids. A row's number is its register, or 1 << 16 plus its
 * entry of the table. */
enum {
  SCENE_GDT_BITS = SCENE_PART,    /* the first of the parts of bits.h */
  SCENE_GDT_ROW = SCENE_PART + 5, /* number: row, as below */
  SCENE_GDT_NAME,
  SCENE_GDT_SELECTOR,
  SCENE_GDT_BASE,
  SCENE_GDT_LAST,
  SCENE_GDT_TYPE,
  SCENE_GDT_DPL,
  SCENE_GDT_SPAN,    /* number: row << 1 | piece */
  SCENE_GDT_TRACK,   /* number: row */
  SCENE_GDT_HEADING, /* number: panel << 8 | column, as below */
  SCENE_GDT_LABEL,   /* number: panel << 8 | line, as below */
  SCENE_GDT_VALUE,
  SCENE_GDT_CHIP,
  SCENE_GDT_VERDICT, /* number: panel << 8 | line of text */
  SCENE_GDT_SUM,
  SCENE_GDT_POINT,
  SCENE_GDT_EMPTY
};

#define SCENE_GDT_ENTRY_ROW(index) (G_GUINT64_CONSTANT (0x10000) + (index))

/* Panels, and what their lines are about. */
enum {
  SCENE_GDT_REGISTERS,
  SCENE_GDT_TABLE,
  SCENE_GDT_DESCRIPTOR,
  SCENE_GDT_LINEAR
};

enum {
  SCENE_GDT_LINE_BASE,
  SCENE_GDT_LINE_LAST, /* DESCRIPTOR: the limit */
  SCENE_GDT_LINE_TYPE,
  SCENE_GDT_LINE_OFFSET,
  SCENE_GDT_LINE_LINEAR
};

SceneId scene_gdt_id (guint part, guint64 number);
SceneId scene_gdt_line_id (guint panel, guint line); /* its VALUE */
SceneId scene_gdt_index_id (void);                   /* of the selector */
SceneId scene_gdt_panel_id (guint panel);

/* Rows of registers and of the table have these columns in common. */
typedef struct {
  double first;    /* name or number */
  double selector; /* registers only; else 0 */
  double base, last, type, dpl;
  double gap;
} SceneGdtColumns;

double scene_gdt_row_height (const SceneBuild *build);
void scene_gdt_columns (const SceneBuild *build, gboolean registers,
                        SceneGdtColumns *columns);
double scene_gdt_columns_width (const SceneGdtColumns *columns);

/* The same for a width of all: moved apart, as far as that reads well; where
 * there is no room, only as wide as their numbers, and headings give way. */
void scene_gdt_columns_fit (const SceneBuild *build, gboolean registers,
                            double width, SceneGdtColumns *columns);

/* Adds the headings of a panel, or what a row says of a segment, and cuts it
 * off the rectangle: what is left is for whoever wants it. look: of the row;
 * the cells that the step is about are active. */
void scene_gdt_add_headings (SceneBuild *build, guint panel,
                             const SceneGdtColumns *columns, SceneRect rect);
void scene_gdt_add_cells (SceneBuild *build, guint64 row,
                          const SceneGdtColumns *columns,
                          const SceneGdtSegment *segment, const SceneItem *look,
                          SceneRect *rect);

/* The places that a segment takes of the linear addresses up to `last`, as
 * bars on a line across rect. */
void scene_gdt_add_span (SceneBuild *build, guint64 row, guint64 last,
                         const SceneGdtSegment *segment, SceneEmphasis emphasis,
                         SceneRect rect);

/* Least widths of the panels, and their heights at a width. */
double scene_gdt_registers_width (const SceneBuild *build);
double scene_gdt_registers_height (const SceneBuild *build,
                                   const SceneGdtLook *look);
double scene_gdt_table_width (const SceneBuild *build);
double scene_gdt_table_height (const SceneBuild *build, guint rows);
double scene_gdt_descriptor_width (const SceneBuild *build);
double scene_gdt_descriptor_height (const SceneBuild *build, double width);
double scene_gdt_linear_width (const SceneBuild *build,
                               const SceneGdtLook *look);
double scene_gdt_linear_height (const SceneBuild *build,
                                const SceneGdtLook *look);

/* Adds a panel. */
void scene_gdt_add_registers (SceneBuild *build, const SceneGdtLook *look,
                              SceneRect rect);
void scene_gdt_add_table (SceneBuild *build, const SceneGdtLook *look,
                          SceneRect rect);
void scene_gdt_add_descriptor (SceneBuild *build, const SceneGdtLook *look,
                               SceneRect rect);
void scene_gdt_add_linear (SceneBuild *build, const SceneGdtLook *look,
                           SceneRect rect);

#endif
