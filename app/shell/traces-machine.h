/* Rows in which the machine is chosen that a trace goes through. */
#ifndef PW_TRACES_MACHINE_H
#define PW_TRACES_MACHINE_H

#include <gtk/gtk.h>

#include "replay/replay.h"

typedef struct {
  GtkWidget *processor, *toy, *tlb, *frames_row, *frames;
} PwTracesMachine;

/* Adds the rows to an AdwPreferencesGroup, which owns them; *machine must live
 * as long as it does. */
void pw_traces_machine_add (PwTracesMachine *machine, GtkWidget *group);

/* What was chosen; the policy is left out. FALSE and *problem, a sentence to be
 * freed, if there can be no such machine. */
gboolean pw_traces_machine_read (const PwTracesMachine *machine,
                                 struct vm_replay_config *config,
                                 char **problem);

#endif
