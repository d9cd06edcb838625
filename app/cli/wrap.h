/* Text in paragraphs, for a terminal. */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

/* Cells of a terminal that a text takes; a Chinese letter takes two. */
int cli_text_width (const char *text);

/* Prints a paragraph of words on standard output in lines of at most
 * CLI_WRAP_WIDTH cells. The first line begins with `first`, the others with as
 * many spaces. Lines break at spaces and beside wide letters. */
#define CLI_WRAP_WIDTH 78
void cli_wrap (const char *first, const char *text);

#endif
