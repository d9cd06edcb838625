/* Moves a playhead on, frame by frame, while a widget shows it. */
#ifndef PW_TICKER_H
#define PW_TICKER_H

#include <gtk/gtk.h>

#include "playhead.h"
#include "stills.h"

/* All three must outlive it, or it must be stopped. */
typedef struct {
  GtkWidget *widget;
  PwPlayhead *head;
  PwStills *stills; /* between which it moves */
  guint tick;       /* call-back of the widget; 0: at rest */
  gint64 time;      /* of the frame before; 0: none */
} PwTicker;

/* Ticks as long as the playhead moves; at once at the end if the widget cannot
 * be seen, for then no frames come. */
void pw_ticker_start (PwTicker *ticker);
void pw_ticker_stop (PwTicker *ticker);

#endif
