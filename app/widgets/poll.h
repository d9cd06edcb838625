/* A question put to a hall: what can be answered, and how many hands went up
 * for each answer. */
#ifndef PW_POLL_H
#define PW_POLL_H

#include "run.h"

typedef struct {
  char *markup; /* the answer, as Pango markup */
  char *plain;  /* the same, to be read out */
  gboolean right;
  guint hands;
} PwPollAnswer;

typedef struct {
  const LessonQuestionPlace *place;
  char *ask;          /* Pango markup */
  GPtrArray *answers; /* of PwPollAnswer; empty: hands cannot be counted */
  guint counting;     /* the answer that hands are counted for next */
  gboolean revealed;
  char *key; /* the right answer in words, translated */
  char *why; /* Pango markup; "" if the lesson says nothing */
} PwPoll;

/* A question that asks for a value gets answers, too: the true one and those
 * that are come to by known mistakes, in the order of numbers. Free with
 * pw_poll_free; play and place must live longer. */
PwPoll *pw_poll_new (LessonPlay *play, const LessonQuestionPlace *place);
void pw_poll_free (PwPoll *poll);

/* So many hands for the answer that is counted; the next one is counted then,
 * after the last the first. */
void pw_poll_count (PwPoll *poll, guint hands);

/* One hand more or less for an answer. */
void pw_poll_add (PwPoll *poll, guint answer, int hands);

/* All hands. */
guint pw_poll_total (const PwPoll *poll);

#endif
