/* Two folders of one rank do not know each other. */

#include "elf/elf.h"
#include "policy/fifo.h" /* wrong: beside */
