/* A label that says something for a moment. */
#ifndef PW_BADGE_H
#define PW_BADGE_H

#include <gtk/gtk.h>

typedef struct _PwBadge PwBadge;

/* The label is not owned, and must be there until the badge is freed. */
PwBadge *pw_badge_new (GtkWidget *label);
void pw_badge_free (PwBadge *badge);

/* Shows a text, in place of the one before, and hides it after a while. */
void pw_badge_tell (PwBadge *badge, const char *text);

#endif
