/* Printing a lesson: a handout on whatever paper the printer has. */

#include "printing.h"

#include <glib/gi18n-lib.h>

#include "chosen.h"
#include "exporting.h"
#include "handout.h"

typedef struct {
  LessonPlay *play;
  const char *steps;
  gboolean key;
  ExportPages *pages;
  ScenePaperSize size;
  GError *error;
} Printing;

/* The paper is known now: the lesson is laid out for it. */
static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context,
          Printing *printing)
{
  GtkPageSetup *setup = gtk_print_context_get_page_setup (context);
  const ExportJob job = {.play = printing->play};
  ExportHandout handout = {.size = &printing->size, .key = printing->key};

  printing->size.width
      = gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS);
  printing->size.height
      = gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS);
  g_autoptr (GArray) steps
      = export_chosen (printing->play, printing->steps, &printing->error);
  handout.steps = steps;
  if (steps != NULL)
    printing->pages = export_handout (&handout, &job, 1, &printing->error);
  if (printing->pages == NULL) {
    gtk_print_operation_cancel (operation);
    return;
  }
  gtk_print_operation_set_n_pages (operation,
                                   (int) export_pages_count (printing->pages));
}

static void
on_page (GtkPrintOperation *operation, GtkPrintContext *context, int page,
         Printing *printing)
{
  export_pages_draw (printing->pages, (guint) page,
                     gtk_print_context_get_cairo_context (context));
}

static void
run (GtkWindow *parent, Printing *printing, const char *path)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autofree char *title = lesson_text_plain (printing->play->document->title);
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_page), printing);
  gtk_print_operation_run (operation,
                           path != NULL
                               ? GTK_PRINT_OPERATION_ACTION_EXPORT
                               : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           parent, &error);
  if (printing->error == NULL)
    printing->error = g_steal_pointer (&error);
}

void
pw_print (GtkWindow *parent, const LessonDocument *document, const char *steps,
          gboolean key, const char *path, PwPrintingTell tell, gpointer data)
{
  g_autofree char *source = pw_exporting_source (document);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) copy = lesson_document_load (source, problems);
  g_autoptr (LessonPlay) play = copy != NULL ? lesson_play_new (copy, problems)
                                             : NULL;
  Printing printing
      = {.play = play, .steps = steps, .key = key, .size = {.name = "printer"}};

  if (play == NULL) {
    tell (_ ("The lesson's file cannot be read any more"), data);
    return;
  }
  run (parent, &printing, path);
  if (printing.error != NULL) {
    g_autofree char *message
        /* Translators: a reason follows. */
        = g_strdup_printf (_ ("It cannot be printed: %s"),
                           printing.error->message);
    tell (message, data);
  }
  g_clear_pointer (&printing.pages, export_pages_free);
  g_clear_error (&printing.error);
}
