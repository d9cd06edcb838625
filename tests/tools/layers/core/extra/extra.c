/* A folder that the order does not name. */

#include "types.h" /* wrong: no place */
