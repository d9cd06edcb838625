/* "Programs": what an ELF file says, what the kernel makes of it, and its
 * loading as a lesson, step by step. */

#include "program-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "compat.h"
#include "image.h"
#include "program-facts.h"
#include "loading.h"

struct _PwProgramPage {
  GtkWidget parent_instance;
  GtkWidget *page;                 /* AdwPreferencesPage */
  GtkWidget *file, *folder, *show; /* rows, and the button */
  GPtrArray *groups;               /* of facts, taken away with the next file */
  ProgramImage *image;
  char *root; /* where interpreter and libraries are looked for; or NULL */
};

G_DEFINE_FINAL_TYPE (PwProgramPage, pw_program_page, GTK_TYPE_WIDGET)

/* Facts ---------------------------------------------------------------------
 */

static void
clear (PwProgramPage *page)
{
  for (guint i = 0; i < page->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (page->page),
                                 g_ptr_array_index (page->groups, i));
  g_ptr_array_set_size (page->groups, 0);
}

static void
add_group (PwProgramPage *page, GtkWidget *group)
{
  if (group == NULL)
    return;
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page),
                            ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (page->groups, group);
}

static void
show_facts (PwProgramPage *page)
{
  clear (page);
  gtk_widget_set_sensitive (page->show, page->image != NULL);
  if (page->image == NULL)
    return;
  add_group (page, pw_program_problems_new (page->image));
  add_group (page, pw_program_header_new (page->image, page->root));
  if (page->image->plan.count > 0)
    add_group (page, pw_program_plan_new (page->image));
  add_group (page, pw_program_lookup_new (page->image));
}

static void
say (PwProgramPage *page, const char *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (page->file), text);
}

/* Choices -------------------------------------------------------------------
 */

static void
on_chosen (const char *path, gpointer data)
{
  pw_program_page_open (data, path);
}

static void
on_open (PwProgramPage *page)
{
  pw_compat_open_program (GTK_WINDOW (gtk_widget_get_root (page->page)),
                          on_chosen, page);
}

static void
on_root_chosen (const char *path, gpointer data)
{
  PwProgramPage *page = data;

  g_free (page->root);
  page->root = g_strdup (path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (page->folder), path);
  show_facts (page);
}

static void
on_root (PwProgramPage *page)
{
  pw_compat_choose_root (GTK_WINDOW (gtk_widget_get_root (page->page)),
                         on_root_chosen, page);
}

static void
on_show (PwProgramPage *page)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "pagewalk", "program", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *lesson
      = program_loading_write (page->image, page->root, folder, &error);

  if (lesson == NULL)
    say (page, error->message);
  else
    gtk_widget_activate_action (page->page, "win.lesson", "s", lesson);
}

static GtkWidget *
row_new (const char *title, const char *subtitle, const char *button,
         GCallback clicked, PwProgramPage *page)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choose = gtk_button_new_with_mnemonic (button);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (choose, "clicked", clicked, page);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choose);
  return row;
}

static void
add_choices (PwProgramPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   _ ("A program"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("An ELF file becomes an address space: which of its bytes are mapped "
         "where, and what the kernel adds."));
  page->file = row_new (_ ("File"), _ ("None is open"), _ ("_Open…"),
                        G_CALLBACK (on_open), page);
  page->folder = row_new (
      _ ("Root folder"),
      page->root != NULL ? _ ("This system’s own")
                         : _ ("None: interpreter and libraries are named and "
                              "skipped"),
      _ ("_Choose…"), G_CALLBACK (on_root), page);
  page->show = gtk_button_new_with_mnemonic (_ ("_Load it step by step"));
  gtk_widget_add_css_class (page->show, "suggested-action");
  gtk_widget_add_css_class (page->show, "pill");
  gtk_widget_set_halign (page->show, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (page->show, 18);
  gtk_widget_set_sensitive (page->show, FALSE);
  g_signal_connect_swapped (page->show, "clicked", G_CALLBACK (on_show), page);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->file);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->folder);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->show);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page),
                            ADW_PREFERENCES_GROUP (group));
}

/* Object --------------------------------------------------------------------
 */

static void
pw_program_page_dispose (GObject *object)
{
  PwProgramPage *page = PW_PROGRAM_PAGE (object);

  g_clear_pointer (&page->page, gtk_widget_unparent);
  G_OBJECT_CLASS (pw_program_page_parent_class)->dispose (object);
}

static void
pw_program_page_finalize (GObject *object)
{
  PwProgramPage *page = PW_PROGRAM_PAGE (object);

  g_ptr_array_unref (page->groups);
  program_image_free (page->image);
  g_free (page->root);
  G_OBJECT_CLASS (pw_program_page_parent_class)->finalize (object);
}

static void
pw_program_page_class_init (PwProgramPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = pw_program_page_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_program_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class),
                                            GTK_TYPE_BIN_LAYOUT);
}

/* The page scrolls by a widget of its own, which has no name. */
static void
name_scroller (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Programs"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_scroller (child);
}

static void
pw_program_page_init (PwProgramPage *page)
{
  gboolean sandbox = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);

  /* A sandbox has libraries of its own, which are not the program's. */
  page->root = sandbox ? NULL : g_strdup ("");
  page->groups = g_ptr_array_new ();
  page->page = adw_preferences_page_new ();
  gtk_widget_set_parent (page->page, GTK_WIDGET (page));
  name_scroller (page->page);
  add_choices (page);
}

GtkWidget *
pw_program_page_new (void)
{
  return g_object_new (PW_TYPE_PROGRAM_PAGE, NULL);
}

void
pw_program_page_open (PwProgramPage *page, const char *path)
{
  g_autoptr (GError) error = NULL;
  ProgramImage *image = program_image_open (path, &error);

  clear (page);
  program_image_free (page->image);
  page->image = image;
  say (page, image != NULL ? path : error->message);
  show_facts (page);
}
