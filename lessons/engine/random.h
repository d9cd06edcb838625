/* Numbers that a seed decides: the same everywhere, for ever. */
#ifndef LESSON_RANDOM_H
#define LESSON_RANDOM_H

#include <glib.h>

typedef struct {
  guint64 state; /* at first the seed */
} LessonRandom;

/* splitmix64 (Steele, Lea and Flood, 2014). */
static inline guint64
lesson_random_next (LessonRandom *random)
{
  guint64 z = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A number below `count`, which is not 0. */
static inline guint64
lesson_random_below (LessonRandom *random, guint64 count)
{
  return lesson_random_next (random) % count;
}

#endif
