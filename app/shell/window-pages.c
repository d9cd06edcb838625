/* The pages of the main window, each made when it is first needed. */

#include "window-private.h"

#include <glib/gi18n-lib.h>

#include "library.h"
#include "problem-page.h"
#include "program-page.h"
#include "progress-page.h"
#include "traces-page.h"

static PwLibrary *
library_page (PwWindow *window)
{
  if (window->library != NULL)
    return PW_LIBRARY (window->library);
  window->library = pw_library_new ();
  pw_library_set_catalog (PW_LIBRARY (window->library), window->book->catalog,
                          lesson_problems_count (window->book->damaged));
  window->progress = pw_progress_page_new ();
  pw_progress_page_set (PW_PROGRESS_PAGE (window->progress),
                        pw_recorder_get_store (window->recorder),
                        window->book->catalog);
  pw_library_add_page (PW_LIBRARY (window->library), window->progress,
                       "progress", _ ("My progress"), "pw-progress-symbolic");
  window->traces = pw_traces_page_new ();
  pw_library_add_page (PW_LIBRARY (window->library), window->traces, "traces",
                       _ ("Traces"), "pw-traces-symbolic");
  window->program = pw_program_page_new ();
  pw_library_add_page (PW_LIBRARY (window->library), window->program, "program",
                       _ ("Programs"), "pw-program-symbolic");
  pw_window_show_course (window);
  gtk_stack_add_named (GTK_STACK (window->stack), window->library, "library");
  pw_window_show_looks (window);
  return PW_LIBRARY (window->library);
}

PwLessonPage *
pw_window_make_lesson_page (PwWindow *window)
{
  if (window->lesson != NULL)
    return pw_window_page (window);
  window->lesson = pw_lesson_page_new ();
  pw_lesson_page_set_catalog (pw_window_page (window), window->book->catalog);
  window->recording
      = pw_recording_new (pw_window_page (window), window->recorder);
  gtk_stack_add_named (GTK_STACK (window->stack), window->lesson, "lesson");
  pw_window_show_looks (window);
  return pw_window_page (window);
}

void
pw_window_show_problems (PwWindow *window, const char *title,
                         const LessonProblems *problems)
{
  if (window->problem == NULL) {
    window->problem = pw_problem_page_new ();
    gtk_stack_add_named (GTK_STACK (window->stack), window->problem, "problem");
  }
  pw_problem_page_set (PW_PROBLEM_PAGE (window->problem), title, problems);
  gtk_stack_set_visible_child (GTK_STACK (window->stack), window->problem);
  gtk_window_set_title (GTK_WINDOW (window), title);
}

void
pw_window_show_looks (PwWindow *window)
{
  gboolean narrow = pw_looks_get_narrow (window->looks);
  PwLessonPage *page;

  if (window->library != NULL) {
    pw_library_set_zoom (PW_LIBRARY (window->library),
                         pw_looks_get_text_zoom (window->looks));
    pw_library_set_narrow (PW_LIBRARY (window->library), narrow);
    pw_traces_page_set_palette (PW_TRACES_PAGE (window->traces),
                                pw_looks_get_palette (window->looks));
  }
  if (window->presentation != NULL)
    pw_presentation_set_palette (window->presentation,
                                 pw_looks_get_palette (window->looks));
  if (window->lesson == NULL)
    return;
  page = pw_window_page (window);
  pw_lesson_page_set_palette (page, pw_looks_get_palette (window->looks));
  pw_lesson_page_set_narrow (page, narrow);
  pw_lesson_page_set_zoom (page, pw_looks_get_own_zoom (window->looks),
                           pw_looks_get_text_zoom (window->looks));
}

void
pw_window_show_progress (PwWindow *window)
{
  PwLibrary *library = library_page (window);
  g_autoptr (PwStandings) standings
      = pw_standings_new (pw_recorder_get_store (window->recorder));

  pw_library_set_progress (library, standings);
}

void
pw_window_open_trace (PwWindow *window, const char *path)
{
  pw_window_show_library (window);
  pw_library_show_page (library_page (window), "traces");
  pw_traces_page_open (PW_TRACES_PAGE (window->traces), path);
}

void
pw_window_open_program (PwWindow *window, const char *path)
{
  pw_window_show_library (window);
  pw_library_show_page (library_page (window), "program");
  pw_program_page_open (PW_PROGRAM_PAGE (window->program), path);
}

void
pw_window_show_course (PwWindow *window)
{
  pw_keeping_set_salt (window->keeping, pw_window_salt (window));
  pw_library_set_course (PW_LIBRARY (window->library), window->book->course);
}

const char *
pw_window_salt (PwWindow *window)
{
  return window->book->course != NULL ? window->book->course->salt : NULL;
}
