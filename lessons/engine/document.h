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
  LESSON_RUN_SUP,
  LESSON_RUN_KBD, /* a key */
  LESSON_RUN_MAN, /* a manual page, such as mmap(2); never opened */
  LESSON_RUN_URL, /* an address in the web; shown, never followed */
  LESSON_RUN_SEE  /* a way to another place: see is set */
} LessonRunKind;

/* Where a <see> leads. Without a target: to the beginning of the lesson. */
typedef struct {
  char *lesson;  /* NULL: this lesson */
  char *section; /* at most one of section … */
  char *beat;    /* … and beat */
  char *step;    /* of the beat, in this lesson; may be NULL */
  char *where;
  int nth;
  LessonPlace place; /* of the attribute that names the place */
} LessonSee;

typedef struct {
  LessonRunKind kind;
  char *text;
  char *query;       /* NUM: what the machine must answer */
  char *term;        /* TERM: the id of its definition, or NULL */
  LessonSee *see;    /* SEE */
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
  LESSON_BLOCK_CODE,      /* code, language, highlight */
  LESSON_BLOCK_TABLE,     /* table */
  LESSON_BLOCK_PLOT,      /* plot */
  LESSON_BLOCK_CALLOUT,   /* callout, title (may be NULL), blocks */
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

/* What a listing is written in. */
typedef enum {
  LESSON_LANGUAGE_TEXT,
  LESSON_LANGUAGE_C,
  LESSON_LANGUAGE_ASM,
  LESSON_LANGUAGE_SHELL, /* commands stand behind "$ " */
  LESSON_LANGUAGE_SCRIPT /* operations, as the machine reads them */
} LessonLanguage;

typedef enum {
  LESSON_ALIGN_START,
  LESSON_ALIGN_CENTER,
  LESSON_ALIGN_END
} LessonAlign;

#define LESSON_MAX_COLUMNS 12u
#define LESSON_MAX_ROWS 200u

typedef struct {
  LessonText *caption;
  guint columns;
  LessonAlign align[LESSON_MAX_COLUMNS];
  GPtrArray *head; /* of LessonText; an empty cell is NULL. NULL: no head */
  GPtrArray *rows; /* of GPtrArray of LessonText, all of `columns` cells */
} LessonTable;

/* A figure whose numbers are computed, from expressions over one variable. */
typedef enum {
  LESSON_PLOT_TABLE,
  LESSON_PLOT_BARS,
  LESSON_PLOT_LINES
} LessonPlotKind;

typedef enum {
  LESSON_UNIT_DECIMAL,
  LESSON_UNIT_HEX,
  LESSON_UNIT_BYTES,  /* 4 KiB */
  LESSON_UNIT_PERCENT /* 12.5 % */
} LessonUnit;

#define LESSON_MAX_SERIES 6u
#define LESSON_MAX_PLOT_POINTS 200u

/* One line of points, one colour of bars, one column of a table. */
typedef struct {
  LessonText *title;
  char *query;
  guint64 per; /* the query's value is so many times too large */
  LessonPlace place;
} LessonSeries;

/* A named place on the first axis. */
typedef struct {
  LessonText *title;
  char *query; /* what the variable is there */
  LessonPlace place;
} LessonCategory;

typedef struct {
  LessonPlotKind kind;
  LessonText *title, *alt;
  LessonText *x_title, *y_title;
  char *variable;
  guint64 from, to, step, times; /* without categories; times: 0, or the next
                                    value is so many times the one before */
  GPtrArray *categories; /* of LessonCategory; empty: from, to, step, times */
  GPtrArray *series;     /* of LessonSeries */
  gboolean log_x, log_y;
  LessonUnit x_unit, y_unit;
  LessonPlace place;
} LessonPlot;

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
  GPtrArray *dos;       /* of LessonDo, at least one */
  GPtrArray *points;    /* of LessonPoint, in step order */
  GPtrArray *expects;   /* of LessonExpect */
  LessonText *title;    /* what the beat shows, one line */
  GPtrArray *presenter; /* of LessonText: only whoever presents sees them */
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
  char *kind;  /* see exercise.h */
  guint level; /* 1 to 3 */
  guint64 seed;
  LessonText *ask; /* introduction */
  LessonPlace place;
} LessonExercise;

typedef struct {
  LessonBlockKind kind;
  LessonText *text;
  LessonCalloutKind callout;
  LessonText *title;
  GPtrArray *items;  /* of LessonText */
  GPtrArray *blocks; /* of a callout: of LessonBlock, none of which is a
                        beat, a question, an exercise or a callout */
  char *code;
  LessonLanguage language;
  int highlight; /* line of the code, from 1; 0: none */
  LessonTable *table;
  LessonPlot *plot;
  LessonBeat *beat;
  LessonQuestion *question;
  LessonExercise *exercise;
  LessonPlace place;
} LessonBlock;

typedef struct {
  char *id;
  LessonText *title;
  GPtrArray *presenter; /* of LessonText: only whoever presents sees them */
  GPtrArray *blocks;    /* of LessonBlock */
} LessonSection;

/* What a word means. Its id is known to the whole book. */
typedef struct {
  char *id;
  LessonText *title;
  GPtrArray *paragraphs; /* of LessonText */
  LessonPlace place;
} LessonDefinition;

/* An answer that a teacher should expect: what students say, why they think
 * so, and what to ask them back. */
typedef struct {
  char *question; /* id of the question that it answers; may be NULL */
  LessonText *says, *why, *ask;
  LessonPlace place;
} LessonWrong;

#define LESSON_MAX_SHARE 12

/* A figure that the stage shows. Where the lesson arranges its stage itself,
 * figures of a row stand side by side, each in a cell of its own; those of one
 * cell stand below each other. */
typedef struct {
  char *kind;
  guint row;   /* from 1; 0: the stage is arranged by itself */
  guint cell;  /* of the row, from 0 */
  guint share; /* of the cell in what is left over of the row, from 1 */
  LessonPlace place;
} LessonFigure;

typedef struct {
  gboolean rolled; /* an exercise: its numbers are those of a seed */
  char *folder;    /* absolute path of the lesson's folder */
  char *file;      /* as the reader named it, for messages */
  char *id;
  int part, minutes;
  LessonPlace part_place;
  LessonText *title, *summary;
  GPtrArray *prerequisites;    /* of char *, lesson ids */
  GArray *prerequisite_places; /* of LessonPlace, one each */
  GPtrArray *objectives;       /* of LessonText */
  GPtrArray *machine;          /* of LessonDo */
  GPtrArray *figures;          /* of LessonFigure */
  GPtrArray *misconceptions;   /* of LessonMisconception: the lesson's own */
  GPtrArray *sections;         /* of LessonSection */
  GPtrArray *definitions;      /* of LessonDefinition */
  GPtrArray *notes;            /* of LessonText, for the teacher */
  GPtrArray *wrongs;           /* of LessonWrong, for the teacher */
  GPtrArray *reading;          /* of LessonText: where to read on */
  GPtrArray *sources;          /* of LessonText */
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

/* The section or beat with that id; NULL if there is none. */
const LessonSection *lesson_document_section (const LessonDocument *document,
                                              const char *id);
const LessonBeat *lesson_document_beat (const LessonDocument *document,
                                        const char *id);
const LessonDefinition *
lesson_document_definition (const LessonDocument *document, const char *id);

/* What a remark of that kind is headed, where it has no title of its own; in
 * the reader's language. */
const char *lesson_callout_title (LessonCalloutKind kind);

/* The text without markup, to be freed with g_free; "" for NULL. */
char *lesson_text_plain (const LessonText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonDocument, lesson_document_free)

#endif
