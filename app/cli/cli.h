/* pagewalk-cli: the machine without a window. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs the command line. Returns the exit status: 0 done, 1 an error in what
 * was asked about (written to standard error as FILE:LINE: reason), 2 a wrong
 * use of the command. */
int cli_main (int argc, char **argv);

#endif
