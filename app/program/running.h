/* What the running kernel is like, as far as execve needs it. */
#ifndef PROGRAM_RUNNING_H
#define PROGRAM_RUNNING_H

#include <glib.h>

/* Parameters of the operation exec: kernel, vvar, vdso, user, processor. N:
 * Linux 6.N; 0: the running one, with the sizes that it has. To be freed with
 * g_free. */
char *program_running (guint kernel, guint bits);

#endif
