/* The library: every part of the book, and where to go on. */

#include "library.h"

#include <glib/gi18n-lib.h>

#include "columns.h"
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
  GtkWidget *menu, *search, *content, *banner, *banner_kind, *banner_title;
  GtkWidget *banner_note, *banner_bar, *resume, *nothing, *damaged;
  GtkWidget *clamp, *columns;
  GPtrArray *cards; /* of PwPartCard */
};

G_DEFINE_FINAL_TYPE (PwLibrary, pw_library, ADW_TYPE_BIN)

static void
on_search (PwLibrary *library)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (library->search));
  gboolean any = FALSE;

  for (guint i = 0; i < library->cards->len; i++)
    any |= pw_part_card_filter (g_ptr_array_index (library->cards, i), text);
  gtk_widget_set_visible (library->nothing, !any);
}

static void
on_stop_search (PwLibrary *library)
{
  gtk_editable_set_text (GTK_EDITABLE (library->search), "");
  gtk_widget_child_focus (library->content, GTK_DIR_TAB_FORWARD);
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
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, clamp);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, content);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_kind);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_title);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_note);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, banner_bar);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, resume);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, nothing);
  gtk_widget_class_bind_template_child (widget_class, PwLibrary, damaged);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

static void
pw_library_init (PwLibrary *library)
{
  gtk_widget_init_template (GTK_WIDGET (library));
  pw_menu_attach (library->menu, MENU);
  library->cards = g_ptr_array_new ();
  library->columns = pw_columns_new (CARD_WIDTH, MOST_COLUMNS);
  gtk_box_insert_child_after (GTK_BOX (library->content), library->columns,
                              library->banner);
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

void
pw_library_set_progress (PwLibrary *library, const PwMemory *memory)
{
  const LessonEntry *last
      = lesson_catalog_find (library->catalog, memory->lesson);
  const LessonEntry *first = first_written (library->catalog);
  gboolean resume = last != NULL && last->path != NULL && memory->count > 0;

  for (guint i = 0; i < library->cards->len; i++)
    pw_part_card_set_progress (g_ptr_array_index (library->cards, i), memory);

  gtk_widget_set_visible (library->banner, FALSE);
  gtk_widget_set_visible (library->banner_bar, resume);
  if (resume) {
    g_autofree char *note
        = g_strdup_printf (_ ("Step %u of %u"), memory->step, memory->count);

    offer (library, last, _ ("Continue"), note, _ ("Resume"));
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (library->banner_bar),
                                   (double) memory->step / memory->count);
  } else if (first != NULL) {
    offer (library, first, _ ("Begin here"), first->summary, _ ("Begin"));
  }
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
  gtk_widget_set_visible (library->search, TRUE);
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
  gtk_widget_set_visible (library->search, !narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (library->banner),
                                  narrow ? GTK_ORIENTATION_VERTICAL
                                         : GTK_ORIENTATION_HORIZONTAL);
}
