/* cards FOLDER LESSON WIDTH TEXT-SCALE [light|dark]: paints the card of every
 * question of a lesson, unanswered, answered wrongly and shown, to be looked
 * at. Wrong answers are read from standard input, "ID: ANSWER" a line. */
#include <adwaita.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "question-card.h"
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

/* One card in one state: the answer "" leaves it unanswered, NULL asks to be
 * shown. */
static void
take (LessonPlay *play, const LessonQuestionPlace *place, const char *answer,
      int width, const char *file)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *card = pw_question_new (play, place);

  gtk_widget_add_css_class (box, "pw-page");
  gtk_box_append (GTK_BOX (box), card);
  if (answer == NULL || *answer != '\0')
    pw_question_answer (PW_QUESTION (card), answer);
  GtkWidget *window = check_show (box, width, 40);
  gtk_widget_add_css_class (window, "pw-main");
  check_draw (box);
  check_draw (box);
  paint (window, file);
  check_close (window);
}

static GHashTable *
read_answers (void)
{
  GHashTable *answers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char line[4096];

  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) sides = g_strsplit (g_strstrip (line), ": ", 2);
    if (sides[0] != NULL && sides[1] != NULL)
      g_hash_table_insert (answers, g_strdup (sides[0]), g_strdup (sides[1]));
  }
  return answers;
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
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PAGEWALK_LOCALE"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_load (argv[2], problems);
  g_assert_nonnull (document);
  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);
  g_assert_nonnull (play);
  g_autoptr (GHashTable) answers = read_answers ();

  load_style ();
  pw_theme_set_scheme (argc > 5 ? argv[5] : "light");
  pw_theme_apply (g_ascii_strtod (argv[4], NULL));
  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);
    const char *id = place->question->id;
    const char *wrong = g_hash_table_lookup (answers, id);
    const char *const states[] = {"", wrong != NULL ? wrong : "", NULL};
    for (guint s = 0; s < G_N_ELEMENTS (states); s++) {
      g_autofree char *file
          = g_strdup_printf ("%s/%02u-%s-%u.png", argv[1], i, id, s);
      take (play, place, states[s], atoi (argv[3]), file);
    }
  }
  return 0;
}
