/* What lies on top of the core knows no folder. */

#include "types.h"
#include "tape/tape.h" /* wrong: above */
