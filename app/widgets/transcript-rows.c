/* The steps of a lesson as a list model, whose rows are made when they are
 * looked at. */

#include "transcript-rows.h"

#include "sentence.h"

struct _PwTranscriptRow {
  GObject parent_instance;
  guint step, depth;
  char *sentence;
};

G_DEFINE_FINAL_TYPE (PwTranscriptRow, pw_transcript_row, G_TYPE_OBJECT)

struct _PwTranscriptRows {
  GObject parent_instance;
  LessonPlay *play;
  guint shown;
};

static void pw_transcript_rows_list_init (GListModelInterface *list);

G_DEFINE_FINAL_TYPE_WITH_CODE (
    PwTranscriptRows, pw_transcript_rows, G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, pw_transcript_rows_list_init))

static void
pw_transcript_row_finalize (GObject *object)
{
  g_free (PW_TRANSCRIPT_ROW (object)->sentence);
  G_OBJECT_CLASS (pw_transcript_row_parent_class)->finalize (object);
}

static void
pw_transcript_row_class_init (PwTranscriptRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pw_transcript_row_finalize;
}

static void
pw_transcript_row_init (PwTranscriptRow *row)
{
}

static GType
get_item_type (GListModel *list)
{
  return PW_TYPE_TRANSCRIPT_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return PW_TRANSCRIPT_ROWS (list)->shown;
}

static gpointer
get_item (GListModel *list, guint position)
{
  PwTranscriptRows *rows = PW_TRANSCRIPT_ROWS (list);
  PwTranscriptRow *row;
  guint64 cursor;

  if (position >= rows->shown)
    return NULL;
  row = g_object_new (PW_TYPE_TRANSCRIPT_ROW, NULL);
  row->step = position + 1;
  cursor = rows->play->first_step + row->step;
  row->depth = pw_sentence_depth (rows->play, cursor);
  row->sentence = pw_sentence_at (rows->play, cursor, NULL, NULL);
  return row;
}

static void
pw_transcript_rows_list_init (GListModelInterface *list)
{
  list->get_item_type = get_item_type;
  list->get_n_items = get_n_items;
  list->get_item = get_item;
}

static void
pw_transcript_rows_class_init (PwTranscriptRowsClass *class)
{
}

static void
pw_transcript_rows_init (PwTranscriptRows *rows)
{
}

PwTranscriptRows *
pw_transcript_rows_new (void)
{
  return g_object_new (PW_TYPE_TRANSCRIPT_ROWS, NULL);
}

void
pw_transcript_rows_set_lesson (PwTranscriptRows *rows, LessonPlay *play)
{
  pw_transcript_rows_set_shown (rows, 0);
  rows->play = play;
}

void
pw_transcript_rows_set_shown (PwTranscriptRows *rows, guint shown)
{
  guint before = rows->shown;

  rows->shown = shown;
  if (shown > before)
    g_list_model_items_changed (G_LIST_MODEL (rows), before, 0, shown - before);
  if (shown < before)
    g_list_model_items_changed (G_LIST_MODEL (rows), shown, before - shown, 0);
}

guint
pw_transcript_row_get_step (PwTranscriptRow *row)
{
  return row->step;
}

guint
pw_transcript_row_get_depth (PwTranscriptRow *row)
{
  return row->depth;
}

const char *
pw_transcript_row_get_sentence (PwTranscriptRow *row)
{
  return row->sentence;
}
