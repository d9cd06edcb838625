/* Says in rows what an ELF file says. */
#include "program-facts.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "elf/elf_dynamic.h"
#include "elf/elf_names.h"
#include "libraries.h"
#include "place.h"
#include "program-bytes.h"
#include "words.h"

static GtkWidget *
group_new (const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         description);
  return group;
}

static void
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* Header --------------------------------------------------------------------
 */

/* Where the file is below the root, or that it is not. */
static char *
whereabouts (const char *root, const char *path)
{
  g_autofree char *file = root != NULL ? g_build_filename (root, path, NULL)
                                       : NULL;

  if (file != NULL && g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&file);
  return g_strdup (_ ("not there: named and skipped"));
}

static void
add_library (GtkWidget *group, const ProgramImage *image,
             const ProgramSystem *system, const char *name)
{
  g_autofree char *safe = program_text (name);
  g_autofree char *place
      = system != NULL ? program_library_find (system, image, image->path, name)
                       : NULL;
  /* Translators: a library's name. */
  g_autofree char *title = g_strdup_printf (_ ("Needs %s"), safe);

  add_row (group, title,
           place != NULL ? place : _ ("not there: named and skipped"));
}

static void
add_libraries (GtkWidget *group, const ProgramImage *image, const char *root)
{
  const struct vm_elf *elf = image->elf;
  struct vm_elf_dynamic dynamic;
  ProgramSystem system;

  program_system_init (&system, root != NULL ? root : "/dev/null");
  vm_elf_dynamic_init (&dynamic, elf);
  for (guint i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    const char *name = entry.tag == VM_ELF_DT_NEEDED
                           ? vm_elf_dynamic_string (elf, &dynamic, entry.value)
                           : NULL;
    if (name != NULL)
      add_library (group, image, root != NULL ? &system : NULL, name);
  }
  program_system_done (&system);
}

GtkWidget *
pw_program_header_new (const ProgramImage *image, const char *root)
{
  const struct vm_elf *elf = image->elf;
  g_autofree char *file = g_path_get_basename (image->path);
  GtkWidget *group = group_new (file, NULL);
  g_autofree char *type
      = program_name (vm_elf_type_name (elf->type), elf->type);
  g_autofree char *machine
      = program_name (vm_elf_machine_name (elf->machine), elf->machine);
  g_autofree char *kind = g_strdup_printf (
      "ELF%u %s %s, %s", elf->bits, type, machine,
      elf->big_endian ? _ ("big endian") : _ ("little endian"));
  g_autofree char *entry = g_strdup_printf ("0x%" PRIx64, elf->entry);

  add_row (group, kind,
           vm_elf_loads (elf) ? _ ("The kernel would run it")
                              : _ ("The kernel would not run it"));
  add_row (group, _ ("Entry point"), entry);
  if (elf->interpreter != NULL) {
    g_autofree char *safe = program_text (elf->interpreter);
    g_autofree char *place = whereabouts (root, elf->interpreter);
    /* Translators: the path of the dynamic linker. */
    g_autofree char *title = g_strdup_printf (_ ("Interpreter %s"), safe);
    add_row (group, title, place);
  }
  add_libraries (group, image, root);
  return group;
}

/* Plan ----------------------------------------------------------------------
 */

static char *
rounding_text (const ProgramImage *image, const struct vm_elf_mapping *m)
{
  const struct vm_elf_segment *s = &image->elf->segments[m->segment];
  guint64 end = s->vaddr + s->filesz;

  return g_strdup_printf (
      /* Translators: the number of a segment; where its bytes are in memory;
         how many bytes before, behind; how many are zeroed. */
      _ ("Segment %u, 0x%" PRIx64 " to 0x%" PRIx64 " in the file’s addresses; "
         "0x%" PRIx64 " bytes before and 0x%" PRIx64
         " behind come along, 0x%" PRIx64 " are zeroed"),
      m->segment, s->vaddr, end, s->vaddr - m->start,
      s->filesz > 0 && m->zero_end == m->zero_start ? m->end - end : 0,
      m->zero_end - m->zero_start);
}

static void
add_mapping (GtkWidget *group, const ProgramImage *image,
             const struct vm_elf_mapping *m)
{
  guint64 bias = image->plan.bias;
  const char *flags = program_flags (m->flags);

  if (m->end > m->start) {
    g_autofree char *title
        = g_strdup_printf ("0x%" PRIx64 " – 0x%" PRIx64 "  %sp",
                           m->start + bias, m->end + bias, flags);
    g_autofree char *text = rounding_text (image, m);
    add_row (group, title, text);
  }
  if (m->bss_end > m->end) {
    g_autofree char *title
        = g_strdup_printf ("0x%" PRIx64 " – 0x%" PRIx64 "  %sp", m->end + bias,
                           m->bss_end + bias, flags);
    add_row (group, title, _ ("Anonymous: the file has no bytes for it"));
  }
}

GtkWidget *
pw_program_plan_new (const ProgramImage *image)
{
  GtkWidget *group = group_new (
      _ ("What the kernel maps"),
      image->plan.floats
          ? _ ("Where the file says; the kernel adds a base of its own.")
          : _ ("Without randomisation."));

  for (guint i = 0; i < image->plan.count; i++)
    add_mapping (group, image, &image->plan.mappings[i]);
  return group;
}

/* Problems ------------------------------------------------------------------
 */

GtkWidget *
pw_program_problems_new (const ProgramImage *image)
{
  guint kept = MIN (image->elf->verdict_count, VM_ELF_MOST_VERDICTS);

  if (kept == 0)
    return NULL;
  GtkWidget *group = group_new (_ ("Problems"), NULL);
  for (guint i = 0; i < kept; i++) {
    const struct vm_elf_verdict *v = &image->elf->verdicts[i];
    g_autofree char *text = program_verdict (v);
    add_row (group, text,
             v->weight == VM_ELF_REFUSED ? _ ("The kernel refuses to run it")
                                         : _ ("The kernel runs it all the "
                                              "same"));
  }
  return group;
}

/* Look-up -------------------------------------------------------------------
 */

typedef struct {
  ProgramImage *image;
  struct vm_elf_index index;
  GtkWidget *entry, *answer; /* rows */
  GtkWidget *bytes;          /* of the page */
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  vm_elf_index_done (&lookup->index);
  g_free (lookup);
}

/* The name of a row of the index, safe to show. */
static char *
symbol_name (const Lookup *lookup, guint32 row)
{
  const struct vm_elf_place *place = &lookup->index.places[row];
  const struct vm_elf *elf = lookup->image->elf;
  struct vm_elf_symbol symbol;

  vm_elf_symbol (elf, place->table, place->symbol, &symbol);
  return program_text (vm_elf_symbol_name (elf, place->table, &symbol));
}

/* A section that is part of the program in memory. */
static gboolean
find_section (const struct vm_elf *elf, const char *name, guint64 *address)
{
  for (guint i = 1; i < elf->section_count; i++) {
    *address = elf->sections[i].addr;
    if ((elf->sections[i].flags & VM_ELF_ALLOC)
        && g_str_equal (vm_elf_section_name (elf, i), name))
      return TRUE;
  }
  return FALSE;
}

/* The address that a text means: a number, a byte of the file, or a name. */
static gboolean
read_address (const Lookup *lookup, const char *text, guint64 *address)
{
  gboolean in_file = *text == '@';
  char *end;
  guint64 number = g_ascii_strtoull (text + in_file, &end, 0);

  if (in_file)
    return text[1] != '\0' && *end == '\0'
           && program_address_of (lookup->image, number, address);
  if (*text != '\0' && *end == '\0') {
    *address = program_file_address (lookup->image, number);
    return TRUE;
  }
  guint32 row = vm_elf_index_named (&lookup->index, lookup->image->elf, text);
  if (row == VM_NONE)
    return find_section (lookup->image->elf, text, address);
  *address = lookup->index.places[row].value;
  return TRUE;
}

/* "main + 0x12 · .text · 0x1052 of the file", and what the byte is. */
static void
on_changed (Lookup *lookup)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (lookup->entry));
  g_autoptr (GString) title = g_string_new (NULL);
  AdwPreferencesRow *answer = ADW_PREFERENCES_ROW (lookup->answer);
  ProgramPlace place;
  guint64 address;

  gtk_widget_set_visible (lookup->answer, *text != '\0');
  if (!read_address (lookup, text, &address)) {
    adw_preferences_row_set_title (answer, _ ("No address, and no symbol"));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (answer), "");
    return;
  }
  program_place (lookup->image, &lookup->index, address, &place);
  g_string_append_printf (title, "0x%" PRIx64,
                          address + lookup->image->plan.bias);
  if (place.symbol != VM_NONE) {
    g_autofree char *name = symbol_name (lookup, place.symbol);
    g_string_append_printf (title, " · %s + 0x%" PRIx64, name,
                            address - lookup->index.places[place.symbol].value);
  }
  if (place.section != VM_NONE) {
    g_autofree char *name = program_text (
        vm_elf_section_name (lookup->image->elf, place.section));
    g_string_append_printf (title, " · %s", name);
  }
  if (place.in_file)
    g_string_append_printf (title, " · @0x%" PRIx64, place.offset);
  adw_preferences_row_set_title (answer, title->str);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (answer),
                               program_source_text (place.source));
  pw_program_bytes_show (lookup->bytes, address);
}

GtkWidget *
pw_program_lookup_new (ProgramImage *image)
{
  Lookup *lookup = g_new0 (Lookup, 1);
  GtkWidget *group
      = group_new (_ ("What lies there?"),
                   _ ("An address, in memory or as in the file, the name of a "
                      "symbol or a section, or @ and the place of a byte in "
                      "the file"));

  lookup->image = image;
  if (!vm_elf_index_init (&lookup->index, image->elf))
    lookup->index.count = 0;
  lookup->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (lookup->entry),
                                 _ ("Address or name"));
  lookup->answer = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (lookup->answer),
                                      FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (lookup->answer), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (lookup->answer), 0);
  gtk_widget_set_visible (lookup->answer, FALSE);
  g_signal_connect_swapped (lookup->entry, "changed", G_CALLBACK (on_changed),
                            lookup);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), lookup->entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), lookup->answer);
  lookup->bytes = pw_program_bytes_new (image);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), lookup->bytes);
  pw_program_bytes_show (lookup->bytes, image->elf->entry);
  g_object_set_data_full (G_OBJECT (group), "lookup", lookup, lookup_free);
  return group;
}
