/* What the tests of widgets share: a window to be in, and proof of release. */
#ifndef TESTS_APP_CHECK_H
#define TESTS_APP_CHECK_H

#include <gtk/gtk.h>

/* Begins a test program. No OpenGL driver is loaded: nothing here draws with
 * one, and what it leaves behind would be counted as ours. */
static inline void
check_init (int *argc, char ***argv)
{
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  gtk_test_init (argc, argv);
}

static inline void
check_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline void
check_note_paint (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/* Waits until the widget has a size and was drawn again, but not for ever: a
 * server under load may have nothing to say for a while, and the first frame
 * may come before the window has its size. */
static inline void
check_draw (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;

  g_signal_connect (clock, "after-paint", G_CALLBACK (check_note_paint),
                    &painted);
  gtk_widget_queue_draw (widget);
  for (guint i = 0; i < 3000 && !painted; i++) {
    g_usleep (3000);
    check_settle ();
    if (gtk_widget_get_width (widget) > 0)
      continue;
    painted = FALSE;
    gtk_widget_queue_draw (widget);
  }
  g_signal_handlers_disconnect_by_data (clock, &painted);
}

/* Shows a widget in a window of a size and waits until it is drawn. */
static inline GtkWidget *
check_show (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  check_draw (widget);
  return window;
}

/* Closes the window and fails if the widget in it is still alive. */
static inline void
check_close (GtkWidget *window)
{
  GtkWidget *child = gtk_window_get_child (GTK_WINDOW (window));

  g_object_add_weak_pointer (G_OBJECT (child), (gpointer *) &child);
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; i < 200 && child != NULL; i++) {
    g_usleep (5000);
    check_settle ();
  }
  g_assert_null (child);
}

/* Runs the main loop until a condition holds, at most twenty seconds. */
#define check_wait(condition)                                                  \
  for (guint check_turn = 0; check_turn < 4000 && !(condition);                \
       check_turn++) {                                                         \
    g_usleep (5000);                                                           \
    check_settle ();                                                           \
  }                                                                            \
  g_assert_true (condition)

#endif
