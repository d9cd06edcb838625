/* A real program in a machine: its file, its interpreter and its libraries are
 * brought in, and executed there. */
#ifndef PROGRAM_LOAD_H
#define PROGRAM_LOAD_H

#include "libraries.h"
#include "machine/machine.h"

/* How it is executed. What is 0 or NULL is as the running system has it, or,
 * where that is no Linux 6.x, as Linux 6.18. */
typedef struct {
  const char *root;   /* where interpreter and libraries are; NULL: "" */
  gchar **argv;       /* NULL: the path alone */
  gchar **env;        /* NULL: nothing */
  const char *execfn; /* NULL: the path */
  gboolean random;
  guint64 seed;
  guint64 stack_limit; /* bytes; 0: 8 MiB */
  guint kernel;        /* N of Linux 6.N; 0: the running one */
  gboolean libraries;  /* the loader does its part */
  gboolean whole; /* all bytes that are mapped are brought in, not only those
                     that decide where things go */
} ProgramLoad;

/* A file of the machine, and where it is on the host. */
typedef struct {
  char *path; /* as the loader asks for it */
  char *real; /* without links: what maps show */
  guint major, minor;
  guint64 inode;
} ProgramFile;

typedef struct {
  struct vm_machine *machine;
  guint32 process;
  GPtrArray *files;        /* ProgramFile; NULL or by number in the machine */
  GPtrArray *missing;      /* names that nothing was found for; char */
  GPtrArray *constructors; /* files whose constructors do what is not known and
                              not shown, where libraries were asked for; char */
  struct vm_result result; /* of exec; of link, if that was refused */
} ProgramRun;

/* Makes a machine and executes the program in it, as process A. NULL and
 * *error, without the file's name: it cannot be read, or the machine cannot do
 * it; what the kernel refuses stands in result. */
ProgramRun *program_run (const char *path, const ProgramLoad *how,
                         GError **error);
void program_run_free (ProgramRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgramRun, program_run_free)

#endif
