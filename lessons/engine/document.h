/* A lesson as checked structures: what an XML file says, once it is known to
 * say it well. See lessons/schema/lesson.rnc for the language itself. */
#ifndef LESSON_DOCUMENT_H
#define LESSON_DOCUMENT_H

#include <glib.h>

#include "problem.h"

/* A place in the source, for messages about it. */
typedef struct {
  int line, column;
} LessonPlace;

/* Inline text is a list of runs in reading order. */
typedef enum {
  LESSON_RUN_TEXT,
  LESSON_RUN_EM,
  LESSON_RUN_STRONG,
  LESSON_RUN_CODE,
  LESSON_RUN_TERM,
  LESSON_RUN_NUM, /* a number that the machine must confirm: query is set */
  LESSON_RUN_SUB,
  LESSON_RUN_SUP
} LessonRunKind;

typedef struct {
  LessonRunKind kind;
  char *text;
  char *query;       /* NUM: what the machine must answer */
  LessonPlace place; /* of its first character; of a translation, the
                        element that was translated */
} LessonRun;

typedef enum {
  LESSON_TRANSLATION_NONE, /* none was found: runs are the source's */
  LESSON_TRANSLATION_GOOD,
  LESSON_TRANSLATION_BAD /* it lost or gained inline elements: not used */
} LessonTranslation;

/* A piece of inline text. msgid is its source form: the element's inner XML
 * with white space collapsed, which is what xgettext extracts. runs are in
 * the reader's language. */
typedef struct {
  GPtrArray *runs; /* of LessonRun */
  char *msgid;
  LessonTranslation translation;
  LessonPlace place;
} LessonText;

typedef enum {
  LESSON_BLOCK_PARAGRAPH, /* text */
  LESSON_BLOCK_LIST,      /* items: LessonText */
  LESSON_BLOCK_CODE,      /* code, highlight */
  LESSON_BLOCK_CALLOUT,   /* callout, title, items: LessonText paragraphs,
                             then perhaps code, highlight */
  LESSON_BLOCK_BEAT,      /* beat */
  LESSON_BLOCK_QUESTION,  /* question */
  LESSON_BLOCK_EXERCISE   /* exercise */
} LessonBlockKind;

typedef enum {
  LESSON_CALLOUT_NOTE,
  LESSON_CALLOUT_MISCONCEPTION,
  LESSON_CALLOUT_COST,
  LESSON_CALLOUT_SIMPLIFICATION,
  LESSON_CALLOUT_HISTORY,
  LESSON_CALLOUT_LINUX
} LessonCalloutKind;

/* A claim about the machine at the end of a beat: query == is. */
typedef struct {
  char *query;
  char *is;          /* a number, or a word such as miss */
  LessonPlace place; /* of what it claims */
} LessonExpect;

/* A row of a beat that stands for one step inside it. */
typedef struct {
  LessonText *text;
  char *step;  /* a step kind's name, such as "entry-read" */
  char *where; /* "level=2 …": values the step must have; may be NULL */
  int nth;     /* the n-th such step of the beat, from 1 */
  LessonPlace place;
} LessonPoint;

/* An operation to run, in the words of the op table. */
typedef struct {
  char *line;
  LessonPlace place;
} LessonDo;

typedef struct {
  char *id;
  GPtrArray *dos;     /* of LessonDo, at least one */
  GPtrArray *points;  /* of LessonPoint, in step order */
  GPtrArray *expects; /* of LessonExpect */
  LessonText *title;  /* what the beat shows, one line */
  LessonPlace place;
} LessonBeat;

typedef enum {
  LESSON_QUESTION_PREDICT, /* a value */
  LESSON_QUESTION_CHOOSE,  /* the one choice that holds */
  LESSON_QUESTION_SEVERAL, /* all choices that hold */
  LESSON_QUESTION_ORDER,   /* items, by what their queries say */
  LESSON_QUESTION_MATCH,   /* items with targets of the same value */
  LESSON_QUESTION_FILL,    /* the blank cells of a table */
  LESSON_QUESTION_EDIT,    /* one entry, so that a goal is reached */
  LESSON_QUESTION_BUILD    /* entries, so that mappings translate */
} LessonQuestionKind;

/* A wrong answer that has a name: shown when the answer equals query. */
typedef struct {
  char *query;
  char *of;         /* id of a misconception; may be NULL */
  LessonText *text; /* NULL: the misconception's own words are enough */
  LessonPlace place, of_place;
} LessonMistake;

/* A choice, an item, a target, a goal, a table: a text with a query.
 * CHOOSE, SEVERAL: it holds if the query is not 0. ORDER: the item with the
 * smallest value comes first. MATCH: item and target belong together if their
 * values are equal. EDIT: a goal is reached if the query is not 0. BUILD: the
 * frame of a table. */
typedef struct {
  char *query;
  char *of;  /* a wrong choice: id of a misconception; may be NULL */
  int level; /* of a table; 0: that of the root, or else the last */
  LessonText *text;
  LessonPlace place, of_place;
} LessonChoice;

/* A cell of a table to be filled. */
typedef struct {
  char *query;
  gboolean given;      /* shown, not asked */
  gboolean hex;        /* how its value is printed */
  GPtrArray *mistakes; /* of LessonMistake */
  LessonPlace place;
} LessonCell;

typedef struct {
  LessonText *name; /* may be NULL */
  GPtrArray *cells; /* of LessonCell, as many as there are columns */
  LessonPlace place;
} LessonRow;

/* A page that a table to be built must map, and nothing else must. */
typedef struct {
  char *va, *frame; /* queries */
  guint flags;      /* VM_MAP_READ and others */
  LessonPlace place;
} LessonMapping;

/* What is marked here is NULL, or empty, in kinds that have no such thing. */
typedef struct {
  char *id;
  LessonQuestionKind kind;
  char *beat;       /* asked about this beat's machine … */
  char *point_step; /* … before this step is shown; NULL: before the beat */
  char *point_where;
  int point_nth; /* the n-th such step, from 1 */
  LessonText *ask;
  char *answer;        /* PREDICT: the query; EDIT: an entry that does it */
  char *format;        /* PREDICT: "hex" or "dec": how the key is printed;
                          never NULL, by default as the answer's kind asks */
  GPtrArray *choices;  /* of LessonChoice: choices, items, goals, tables */
  GPtrArray *targets;  /* MATCH: of LessonChoice */
  GPtrArray *mistakes; /* PREDICT, EDIT: of LessonMistake */
  GPtrArray *columns;  /* FILL: of LessonText */
  GPtrArray *rows;     /* FILL: of LessonRow */
  int level;           /* EDIT: of the entry, 1 is the last table's */
  char *entry_pa;      /* EDIT: where the entry lies, a query */
  GPtrArray *tries;    /* EDIT: of LessonDo, done once the entry is changed */
  GPtrArray *maps;     /* BUILD: of LessonMapping */
  GPtrArray *hints;    /* of LessonText, each says more than the one before */
  LessonText *right;   /* why it is so; may be NULL */
  LessonPlace place, beat_place, answer_place;
} LessonQuestion;

/* A misconception that has a name: mistakes refer to it, verdicts carry it. */
typedef struct {
  char *id;
  LessonText *text;
} LessonMisconception;

/* A question with new numbers each time, built by a generator. */
typedef struct {
  char *id;
  char *kind; /* name of a generator, see exercise.h */
  guint64 seed;
  LessonText *ask; /* introduction */
  LessonPlace place;
} LessonExercise;

typedef struct {
  LessonBlockKind kind;
  LessonText *text;
  LessonCalloutKind callout;
  LessonText *title;
  GPtrArray *items; /* of LessonText */
  char *code;
  int highlight; /* line of the code, from 1; 0: none */
  LessonBeat *beat;
  LessonQuestion *question;
  LessonExercise *exercise;
  LessonPlace place;
} LessonBlock;

typedef struct {
  char *id;
  LessonText *title;
  GPtrArray *blocks; /* of LessonBlock */
} LessonSection;

/* A figure that the stage shows. */
typedef struct {
  char *kind;
  LessonPlace place;
} LessonFigure;

typedef struct {
  char *folder; /* absolute path of the lesson's folder */
  char *file;   /* as the reader named it, for messages */
  char *id;
  int part, minutes;
  LessonText *title, *summary;
  GPtrArray *prerequisites;  /* of char *, lesson ids */
  GPtrArray *objectives;     /* of LessonText */
  GPtrArray *machine;        /* of LessonDo */
  GPtrArray *figures;        /* of LessonFigure */
  GPtrArray *misconceptions; /* of LessonMisconception: the lesson's own */
  GPtrArray *sections;       /* of LessonSection */
  GPtrArray *notes;          /* of LessonText, for the teacher */
  GPtrArray *sources;        /* of LessonText */
} LessonDocument;

/* The kinds of figures that a stage may name, ending with NULL. */
const char *const *lesson_figure_kinds (void);

/* Loads lesson.xml from a folder, or that file itself. Follows the rules for
 * hostile input: regular file, at most 2 MiB, no DOCTYPE, bounded tags, nodes
 * and depth, nothing outside the folder. NULL and at least one problem if it
 * is not a lesson. Free with lesson_document_free. */
LessonDocument *lesson_document_load (const char *path,
                                      LessonProblems *problems);

/* The same from memory; file is only for messages. */
LessonDocument *lesson_document_parse (const char *data, gsize length,
                                       const char *file,
                                       LessonProblems *problems);
void lesson_document_free (LessonDocument *document);

/* The text without markup, to be freed with g_free; "" for NULL. */
char *lesson_text_plain (const LessonText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonDocument, lesson_document_free)

#endif
