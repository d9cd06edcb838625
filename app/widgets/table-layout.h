/* Lays a table out: as rows and columns where there is room, else as a list.
 *
 *              Index    Lies at             Directory
 *   Directory  [   ]    [     ]       or      Index    [         ]
 *   Table      [   ]    [     ]               Lies at  [         ]
 *
 * Headings stand above the columns in one, beside every cell in the other;
 * both are children, and the layout shows those that are needed. */
#ifndef PW_TABLE_LAYOUT_H
#define PW_TABLE_LAYOUT_H

#include <gtk/gtk.h>

typedef enum {
  PW_TABLE_HEADING, /* of a column */
  PW_TABLE_NAME,    /* of a row */
  PW_TABLE_LABEL,   /* the column's heading once more, beside its cell */
  PW_TABLE_CELL
} PwTablePart;

#define PW_TYPE_TABLE_LAYOUT (pw_table_layout_get_type ())
G_DECLARE_FINAL_TYPE (PwTableLayout, pw_table_layout, PW, TABLE_LAYOUT,
                      GtkLayoutManager)

/* Says what a child is, and where, rows and columns from 0; at most
 * PW_TABLE_COLUMNS and PW_TABLE_ROWS of them. */
#define PW_TABLE_COLUMNS 9
#define PW_TABLE_ROWS 64
void pw_table_place (GtkWidget *child, PwTablePart part, guint row,
                     guint column);

#endif
