/* The pointer, or a finger, over the stage: what it rests on, what it picks. */
#ifndef PW_POINTER_H
#define PW_POINTER_H

#include "touch.h"

typedef struct _PwPointer PwPointer;

/* Listens on the stage and tells the touch, both of which must live longer.
 * Free with pw_pointer_free. */
PwPointer *pw_pointer_new (PwTouch *touch, PwStage *stage);
void pw_pointer_free (PwPointer *pointer);

/* What it rests on is no longer there. */
void pw_pointer_forget (PwPointer *pointer);

#endif
