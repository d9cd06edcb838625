/* Where the dynamic loader finds a library by its name.
 *
 *   name with a slash: that path
 *   else  DT_RPATH of who needs it, where it has no DT_RUNPATH
 *         (LD_LIBRARY_PATH is not looked at)
 *         DT_RUNPATH of who needs it
 *         /etc/ld.so.cache
 *         the folders that every system has
 *
 * Rules: ld.so(8); sysdeps/generic/dl-cache.h of glibc 2.36 for the cache. All
 * paths begin at a root folder, so that another system's files can be used. */
#ifndef PROGRAM_LIBRARIES_H
#define PROGRAM_LIBRARIES_H

#include "image.h"

#define PROGRAM_CACHE "/etc/ld.so.cache"

typedef struct {
  const char *root; /* "": this system's own */
  guint8 *cache;    /* of the root; NULL: it has none */
  gsize cache_size;
} ProgramSystem;

/* Reads the cache of the system below a folder. */
void program_system_init (ProgramSystem *system, const char *root);
void program_system_done (ProgramSystem *system);

/* The path of a library that an object needs, without the root; by: path of
 * that object, likewise. NULL: there is none. To be freed with g_free. */
char *program_library_find (const ProgramSystem *system,
                            const ProgramImage *object, const char *by,
                            const char *name);

#endif
