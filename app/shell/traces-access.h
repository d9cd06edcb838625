/* Where an access of a trace is named that is to be seen step by step. */
#ifndef PW_TRACES_ACCESS_H
#define PW_TRACES_ACCESS_H

#include <gtk/gtk.h>

#include "session.h"

/* A group with an entry. What is named there becomes a lesson's file, which
 * "win.lesson" opens. The session, which played these policies (of enum
 * vm_policy), must outlive it. */
GtkWidget *pw_traces_access_new (TraceSession *session, const GArray *policies);

#endif
