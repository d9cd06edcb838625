/* What a session with a trace came to, as groups of rows. */
#ifndef PW_TRACES_RESULTS_H
#define PW_TRACES_RESULTS_H

#include <adwaita.h>

#include "reading.h"
#include "session.h"

/* The list of policies that a page compares, of which `first` comes first; of
 * enum vm_policy. And the sizes of its curves, of guint32. */
GArray *pw_traces_policies_new (enum vm_policy first);
GArray *pw_traces_sizes_new (void);

/* A number with a space, or what the language has, between groups of digits. To
 * be freed. */
char *pw_traces_number (guint64 number);

/* What was counted, policy by policy; and the faults over the frames. Both were
 * made with the lists above. NULL: there is nothing to show. */
GtkWidget *pw_traces_counts_new (const TraceSession *session,
                                 const GArray *policies, gboolean whole);
GtkWidget *pw_traces_curves_new (const TraceSession *session,
                                 const GArray *policies, const GArray *sizes,
                                 const PwReading *reading);

#endif
