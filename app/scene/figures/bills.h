/* What all accesses so far have cost, part by part. */
#ifndef SCENE_BILLS_H
#define SCENE_BILLS_H

#include "context.h"
#include "scene.h"

typedef enum {
  SCENE_BILL_FIRST,
  SCENE_BILL_SECOND,
  SCENE_BILL_WALK,
  SCENE_BILL_DATA,
  SCENE_BILL_DISK,
  SCENE_BILLS
} SceneBillPart;

typedef struct {
  const char *name; /* translated */
  SceneRole role;
  guint64 times, cost; /* cost: cycles for each */
  gboolean now;        /* it was paid at the cursor's step */
} SceneBill;

/* True if the machine has what is paid for in a part. */
gboolean scene_bill_has (const SceneContext *c, SceneBillPart part);

/* Fills the bills up to the cursor. */
void scene_bills (const SceneContext *c, SceneBill bills[SCENE_BILLS]);

/* All cycles together. */
guint64 scene_bills_total (const SceneContext *c,
                           const SceneBill bills[SCENE_BILLS]);

/* Cycles for one of so many accesses, with one decimal; a sum of them. From a
 * million, or a hundred millions, on in millions. Free with g_free. */
char *scene_bill_each (guint64 cycles, guint64 accesses);
char *scene_bill_sum (guint64 cycles);

#endif
