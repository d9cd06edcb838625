/* blocks FILE LESSON WIDTH TEXT-SCALE [light|dark]: paints, one below the
 * other, everything of a lesson's prose that is only read, and what stands
 * behind its sections, to be looked at. */
#include <adwaita.h>
#include <string.h>

#include "blocks.h"
#include "check.h"
#include "theme.h"

static void
load_style (void)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (
      provider, "/io/github/pagewalk/Pagewalk/style.css");
  gtk_style_context_add_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gdk_display_get_default ()),
      "/io/github/pagewalk/Pagewalk/icons");
}

static void
paint (GtkWidget *window, const char *file)
{
  GdkPaintable *paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, file);
  cairo_surface_destroy (surface);
  gsk_render_node_unref (node);
  g_object_unref (paintable);
}

static void
follow (const char *uri G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  if (child != NULL)
    gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
page_of (const PwReading *reading)
{
  const LessonDocument *document = reading->play->document;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "pw-page");
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++)
      append (box, pw_block_new (reading, section->blocks->pdata[j]));
  }
  append (box, pw_list_new (reading, document->notes));
  append (box, pw_wrongs_new (reading, document->wrongs));
  append (box, pw_list_new (reading, document->reading));
  return box;
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  /* A picture is of use whatever is said meanwhile. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  adw_init ();
  if (argc < 5)
    return 2;

  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_load (argv[2], problems);
  g_assert_nonnull (document);
  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);
  g_assert_nonnull (play);

  load_style ();
  pw_theme_set_scheme (argc > 5 ? argv[5] : "light");
  pw_theme_apply (g_ascii_strtod (argv[4], NULL));
  PwReading reading
      = {.play = play, .palette = pw_theme_palette (), .follow = follow};
  GtkWidget *page = page_of (&reading);
  GtkWidget *window = check_show (page, atoi (argv[3]), 40);
  gtk_widget_add_css_class (window, "pw-main");
  check_draw (page);
  paint (window, argv[1]);
  check_close (window);
  return 0;
}
