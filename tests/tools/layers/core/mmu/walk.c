/* What a folder of the core may include, and what not. */

#include "mmu/walk.h"
#include "policy/fifo.h"
#include "tape/tape.h"
#include "types.h"
#include "walk.h"

#include <stdint.h>
#include <string.h>

#include "machine/machine.h" /* wrong: above */
#include "../tape/tape.h"    /* wrong: by '..' */
#include "document.h"        /* wrong: another layer */
#include "string.h"          /* wrong: not ours */
#include "config.h"          /* wrong: for the application only */
#include <glib.h>            /* wrong: GLib */
#include <signal.h>          /* wrong: signals */
#include <stdio.h>           /* wrong: files */
#include <sys/mman.h>        /* wrong: not C11 */
#include <tape/tape.h>       /* wrong: ours */
#include <threads.h>         /* wrong: threads */
#include <time.h>            /* wrong: a clock */
  #  include WALK_HEADER     /* wrong: a macro */
