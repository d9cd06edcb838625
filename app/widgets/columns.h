/* Cards in as many equal columns as fit, row by row. */
#ifndef PW_COLUMNS_H
#define PW_COLUMNS_H

#include <gtk/gtk.h>

#define PW_TYPE_COLUMNS (pw_columns_get_type ())
G_DECLARE_FINAL_TYPE (PwColumns, pw_columns, PW, COLUMNS, GtkWidget)

/* At most `most` columns, none narrower than `least` pixels if it can be. */
GtkWidget *pw_columns_new (int least, int most);

/* Another least width, for cards with larger text. */
void pw_columns_set_least (PwColumns *columns, int least);

/* Takes the card, behind the others. Hidden cards take no room. */
void pw_columns_append (PwColumns *columns, GtkWidget *card);

/* How many columns fit into a width. */
int pw_columns_count (PwColumns *columns, int width);

#endif
