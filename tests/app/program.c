/* The page of programs: what it says of a file, what lies at an address, and
 * the lesson that it makes. */
#include "program-page.h"

#include <adwaita.h>
#include <inttypes.h>
#include <string.h>

#include "loading.h"

/* Whether some label below a widget holds a text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* The first widget of a type. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
window_new (GtkWidget *page)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 800, 900);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static void
test_facts (void)
{
  GtkWidget *page = pw_program_page_new ();
  GtkWidget *window = window_new (page);

  g_assert_true (says (page, "None is open"));
  pw_program_page_open (PW_PROGRAM_PAGE (page), "/proc/self/status");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "e_ident at 0x0"));
  pw_program_page_open (PW_PROGRAM_PAGE (page), "/proc/self/exe");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "ELF64"));
  g_assert_true (says (page, "What the kernel maps"));
  g_assert_true (says (page, "Needs libc.so.6"));

  GtkWidget *entry = find (page, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "main");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "main + 0x0 · .text"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "no such thing");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "No address, and no symbol"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_bytes (GtkWidget *page, const char *text)
{
  if (!says (page, text))
    g_error ("no \"%s\"", text);
}

/* A page is shown byte for byte: the one with the entry first, then the one of
 * what is asked for; marks say where each byte comes from. */
static void
test_bytes (void)
{
  GtkWidget *page = pw_program_page_new ();
  GtkWidget *window = window_new (page);
  g_autoptr (ProgramImage) image = program_image_open ("/proc/self/exe", NULL);
  const struct vm_elf_plan *plan = &image->plan;
  const struct vm_elf_mapping *last = &plan->mappings[plan->count - 1];
  guint64 entry = image->elf->entry / 8 * 8 + plan->bias;
  g_autofree char *at = g_strdup_printf ("%12" PRIx64 " ", entry);
  g_autofree char *end = g_strdup_printf ("0x%" PRIx64, last->end - 1);

  pw_program_page_open (PW_PROGRAM_PAGE (page), "/proc/self/exe");
  gtk_test_widget_wait_for_draw (window);
  assert_bytes (page, at);
  GtkWidget *asked = find (page, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (asked), "@0");
  assert_bytes (page, " 7f 45 4c 46 02 01 01 00  .ELF....  ########");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "a byte of the segment, from the file"));
  gtk_editable_set_text (GTK_EDITABLE (asked), "@99999999999");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "No address, and no symbol"));
  gtk_editable_set_text (GTK_EDITABLE (asked), ".text");
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (says (page, "· .text"));
  /* The last page with bytes of the file ends with zeros of the kernel's. */
  gtk_editable_set_text (GTK_EDITABLE (asked), end);
  assert_bytes (page, " 00 00 00 00 00 00 00 00  ........  00000000");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The lesson holds the program's bytes and those of its interpreter. */
static void
test_lesson (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_autoptr (ProgramImage) image = program_image_open ("/bin/true", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_autofree char *lesson = program_loading_write (image, "", folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (lesson, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "exec process=A file=true argv=true"));
  g_assert_nonnull (strstr (text, "link process=A"));
  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("file-%u", i);
    g_autofree char *file = g_build_filename (folder, name, NULL);
    g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  adw_init ();
  g_test_add_func ("/program/facts", test_facts);
  g_test_add_func ("/program/bytes", test_bytes);
  g_test_add_func ("/program/lesson", test_lesson);
  return g_test_run ();
}
