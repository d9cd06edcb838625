/* What the tests of widgets share: a window to be in, and proof of release. */
#ifndef TESTS_APP_CHECK_H
#define TESTS_APP_CHECK_H

#include <gtk/gtk.h>

/* Shows a widget in a window of a size and waits until it is drawn. */
static inline GtkWidget *
check_show (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (widget);
  return window;
}

static inline void
check_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
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

/* Runs the main loop until a condition holds, at most five seconds. */
#define check_wait(condition)                                                  \
  for (guint check_turn = 0; check_turn < 1000 && !(condition);                \
       check_turn++) {                                                         \
    g_usleep (5000);                                                           \
    check_settle ();                                                           \
  }                                                                            \
  g_assert_true (condition)

#endif
