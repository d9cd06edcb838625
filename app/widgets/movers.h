/* Movers: the items of one figure that travel, each group in a small node. */
#ifndef PW_MOVERS_H
#define PW_MOVERS_H

#include "brush.h"
#include "transition.h"

typedef struct _PwMovers PwMovers;

/* Free with pw_movers_free. */
PwMovers *pw_movers_new (guint figure);
void pw_movers_free (PwMovers *movers);

/* Appends the moving items at a phase of a transition. What travels by the same
 * way is painted once, together. */
void pw_movers_snapshot (PwMovers *movers, GtkSnapshot *snapshot,
                         const PwBrush *brush,
                         const SceneTransition *transition, double phase);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PwMovers, pw_movers_free)

#endif
