/* pagewalk-cli: the simulated machine on the command line. */

#include "config.h"

#include <stdio.h>

int
main (void)
{
  puts ("pagewalk-cli " PAGEWALK_VERSION);
  return 0;
}
