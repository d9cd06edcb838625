/* Sentences about the physical address map, ports, devices and the IOMMU; all
 * to be freed with g_free. */
#ifndef SCENE_DESCRIBE_BUS_H
#define SCENE_DESCRIBE_BUS_H

#include "subject.h"

/* The kinds from WINDOW to BLOCKED; NULL for any other. */
char *scene_say_bus (const SceneSubject *it);
char *scene_more_bus (const SceneSubject *it);

/* FAULT, where user mode asks for a port. */
char *scene_say_port_fault (void);
char *scene_more_port_fault (void);

/* A window's or device's name: what every PC has in the reader's language. */
const char *scene_window_name (const struct vm_machine *machine, guint64 name);

/* "RAM", "device": what answers. */
const char *scene_window_kind (enum vm_window_kind kind);

#endif
