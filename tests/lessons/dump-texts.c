/* Prints the source form of every text of a lesson, one a line, for schema.py
 * to compare with what xgettext extracts. */
#include <stdio.h>

#include "document.h"

static void
print (const LessonText *text)
{
  if (text != NULL)
    puts (text->msgid);
}

static void
print_all (const GPtrArray *texts)
{
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    print (texts->pdata[i]);
}

static void
print_choices (const GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    print (((LessonChoice *) choices->pdata[i])->text);
}

static void
print_mistakes (const GPtrArray *mistakes)
{
  for (guint i = 0; i < mistakes->len; i++)
    print (((LessonMistake *) mistakes->pdata[i])->text);
}

static void
print_row (const LessonRow *row)
{
  print (row->name);
  for (guint i = 0; i < row->cells->len; i++)
    print_mistakes (((LessonCell *) row->cells->pdata[i])->mistakes);
}

static void
print_question (const LessonQuestion *question)
{
  print (question->ask);
  print_mistakes (question->mistakes);
  print_choices (question->choices);
  print_choices (question->targets);
  print_all (question->columns);
  for (guint i = 0; i < question->rows->len; i++)
    print_row (question->rows->pdata[i]);
  print_all (question->hints);
  print (question->right);
}

static void
print_block (const LessonBlock *block)
{
  print (block->text);
  print (block->title);
  print_all (block->items);
  if (block->beat != NULL) {
    print (block->beat->title);
    for (guint i = 0; i < block->beat->points->len; i++)
      print (((LessonPoint *) block->beat->points->pdata[i])->text);
  }
  if (block->question != NULL)
    print_question (block->question);
  if (block->exercise != NULL)
    print (block->exercise->ask);
}

int
main (int argc, char **argv)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) d
      = argc == 2 ? lesson_document_load (argv[1], problems) : NULL;
  if (d == NULL)
    return 1;

  print (d->title);
  print (d->summary);
  print_all (d->objectives);
  for (guint i = 0; i < d->misconceptions->len; i++)
    print (((LessonMisconception *) d->misconceptions->pdata[i])->text);
  for (guint i = 0; i < d->sections->len; i++) {
    const LessonSection *section = d->sections->pdata[i];
    print (section->title);
    for (guint j = 0; j < section->blocks->len; j++)
      print_block (section->blocks->pdata[j]);
  }
  print_all (d->notes);
  print_all (d->sources);
  return 0;
}
