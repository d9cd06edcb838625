/* Marking: an answer is right if the simulation says so.
 *
 * An answer is a line of text, the same in the window, on the command line
 * and in a result file. Which form it has depends on the kind of question:
 *
 *   predict   0x44332344           a number or a word, in any spelling
 *   choose    b                    the letter of a choice, or its number
 *   several   a, c                 letters; the order does not matter
 *   order     b, c, a              all letters, the first first
 *   match     a=2; b=1             item=target, an item left out is no answer
 *   fill      r1c2=68; r2c1=hit    row and column from 1; given cells count
 *   edit      +rw -user frame=0x2b what is changed in the entry; or a whole
 *                                  one, entry=0x2b007; or: unchanged
 *   build     0x1[68] frame=0x2 +present; 0x2[547] ...
 *                                  frame and index of an entry, then as above
 *   all       ?                    not sure
 *
 * Fields of an entry are those of the command "pte" (rw, user, present ...),
 * or the letters that stand in the pictures (W, U, P ...). Numbers are read
 * as number.h says; full-width letters and digits count as plain ones. */
#ifndef LESSON_QUESTION_H
#define LESSON_QUESTION_H

#include "run.h"

typedef enum {
  LESSON_MARK_RIGHT,
  LESSON_MARK_WRONG,
  LESSON_MARK_PARTLY,     /* some parts are right, some are not */
  LESSON_MARK_UNREADABLE, /* it has not the form of an answer; try again */
  LESSON_MARK_NOT_SURE    /* the reader asked to be shown; no answer */
} LessonMark;

/* One part of an answer: a cell, a position, a choice, a goal, a mapping. */
typedef struct {
  char *id;   /* "r1c2"; "a" of a choice or item; "1" of a position or goal;
                 "0x11223000" of a mapping; "rw" of a field of an entry */
  char *name; /* what to call it in a sentence, translated */
  LessonMark mark;           /* never PARTLY; NOT_SURE: left empty */
  char *given;               /* as it was written; NULL: left empty */
  char *key;                 /* the right one; NULL where that depends on the
                                rest of the answer */
  char *why;                 /* what shows that it is wrong, translated; NULL */
  const char *misconception; /* id, or NULL; lives as long as the lesson */
} LessonAnswerPart;

typedef struct {
  LessonMark mark;
  guint right, total;    /* parts that are right; all that count */
  GPtrArray *parts;      /* of LessonAnswerPart; never NULL, may be empty */
  char *key;             /* a right answer, in the form above */
  char *key_text;        /* the same for people, translated */
  const LessonText *why; /* the lesson's own words about this answer: a named
                            mistake's, or the question's `right`; or NULL */
  char *says;            /* plain sentences where the lesson has none,
                            translated; NULL if there is nothing to say */
  const char *misconception; /* id of the first one that was met, or NULL */
} LessonVerdict;

/* Marks an answer; NULL or "?" means "not sure". Moves no cursor: edit and
 * build are tried on a machine of their own. The verdict is to be cleared with
 * lesson_verdict_clear. */
LessonVerdict lesson_question_mark (LessonPlay *play,
                                    const LessonQuestionPlace *place,
                                    const char *answer);
void lesson_verdict_clear (LessonVerdict *verdict);

/* What is said about an answer: why, or else says; to be freed, "" if there is
 * nothing. */
char *lesson_verdict_plain (const LessonVerdict *verdict);

/* What a cell of a table shows before it is filled in: its value if it is
 * given, else NULL; to be freed. */
char *lesson_question_cell (LessonPlay *play, const LessonQuestionPlace *place,
                            const LessonCell *cell);

/* The part with an id, or NULL. */
const LessonAnswerPart *lesson_verdict_part (const LessonVerdict *verdict,
                                             const char *id);

/* Stable English names: "right" "wrong" "partly" "unreadable" "not-sure", and
 * "predict" "choose" and so on. */
const char *lesson_mark_name (LessonMark mark);
const char *lesson_question_kind_name (LessonQuestionKind kind);

/* The question with an id, or NULL. */
const LessonQuestionPlace *lesson_play_question (const LessonPlay *play,
                                                 const char *id);

#endif
