/* What the files of the main window share. */
#ifndef PW_WINDOW_PRIVATE_H
#define PW_WINDOW_PRIVATE_H

#include "book.h"
#include "follow.h"
#include "keeping.h"
#include "lesson-page.h"
#include "looks.h"
#include "memory.h"
#include "presentation.h"
#include "recording.h"
#include "window.h"

struct _PwWindow {
  AdwApplicationWindow parent_instance;
  GtkWidget *toasts, *stack;
  GtkWidget *library, *lesson, *problem; /* made when first needed */
  PwMemory *memory;
  PwRecorder *recorder;
  PwRecording *recording; /* of the lesson page */
  PwKeeping *keeping;
  GtkWidget *progress; /* a page of the library */
  GtkWidget *traces;   /* another */
  GtkWidget *program;  /* another */
  guint renewing;      /* idle source */
  PwBook *book;
  char *open;       /* identity or path of the open lesson; or NULL */
  PwFollow *follow; /* of the file of the lesson that is open or wrong */
  char *followed;   /* its identity or path */
  PwLooks *looks;
  PwPresentation *presentation; /* while there is one */
  guint icon;                   /* idle source */
};

/* Whether a lesson is shown, and the page that shows it. */
gboolean pw_window_in_lesson (PwWindow *window);
PwLessonPage *pw_window_page (PwWindow *window);

/* The page that lessons are shown in, made if it is not there yet. */
PwLessonPage *pw_window_make_lesson_page (PwWindow *window);

void pw_window_show_problems (PwWindow *window, const char *title,
                              const LessonProblems *problems);

/* Tells the reader something in passing. */
void pw_window_tell (PwWindow *window, const char *message);

/* Colours, width and size of text, to the pages that are there. */
void pw_window_show_looks (PwWindow *window);

/* Begins to present the lesson, or ends it; nothing happens without one. */
void pw_window_set_presenting (PwWindow *window, gboolean presenting);

/* The library says anew how far the reader is, and which course is followed. */
void pw_window_show_progress (PwWindow *window);
void pw_window_show_course (PwWindow *window);

/* Shows the page of traces, which replays the file. */
void pw_window_open_trace (PwWindow *window, const char *path);

/* Shows the page of programs, which describes the file. */
void pw_window_open_program (PwWindow *window, const char *path);

/* The salt of the course that is followed, or NULL. */
const char *pw_window_salt (PwWindow *window);

/* Writes down how far the lesson was read; keeps the window's size. */
void pw_window_remember_lesson (PwWindow *window);
void pw_window_remember_size (PwWindow *window);

/* All actions "win.…" but those that looks.h and keeping.h add. */
void pw_window_install_actions (GtkWidgetClass *class);

#endif
