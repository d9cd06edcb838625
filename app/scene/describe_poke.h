/* Sentences about memory that was changed by hand; all to be freed with
 * g_free. */
#ifndef SCENE_DESCRIBE_POKE_H
#define SCENE_DESCRIBE_POKE_H

#include "subject.h"

/* POKE, ENTRY_CHANGE, FIELD_CHANGE, FRAME_REFS, PSC_OWE and REGISTER_OWE. */
char *scene_say_poke (const SceneSubject *it);

/* NULL where there is nothing to add. */
char *scene_more_poke (const SceneSubject *it);

#endif
