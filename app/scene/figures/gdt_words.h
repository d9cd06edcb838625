/* What the figure of segments says in words. */
#ifndef SCENE_GDT_WORDS_H
#define SCENE_GDT_WORDS_H

#include "figures/figure.h"
#include "figures/gdt_look.h"

/* "DS" */
const char *scene_gdt_register (guint which);

/* In a few letters: "code r", "data w"; and the widest of those. */
const char *scene_gdt_type (const SceneBuild *build,
                            const SceneGdtSegment *segment);
double scene_gdt_type_width (const SceneBuild *build);

/* In words: "data, can be written". Translated, not to be freed. */
const char *scene_gdt_type_text (const SceneGdtSegment *segment);

/* An offset or a linear address, as wide as the machine's addresses. */
const char *scene_gdt_number (const SceneBuild *build, guint64 number);

/* A selector: "0x0023". */
const char *scene_gdt_selector (const SceneBuild *build, guint selector);

/* A segment for the screen reader, kept by the still. */
const char *scene_gdt_segment_name (const SceneBuild *build,
                                    const SceneGdtSegment *segment);

/* The sentence of a step, kept by the still. */
const char *scene_gdt_sentence (const SceneBuild *build,
                                const struct vm_step *step);

/* Its colour: the kernel's, a program's, or none. */
SceneRole scene_gdt_role (const SceneGdtSegment *segment);

#endif
