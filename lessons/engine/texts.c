/* Goes through all texts of a lesson. */
#include "texts.h"

#include <glib/gi18n-lib.h>

typedef struct {
  LessonTextFunc function;
  gpointer data;
} Visitor;

static void
visit (const Visitor *v, const LessonText *text, LessonRole role)
{
  if (text != NULL)
    v->function (text, role, v->data);
}

static void
visit_all (const Visitor *v, const GPtrArray *texts, LessonRole role)
{
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    visit (v, texts->pdata[i], role);
}

static void
visit_table (const Visitor *v, const LessonTable *table)
{
  visit (v, table->caption, LESSON_ROLE_CAPTION);
  visit_all (v, table->head, LESSON_ROLE_CELL);
  for (guint i = 0; i < table->rows->len; i++)
    visit_all (v, table->rows->pdata[i], LESSON_ROLE_CELL);
}

static void
visit_plot (const Visitor *v, const LessonPlot *plot)
{
  visit (v, plot->title, LESSON_ROLE_CAPTION);
  visit (v, plot->alt, LESSON_ROLE_ALT);
  visit (v, plot->x_title, LESSON_ROLE_LABEL);
  for (guint i = 0; i < plot->categories->len; i++)
    visit (v, ((LessonCategory *) plot->categories->pdata[i])->title,
           LESSON_ROLE_LABEL);
  visit (v, plot->y_title, LESSON_ROLE_LABEL);
  for (guint i = 0; i < plot->series->len; i++)
    visit (v, ((LessonSeries *) plot->series->pdata[i])->title,
           LESSON_ROLE_LABEL);
}

static void
visit_beat (const Visitor *v, const LessonBeat *beat)
{
  visit (v, beat->title, LESSON_ROLE_BEAT);
  visit_all (v, beat->presenter, LESSON_ROLE_PRESENTER);
  for (guint i = 0; i < beat->points->len; i++)
    visit (v, ((LessonPoint *) beat->points->pdata[i])->text,
           LESSON_ROLE_POINT);
}

static void
visit_mistakes (const Visitor *v, const GPtrArray *mistakes)
{
  for (guint i = 0; i < mistakes->len; i++)
    visit (v, ((LessonMistake *) mistakes->pdata[i])->text, LESSON_ROLE_ANSWER);
}

static void
visit_choices (const Visitor *v, const GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    visit (v, ((LessonChoice *) choices->pdata[i])->text, LESSON_ROLE_CHOICE);
}

static void
visit_row (const Visitor *v, const LessonRow *row)
{
  visit (v, row->name, LESSON_ROLE_LABEL);
  for (guint i = 0; i < row->cells->len; i++)
    visit_mistakes (v, ((LessonCell *) row->cells->pdata[i])->mistakes);
}

static void
visit_question (const Visitor *v, const LessonQuestion *question)
{
  visit (v, question->ask, LESSON_ROLE_ASK);
  visit_mistakes (v, question->mistakes);
  visit_choices (v, question->choices);
  visit_choices (v, question->targets);
  visit_all (v, question->columns, LESSON_ROLE_LABEL);
  for (guint i = 0; i < question->rows->len; i++)
    visit_row (v, question->rows->pdata[i]);
  visit_all (v, question->hints, LESSON_ROLE_ANSWER);
  visit (v, question->right, LESSON_ROLE_ANSWER);
}

static void visit_blocks (const Visitor *v, const GPtrArray *blocks);

static void
visit_block (const Visitor *v, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
    visit (v, block->text, LESSON_ROLE_PARAGRAPH);
    break;
  case LESSON_BLOCK_LIST:
    visit_all (v, block->items, LESSON_ROLE_ITEM);
    break;
  case LESSON_BLOCK_CODE:
    break;
  case LESSON_BLOCK_TABLE:
    visit_table (v, block->table);
    break;
  case LESSON_BLOCK_PLOT:
    visit_plot (v, block->plot);
    break;
  case LESSON_BLOCK_CALLOUT:
    visit (v, block->title, LESSON_ROLE_CALLOUT);
    visit_blocks (v, block->blocks);
    break;
  case LESSON_BLOCK_BEAT:
    visit_beat (v, block->beat);
    break;
  case LESSON_BLOCK_QUESTION:
    visit_question (v, block->question);
    break;
  case LESSON_BLOCK_EXERCISE:
    visit (v, block->exercise->ask, LESSON_ROLE_ASK);
    break;
  }
}

static void
visit_blocks (const Visitor *v, const GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    visit_block (v, blocks->pdata[i]);
}

static void
visit_back (const Visitor *v, const LessonDocument *document)
{
  for (guint i = 0; i < document->definitions->len; i++) {
    const LessonDefinition *definition = document->definitions->pdata[i];
    visit (v, definition->title, LESSON_ROLE_LABEL);
    visit_all (v, definition->paragraphs, LESSON_ROLE_DEFINITION);
  }
  visit_all (v, document->notes, LESSON_ROLE_NOTE);
  for (guint i = 0; i < document->wrongs->len; i++) {
    const LessonWrong *wrong = document->wrongs->pdata[i];
    visit (v, wrong->says, LESSON_ROLE_NOTE);
    visit (v, wrong->why, LESSON_ROLE_NOTE);
    visit (v, wrong->ask, LESSON_ROLE_NOTE);
  }
  visit_all (v, document->reading, LESSON_ROLE_SOURCE);
  visit_all (v, document->sources, LESSON_ROLE_SOURCE);
}

void
lesson_document_each_text (const LessonDocument *document,
                           LessonTextFunc function, gpointer data)
{
  const Visitor v = {function, data};

  visit (&v, document->title, LESSON_ROLE_TITLE);
  visit (&v, document->summary, LESSON_ROLE_SUMMARY);
  visit_all (&v, document->objectives, LESSON_ROLE_OBJECTIVE);
  for (guint i = 0; i < document->misconceptions->len; i++)
    visit (&v,
           ((LessonMisconception *) document->misconceptions->pdata[i])->text,
           LESSON_ROLE_ANSWER);
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    visit (&v, section->title, LESSON_ROLE_HEADING);
    visit_all (&v, section->presenter, LESSON_ROLE_PRESENTER);
    visit_blocks (&v, section->blocks);
  }
  visit_back (&v, document);
}

const char *
lesson_role_name (LessonRole role)
{
  switch (role) {
  case LESSON_ROLE_TITLE:
    return _ ("the lesson's title");
  case LESSON_ROLE_SUMMARY:
    return _ ("the summary");
  case LESSON_ROLE_OBJECTIVE:
    return _ ("an objective");
  case LESSON_ROLE_HEADING:
    return _ ("a section's title");
  case LESSON_ROLE_PRESENTER:
    return _ ("a note for the presenter");
  case LESSON_ROLE_PARAGRAPH:
    return _ ("a paragraph");
  case LESSON_ROLE_ITEM:
    return _ ("an item");
  case LESSON_ROLE_CAPTION:
    return _ ("a caption");
  case LESSON_ROLE_CELL:
    return _ ("a cell");
  case LESSON_ROLE_ALT:
    return _ ("an alternative text");
  case LESSON_ROLE_LABEL:
    return _ ("a label");
  case LESSON_ROLE_CALLOUT:
    return _ ("a remark's title");
  case LESSON_ROLE_BEAT:
    return _ ("a beat's title");
  case LESSON_ROLE_POINT:
    return _ ("a point");
  case LESSON_ROLE_ASK:
    return _ ("a question");
  case LESSON_ROLE_CHOICE:
    return _ ("a choice");
  case LESSON_ROLE_ANSWER:
    return _ ("a remark about an answer");
  case LESSON_ROLE_DEFINITION:
    return _ ("a definition");
  case LESSON_ROLE_NOTE:
    return _ ("a note for the teacher");
  case LESSON_ROLE_SOURCE:
    return _ ("a source");
  case LESSON_ROLES:
    break;
  }
  g_return_val_if_reached ("");
}
