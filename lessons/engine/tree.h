/* Where a program that was not installed finds what belongs to it. */
#ifndef LESSON_TREE_H
#define LESSON_TREE_H

/* If the program that runs lies below `build`, points to the lessons,
 * exercises, translations and settings of its own tree those variables of the
 * environment (PAGEWALK_LESSONS and others) that are not set. To be called
 * first in main, before there is a second thread. */
void lesson_tree_use (const char *source, const char *build);

#endif
