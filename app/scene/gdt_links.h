/* What joins the panels of segments, and what flies between them. */
#ifndef SCENE_GDT_LINKS_H
#define SCENE_GDT_LINKS_H

#include "links.h"

/* Connectors, where the figure is shown. */
void scene_gdt_connect (const SceneLinks *links);

/* The flights of a step about segments. */
void scene_gdt_fly (SceneBuild *build);

#endif
