/* The library: every part of the book, and where to go on; beside it the
 * glossary; and what is found for words that are typed. */

#include "library.h"

#include <glib/gi18n-lib.h>

#include "columns.h"
#include "course-view.h"
#include "finder.h"
#include "glossary-page.h"
#include "menu.h"
#include "part-card.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/library.ui"
#define MENU "/io/github/pagewalk/Pagewalk/library-menu.ui"

#define CARD_WIDTH 320
/* Of all cards together, and from where on they do not fill the window. */
#define WIDEST 1300
#define TIGHTER_FROM 1000
#define MOST_COLUMNS 3

struct _PwLibrary {
  AdwBin parent_instance;
  const LessonCatalog *catalog;
  GtkWidget *menu, *search, *search_button, *title_box, *title, *switcher, *bar;
  GtkWidget *outer, *pages, *glossary, *finder;
  GtkWidget *content, *banner, *banner_kind, *banner_title;
  GtkWidget *banner_note, *banner_bar, *resume, *damaged;
  GtkWidget *clamp, *columns, *course; /* course: NULL without one */
  GPtrArray *cards;                    /* of PwPartCard */
  gboolean narrow, searching;
};

G_DEFINE_FINAL_TYPE (PwLibrary, pw_library, ADW_TYPE_BIN)

/* A narrow header bar has room for the search or for the rest. */
static void
show_header (PwLibrary *library)
{
  gboolean narrow = library->narrow;

  gtk_widget_set_visible (library->search, !narrow || library->searching);
  gtk_widget_set_visible (library->search_button,
                          narrow && !library->searching);
  gtk_widget_set_visible (library->title_box, !narrow || !library->searching);
  gtk_widget_set_visible (library->title, narrow);
  gtk_widget_set_visible (library->switcher, !narrow);
  adw_view_switcher_bar_set_reveal (ADW_VIEW_SWITCHER_BAR (library->bar),
                                    narrow);
}

static void
set_searching (PwLibrary *library, gboolean searching)
{
  if (library->searching == searching)
    return;
  library->searching = searching;
  show_header (library);
}

/* Keys that are typed anywhere in the library come here. */
static void
take_focus (PwLibrary *library)
{
  if (gtk_widget_get_focus_child (library->search) != NULL)
    return;
  gtk_widget_grab_focus (library->search);
  gtk_editable_set_position (GTK_EDITABLE (library->search), -1);
}

static void
on_search (PwLibrary *library)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (library->search));

  if (*text == '\0') {
    gtk_stack_set_visible_child_name (GTK_STACK (library->outer), "pages");
    return;
  }
  set_searching (library, TRUE);
  take_focus (library);
  pw_finder_set_query (PW_FINDER (library->finder), text);
  gtk_stack_set_visible_child_name (GTK_STACK (library->outer), "found");
}

static void
on_open_first (PwLibrary *library)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (library->search)) != '\0')
    pw_finder_open_first (PW_FINDER (library->finder));
}

static void
stop_search (PwLibrary *library)
{
  gtk_editable_set_text (GTK_EDITABLE (library->search), "");
  set_searching (library, FALSE);
}

static void
on_stop_search (PwLibrary *library)
{
  stop_search (library);
  gtk_widget_child_focus (library->pages, GTK_DIR_TAB_FORWARD);
}

/* Down leads from the words to what was found. */
static gboolean
on_down (GtkWidget *search, GVariant *args, gpointer data)
{
  PwLibrary *library = data;

  if (*gtk_editable_get_text (GTK_EDITABLE (search)) == '\0')
    return GDK_EVENT_PROPAGATE;
  pw_finder_focus (PW_FINDER (library->finder));
  return GDK_EVENT_STOP;
}

/* Escape among what was found leads back, too. */
static gboolean
on_escape (GtkWidget *finder, GVariant *args, gpointer data)
{
  on_stop_search (data);
  return GDK_EVENT_STOP;
}

static void
add_key (PwLibrary *library, GtkWidget *widget, guint key,
         GtkShortcutFunc function)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                        gtk_callback_action_new (function, library, NULL)));
  gtk_widget_add_controller (widget, keys);
}

static void
add_search (PwLibrary *library)
{
  library->finder = pw_finder_new ();
  gtk_stack_add_named (GTK_STACK (library->outer), library->finder, "found");
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (library->search),
                                           GTK_WIDGET (library));
  add_key (library, library->search, GDK_KEY_Down, on_down);
  add_key (library, library->finder, GDK_KEY_Escape, on_escape);
}

static void
pw_library_dispose (GObject *object)
{
  g_clear_pointer (&PW_LIBRARY (object)->cards, g_ptr_array_unref);
  G_OBJECT_CLASS (pw_library_parent_class)->dispose (object);
}

static void
pw_library_class_init (PwLibraryClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_library_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, menu);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, search);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, search_button);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, title_box);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, title);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, switcher);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, bar);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, outer);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, pages);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, clamp);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, content);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_kind);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_title);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_note);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_bar);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, resume);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, damaged);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_open_first);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

/* Where there is no room for the switcher the window may become so narrow that
 * it is not shown: it never asks for room. */
static void
measure_title (GtkWidget *box, GtkOrientation orientation, int for_size,
               int *minimum, int *natural, int *minimum_baseline,
               int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int least, usual;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, orientation, -1, &least, &usual, NULL, NULL);
    *natural = MAX (*natural, usual);
    if (orientation == GTK_ORIENTATION_VERTICAL)
      *minimum = MAX (*minimum, least);
  }
}

static void
allocate_title (GtkWidget *box, int width, int height, int baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int least;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                        NULL, NULL);
    gtk_widget_size_allocate (
        child, &(GtkAllocation){0, 0, MAX (width, least), height}, baseline);
  }
}

static void
pw_library_init (PwLibrary *library)
{
  gtk_widget_init_template (GTK_WIDGET (library));
  pw_menu_attach (library->menu, MENU);
  gtk_widget_set_layout_manager (
      library->title_box,
      gtk_custom_layout_new (NULL, measure_title, allocate_title));
  gtk_widget_set_overflow (library->title_box, GTK_OVERFLOW_HIDDEN);
  library->cards = g_ptr_array_new ();
  library->columns = pw_columns_new (CARD_WIDTH, MOST_COLUMNS);
  gtk_box_insert_child_after (GTK_BOX (library->content), library->columns,
                              library->banner);
  add_search (library);
  library->glossary = pw_glossary_page_new ();
  pw_library_add_page (library, library->glossary, "glossary", _ ("Glossary"),
                       "pw-words-symbolic");
}

GtkWidget *
pw_library_new (void)
{
  return g_object_new (PW_TYPE_LIBRARY, NULL);
}

void
pw_library_set_catalog (PwLibrary *library, const LessonCatalog *catalog,
                        guint damaged)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u lesson could not be read",
                                   "%u lessons could not be read", damaged),
                         damaged);

  library->catalog = catalog;
  for (guint i = 0; i < catalog->parts->len; i++) {
    const LessonPart *part = g_ptr_array_index (catalog->parts, i);
    GtkWidget *card;

    if (part->lessons->len == 0)
      continue;
    card = pw_part_card_new (part);
    g_ptr_array_add (library->cards, card);
    pw_columns_append (PW_COLUMNS (library->columns), card);
  }
  gtk_button_set_label (GTK_BUTTON (library->damaged), text);
  gtk_widget_set_visible (library->damaged, damaged > 0);
  pw_finder_set_catalog (PW_FINDER (library->finder), catalog);
  pw_glossary_page_set_catalog (PW_GLOSSARY_PAGE (library->glossary), catalog);
}

void
pw_library_set_course (PwLibrary *library, const LessonCourse *course)
{
  if (library->course != NULL)
    gtk_box_remove (GTK_BOX (library->content), library->course);
  library->course = NULL;
  gtk_widget_set_visible (library->columns, course == NULL);
  if (course == NULL)
    return;
  library->course = pw_course_view_new (course, library->catalog);
  gtk_box_insert_child_after (GTK_BOX (library->content), library->course,
                              library->banner);
}

/* Where a new reader begins. */
static const LessonEntry *
first_written (const LessonCatalog *catalog)
{
  for (guint i = 0; i < catalog->parts->len; i++) {
    const LessonPart *part = g_ptr_array_index (catalog->parts, i);

    for (guint j = 0; j < part->lessons->len; j++) {
      const LessonEntry *entry = g_ptr_array_index (part->lessons, j);

      if (entry->path != NULL)
        return entry;
    }
  }
  return NULL;
}

static void
offer (PwLibrary *library, const LessonEntry *entry, const char *kind,
       const char *note, const char *button)
{
  gtk_label_set_text (GTK_LABEL (library->banner_kind), kind);
  gtk_label_set_text (GTK_LABEL (library->banner_title), entry->title);
  gtk_label_set_text (GTK_LABEL (library->banner_note), note);
  gtk_button_set_label (GTK_BUTTON (library->resume), button);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (library->resume), "s",
                                    entry->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (library->resume),
                                  "win.lesson");
  gtk_widget_set_visible (library->banner, TRUE);
}

static void
offer_resume (PwLibrary *library, const ProgressLesson *latest)
{
  const LessonEntry *entry
      = lesson_catalog_find (library->catalog, latest->lesson);
  g_autofree char *standing = pw_standing_text (latest);
  g_autofree char *note
      /* Translators: the step where a lesson was left; then steps seen and
         questions answered rightly. */
      = g_strdup_printf (_ ("Left at step %u · %s"), latest->step, standing);

  offer (library, entry, _ ("Continue"), note, _ ("Resume"));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (library->banner_bar),
                                 pw_standing_share (latest));
}

void
pw_library_set_progress (PwLibrary *library, const PwStandings *standings)
{
  const ProgressLesson *latest
      = pw_standings_latest (standings, library->catalog);
  const LessonEntry *first = first_written (library->catalog);

  for (guint i = 0; i < library->cards->len; i++)
    pw_part_card_set_progress (g_ptr_array_index (library->cards, i), standings,
                               latest != NULL ? latest->lesson : NULL);
  if (library->course != NULL)
    pw_course_view_set_progress (PW_COURSE_VIEW (library->course), standings,
                                 latest != NULL ? latest->lesson : NULL);

  gtk_widget_set_visible (library->banner, FALSE);
  gtk_widget_set_visible (library->banner_bar, latest != NULL);
  if (latest != NULL)
    offer_resume (library, latest);
  else if (first != NULL)
    offer (library, first, _ ("Begin here"), first->summary, _ ("Begin"));
}

void
pw_library_add_page (PwLibrary *library, GtkWidget *page, const char *name,
                     const char *title, const char *icon)
{
  adw_view_stack_add_titled (ADW_VIEW_STACK (library->pages), page, name,
                             title);
  adw_view_stack_page_set_icon_name (
      adw_view_stack_get_page (ADW_VIEW_STACK (library->pages), page), icon);
}

void
pw_library_show_page (PwLibrary *library, const char *name)
{
  stop_search (library);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (library->pages), name);
}

void
pw_library_show_word (PwLibrary *library, const char *id)
{
  pw_library_show_page (library, "glossary");
  pw_glossary_page_show_word (PW_GLOSSARY_PAGE (library->glossary), id);
}

void
pw_library_focus (PwLibrary *library)
{
  if (gtk_widget_get_visible (library->banner))
    gtk_widget_grab_focus (library->resume);
}

void
pw_library_search (PwLibrary *library)
{
  set_searching (library, TRUE);
  gtk_widget_grab_focus (library->search);
}

void
pw_library_show_menu (PwLibrary *library)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (library->menu));
}

void
pw_library_set_zoom (PwLibrary *library, double text)
{
  pw_columns_set_least (PW_COLUMNS (library->columns),
                        (int) (CARD_WIDTH * text));
  adw_clamp_set_maximum_size (ADW_CLAMP (library->clamp),
                              (int) (WIDEST * text));
  adw_clamp_set_tightening_threshold (ADW_CLAMP (library->clamp),
                                      (int) (TIGHTER_FROM * text));
}

void
pw_library_set_narrow (PwLibrary *library, gboolean narrow)
{
  library->narrow = narrow;
  show_header (library);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (library->banner),
                                  narrow ? GTK_ORIENTATION_VERTICAL
                                         : GTK_ORIENTATION_HORIZONTAL);
}
