/* The keys of the application as one table, from which they work and from
 * which the page of keys is made. */
#ifndef PW_KEYS_H
#define PW_KEYS_H

#include <gtk/gtk.h>

typedef enum {
  PW_KEY_EVERYWHERE, /* before the focus sees it */
  PW_KEY_AFTER,      /* unless the focus has used it */
  PW_KEY_FREE,       /* where the focus is not in an entry, button or scale */
  PW_KEY_STAGE,      /* the stage uses it itself; only listed */
  PW_KEY_HALL,       /* while presenting, before the focus sees it */
  PW_KEY_HALL_FREE   /* while presenting, as PW_KEY_FREE */
} PwKeyWhere;

typedef struct {
  const char *action;  /* perhaps with its target, as "present.digit(1)" */
  const char *trigger; /* as gtk_shortcut_trigger_parse_string reads it */
  PwKeyWhere where;
  const char *group; /* NULL: works but is not listed */
  const char *label; /* what it does; to be translated */
} PwKey;

/* The table; *count is its length. */
const PwKey *pw_keys (guint *count);

/* Makes the keys work in a window, whose actions they activate; those of the
 * stage do already. */
void pw_keys_install (GtkWidget *window);

/* The same for a window of a presentation. */
void pw_keys_install_hall (GtkWidget *window);

/* Shows the page of keys; of those that work while presenting. */
void pw_keys_show (GtkWindow *parent);
void pw_keys_show_hall (GtkWindow *parent);

#endif
