/* What the parts of pagewalk-cli replace share. */
#ifndef CLI_REPLACE_H
#define CLI_REPLACE_H

#include "args.h"
#include "policy/string.h"

/* What is to be run: each policy with each number of frames. */
typedef struct {
  GArray *policies; /* of enum vm_policy */
  GArray *frames;   /* of guint32 */
  guint64 seed;     /* 0: the default */
  guint32 interval; /* 0: the default */
} CliReplace;

/* A policy with a number of frames out of it. */
struct vm_pool_config cli_replace_config (const CliReplace *replace,
                                          enum vm_policy policy,
                                          guint32 frames);

/* Runs a string and prints the table of it: references across, frames down,
 * what the hand and the bits are, and victims. FALSE if there is no memory. */
gboolean cli_replace_table (const struct vm_string *string,
                            const struct vm_pool_config *config);

/* Prints the rules and parameters of the policies, as JSON or as text. */
void cli_replace_describe (const CliReplace *replace, gboolean as_json);

/* Prints the shortest strings, of at most length references, that show
 * Belady's anomaly between the two numbers of frames. OPT, which has none, is
 * passed over. */
CliStatus cli_replace_anomaly (const CliReplace *replace, guint32 length,
                               gboolean as_json);

#endif
