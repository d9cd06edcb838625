/* Options and words of one command. */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "report.h"

/* One option. A table of them ends with a NULL name. */
typedef struct {
  const char *name;    /* without the dashes */
  const char *metavar; /* what its value is; NULL: it takes none */
  gboolean *flag;      /* set, if it takes no value */
  const char **value;  /* set to what was given, if it takes one */
  const char *help;    /* one line; translated when shown */
} CliOption;

/* How a command is called and what it is for. */
typedef struct {
  const char *name;         /* "pte", "lesson run" */
  const char *synopsis;     /* what follows the name, a line for each form */
  const char *summary;      /* translated when shown */
  int min_words, max_words; /* words beside the options; max -1: no limit */
} CliUsage;

/* The arguments of a command, without its name. */
typedef struct {
  char **words; /* parsing moves the words in front and drops the options */
  int count;
  CliStatus status; /* what to end with when parsing says FALSE */
} CliArgs;

/* Takes the options out of args: "--name", "--name value", "--name=value"; all
 * after "--" is words; "-" is a word. FALSE if the command is done already:
 * its help was asked for and printed, or the use was wrong, which was said. */
gboolean cli_args_parse (CliArgs *args, const CliUsage *usage,
                         const CliOption *options);

#endif
