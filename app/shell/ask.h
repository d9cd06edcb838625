/* A small window that asks before something is done. */
#ifndef PW_ASK_H
#define PW_ASK_H

#include <gtk/gtk.h>

typedef struct {
  const char *title, *body;
  const char *entry; /* name of the line to be filled in; NULL: there is none */
  const char *verb;  /* on the button that does it */
  gboolean destroys; /* what it does cannot be taken back easily */
} PwAsk;

/* Called with what was filled in, never empty, or NULL if nothing was asked
 * for; not called if the reader thinks better of it. */
typedef void (*PwAsked) (const char *text, gpointer data);

/* Asks in front of a window; data must live as long as that. */
void pw_ask (GtkWindow *parent, const PwAsk *ask, PwAsked asked, gpointer data);

#endif
