/* A lesson in which a program is executed, one step after the other: execve,
 * its first instruction, what the dynamic loader adds. */
#ifndef PROGRAM_LOADING_H
#define PROGRAM_LOADING_H

#include "image.h"

/* Writes a lesson into a folder, which is made, with the program beside it, its
 * interpreter and its libraries, as far as they are found below `root` (NULL:
 * they are not looked for). Returns the lesson's path, to be freed; NULL and
 * *error if that cannot be done, or the kernel would not run the program. */
char *program_loading_write (ProgramImage *image, const char *root,
                             const char *folder, GError **error);

#endif
