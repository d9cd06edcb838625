/* Regions as /proc/PID/maps lists them. */
#ifndef CLI_MAPS_H
#define CLI_MAPS_H

#include <glib.h>

#include "machine/machine.h"

/* Where a file of the machine lies on the host: of a real one. */
typedef struct {
  const char *path; /* without links */
  guint major, minor;
  guint64 inode;
} CliMapsHost;

/* What a region is called: its file's path, "[heap]"; NULL: it has no name. To
 * be freed with g_free. */
char *cli_maps_name (const struct vm_machine *machine, guint32 region);

/* One line without its end; host: of the region's file, NULL: none is known. To
 * be freed with g_free. */
char *cli_maps_line (const struct vm_machine *machine, guint32 region,
                     const CliMapsHost *host);

#endif
