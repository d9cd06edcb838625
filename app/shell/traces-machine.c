/* Chooses the processor, its TLBs and the memory of a replay. */
#include "traces-machine.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "machine/geometry_op.h"
#include "problem.h"
#include "traces-combo.h"

/* What a toy is before somebody types another one. */
#define A_TOY "toy:va=48,pa=36,page=16384,levels=3,entry=8"

/* Ways in which TLBs are organised. */
static const struct {
  const char *title;
  guint32 sets, ways, itlb_sets, itlb_ways, stlb_sets, stlb_ways;
} tlbs[] = {
    {N_ ("16 sets, 4 ways"), .sets = 16, .ways = 4},
    {N_ ("64 sets, 1 way"), .sets = 64, .ways = 1},
    {N_ ("64 ways, no sets"), .sets = 1, .ways = 64},
    {N_ ("4 sets, 2 ways"), .sets = 4, .ways = 2},
    {N_ ("Data and instructions apart, 16 sets and 4 ways each"), 16, 4, 16, 4},
    {N_ ("The same, and a second level of 128 sets and 12 ways"), 16, 4, 16, 4,
     128, 12},
};

static gboolean
is_toy (const PwTracesMachine *machine)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (machine->processor))
         == VM_GEOMETRIES - 1;
}

/* The geometry chosen, which may be made in *room. NULL and *error if what was
 * typed is none. */
static const struct vm_geometry *
geometry_of (const PwTracesMachine *machine, struct vm_geometry *room,
             struct vm_error *error)
{
  guint chosen
      = adw_combo_row_get_selected (ADW_COMBO_ROW (machine->processor));

  if (!is_toy (machine))
    return vm_geometry_of ((enum vm_geometry_id) (chosen + 1));
  return vm_geometry_read (gtk_editable_get_text (GTK_EDITABLE (machine->toy)),
                           room, error);
}

static char *
pages_text (guint shift)
{
  if (shift < 10)
    return g_strdup_printf (_ ("Memory for pages of %u bytes"), 1u << shift);
  return g_strdup_printf (_ ("Memory for pages of %u KiB"), 1u << (shift - 10));
}

static void
on_changed (PwTracesMachine *machine)
{
  struct vm_geometry room;
  struct vm_error error;
  const struct vm_geometry *g = geometry_of (machine, &room, &error);

  gtk_widget_set_visible (machine->toy, is_toy (machine));
  if (g == NULL) {
    gtk_widget_add_css_class (machine->toy, "error");
    return;
  }
  gtk_widget_remove_css_class (machine->toy, "error");
  g_autofree char *text = pages_text (g->page_shift);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (machine->frames_row), text);
}

static GtkWidget *
processor_row_new (PwTracesMachine *machine)
{
  GtkWidget *row = pw_traces_combo_new (_ ("Processor"));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++)
    gtk_string_list_append (list,
                            vm_geometry_of ((enum vm_geometry_id) id)->name);
  gtk_string_list_append (list, _ ("A toy of my own"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), VM_GEOMETRY_X86_64 - 1);
  return row;
}

static GtkWidget *
toy_row_new (void)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _ ("How the toy cuts addresses"));
  gtk_editable_set_text (GTK_EDITABLE (row), A_TOY);
  return row;
}

static GtkWidget *
tlb_row_new (void)
{
  GtkWidget *row = pw_traces_combo_new (_ ("TLB"));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tlbs); i++)
    gtk_string_list_append (list, _ (tlbs[i].title));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  return row;
}

static GtkWidget *
frames_row_new (PwTracesMachine *machine)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Frames"));
  machine->frames = gtk_spin_button_new_with_range (1, 4096, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (machine->frames), 64);
  gtk_widget_set_valign (machine->frames, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (machine->frames),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Frames"),
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), machine->frames);
  return row;
}

void
pw_traces_machine_add (PwTracesMachine *machine, GtkWidget *group)
{
  machine->processor = processor_row_new (machine);
  machine->toy = toy_row_new ();
  machine->tlb = tlb_row_new ();
  machine->frames_row = frames_row_new (machine);
  g_signal_connect_swapped (machine->processor, "notify::selected",
                            G_CALLBACK (on_changed), machine);
  g_signal_connect_swapped (machine->toy, "changed", G_CALLBACK (on_changed),
                            machine);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), machine->processor);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), machine->toy);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), machine->tlb);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             machine->frames_row);
  on_changed (machine);
}

/* Is there memory for it, and such a frame in its entries? It is tried. */
static gboolean
can_be (const struct vm_replay_config *config, struct vm_error *error)
{
  struct vm_replay *replay = vm_replay_new (config, error);
  gboolean made = replay != NULL;

  vm_replay_free (replay);
  return made;
}

gboolean
pw_traces_machine_read (const PwTracesMachine *machine,
                        struct vm_replay_config *config, char **problem)
{
  guint tlb = adw_combo_row_get_selected (ADW_COMBO_ROW (machine->tlb));
  struct vm_geometry room;
  struct vm_error error = {.code = VM_OK};
  const struct vm_geometry *g = geometry_of (machine, &room, &error);

  *config = (struct vm_replay_config){
      .geometry = g != NULL ? g->id : VM_GEOMETRY_NONE,
      .toy = g == &room ? vm_toy_numbers (g) : 0,
      .tlb_sets = tlbs[tlb].sets,
      .tlb_ways = tlbs[tlb].ways,
      .itlb_sets = tlbs[tlb].itlb_sets,
      .itlb_ways = tlbs[tlb].itlb_ways,
      .stlb_sets = tlbs[tlb].stlb_sets,
      .stlb_ways = tlbs[tlb].stlb_ways,
      .frames = (uint32_t) gtk_spin_button_get_value_as_int (
          GTK_SPIN_BUTTON (machine->frames)),
      .policy = VM_POLICY_LRU,
  };
  if (g != NULL && can_be (config, &error))
    return TRUE;
  *problem = lesson_error_text (&error);
  return FALSE;
}
