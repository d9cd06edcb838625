/* pagewalk-cli: the simulated machine on the command line. */
#include "cli.h"

int
main (int argc, char **argv)
{
  return cli_main (argc, argv);
}
