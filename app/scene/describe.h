/* A sentence for every step: caption, screen reader, transcript and command
 * line all say the same. */
#ifndef SCENE_DESCRIBE_H
#define SCENE_DESCRIBE_H

#include <glib.h>

#include "machine/machine.h"

/* The sentence of a step, translated; to be freed with g_free. */
char *scene_describe (const struct vm_machine *machine,
                      const struct vm_step *step);

/* A second, quieter line: how the numbers come about. NULL if there is
 * nothing to add. To be freed with g_free. */
char *scene_describe_more (const struct vm_machine *machine,
                           const struct vm_step *step);

/* What kind of event a step is, for the marks of the scrub bar. */
typedef enum {
  SCENE_EVENT_PLAIN,
  SCENE_EVENT_ACCESS,
  SCENE_EVENT_HIT,
  SCENE_EVENT_MISS,
  SCENE_EVENT_READ, /* a page-table entry is read; level in the role */
  SCENE_EVENT_WRITE,
  SCENE_EVENT_DONE, /* the physical address is known */
  SCENE_EVENT_FAULT
} SceneEvent;

SceneEvent scene_event_of (const struct vm_step *step);

#endif
