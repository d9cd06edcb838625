/* Sentences about several TLBs and several processors; all to be freed with
 * g_free. */
#ifndef SCENE_DESCRIBE_TLB_H
#define SCENE_DESCRIBE_TLB_H

#include "subject.h"

/* "the data TLB of processor 1", as far as the machine has more than one. */
char *scene_tlb_name (const SceneSubject *it);

/* PROBE, HIT, MISS, FILL, PROMOTE and DROP of a TLB that must be named. */
char *scene_say_tlb (const SceneSubject *it);

char *scene_say_victim (const SceneSubject *it);
char *scene_more_victim (const SceneSubject *it);
char *scene_say_flush (const SceneSubject *it);
char *scene_more_flush (const SceneSubject *it);

/* SHOOTDOWN and the four steps of an interrupt. */
char *scene_say_interrupt (const SceneSubject *it);

/* OWE and BEHIND. */
char *scene_say_put_off (const SceneSubject *it);

char *scene_say_schedule (const SceneSubject *it);
char *scene_say_mode (const SceneSubject *it);

/* PSC_HIT and PSC_FILL. */
char *scene_say_psc (const SceneSubject *it);
char *scene_more_psc (const SceneSubject *it);

char *scene_say_tlb_print (const SceneSubject *it);

#endif
