/* Writes what TLBs hold, and what the accesses have cost. */
#include "outcome_tlb.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "mmu/cost.h"
#include "mmu/psc.h"
#include "numbers.h"

static gboolean
is_split (const struct vm_config *config)
{
  return config->itlb_sets != 0;
}

/* "tlb", "dtlb", "itlb" or "stlb": a unified first level is the TLB. */
static const char *
unit_name (const struct vm_config *config, enum vm_tlb_unit unit)
{
  switch (unit) {
  case VM_TLB_DATA:
    break;
  case VM_TLB_CODE:
    return "itlb";
  case VM_TLB_SECOND:
    return "stlb";
  }
  return is_split (config) ? "dtlb" : "tlb";
}

static void
write_shape (CliJson *json, const struct vm_tlb *tlb)
{
  cli_json_number (json, "sets", tlb->sets);
  cli_json_number (json, "ways", tlb->ways);
}

void
cli_tlb_write_shapes (CliJson *json, const struct vm_state *state)
{
  for (guint unit = 0; unit < VM_TLB_UNITS; unit++) {
    struct vm_tlb tlb = vm_tlb_of (state, 0, (enum vm_tlb_unit) unit);
    if (tlb.sets == 0)
      continue;
    cli_json_begin_object (json,
                           unit_name (&state->config, (enum vm_tlb_unit) unit));
    write_shape (json, &tlb);
    cli_json_end_object (json);
  }
}

void
cli_tlb_write_where (CliJson *json, const struct vm_machine *machine,
                     const struct vm_step *step)
{
  const struct vm_config *config = &vm_machine_state (machine)->config;

  if (config->cpus > 1)
    cli_json_number (json, "cpu", step->cpu);
  if (is_split (config) || config->stlb_sets != 0)
    cli_json_string (json, "unit",
                     unit_name (config, (enum vm_tlb_unit) step->unit));
}

/* "rwxug", as map has them. */
static const char *
letters_of (const struct vm_tlb_entry *entry, char letters[6])
{
  guint length = 0;

  if (entry->readable)
    letters[length++] = 'r';
  if (entry->writable)
    letters[length++] = 'w';
  if (!entry->no_execute || !entry->kernel_no_execute)
    letters[length++] = 'x';
  if (entry->user)
    letters[length++] = 'u';
  if (entry->global)
    letters[length++] = 'g';
  letters[length] = '\0';
  return letters;
}

/* The first address of an entry's page. */
static guint64
start_of (const struct vm_machine *machine, const struct vm_tlb_entry *entry)
{
  return (entry->page << entry->shift)
         & vm_geometry_last_address (vm_machine_geometry (machine));
}

static void
write_entry (CliJson *json, const struct vm_machine *machine,
             const struct vm_tlb *tlb, guint index)
{
  const struct vm_state *state = vm_machine_state (machine);
  const struct vm_tlb_entry *entry = &state->tlb[index];
  char letters[6];

  cli_json_begin_object (json, NULL);
  cli_json_number (json, "set", (index - tlb->first) / tlb->ways);
  cli_json_number (json, "way", (index - tlb->first) % tlb->ways);
  cli_json_hex (json, "va", start_of (machine, entry));
  cli_json_number (json, "size", G_GUINT64_CONSTANT (1) << entry->shift);
  cli_json_hex (json, "frame", entry->frame);
  cli_json_string (json, "flags", letters_of (entry, letters));
  cli_json_boolean (json, "dirty", entry->dirty);
  if (state->config.asids)
    cli_json_number (json, "asid", entry->asid);
  cli_json_boolean (json, "owed", entry->stale);
  cli_json_end_object (json);
}

static void
write_unit (CliJson *json, const struct vm_machine *machine, guint cpu,
            enum vm_tlb_unit unit)
{
  const struct vm_state *state = vm_machine_state (machine);
  struct vm_tlb tlb = vm_tlb_of (state, cpu, unit);

  if (tlb.sets == 0)
    return;
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "unit", unit_name (&state->config, unit));
  write_shape (json, &tlb);
  cli_json_begin_array (json, "entries");
  for (guint i = tlb.first; i < tlb.first + tlb.sets * tlb.ways; i++)
    if (state->tlb[i].valid)
      write_entry (json, machine, &tlb, i);
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
write_psc (CliJson *json, const struct vm_machine *machine, guint cpu)
{
  const struct vm_state *state = vm_machine_state (machine);
  const struct vm_geometry *g = vm_machine_geometry (machine);

  cli_json_begin_array (json, "psc");
  for (guint level = 2; level <= g->levels; level++) {
    const struct vm_psc_entry *entry = vm_psc_of (state, cpu, level);
    for (guint way = 0; way < VM_PSC_WAYS; way++) {
      if (!entry[way].valid)
        continue;
      cli_json_begin_object (json, NULL);
      cli_json_number (json, "level", level);
      cli_json_hex (json, "prefix", entry[way].prefix);
      cli_json_hex (json, "table", entry[way].table);
      cli_json_end_object (json);
    }
  }
  cli_json_end_array (json);
}

static void
write_counts (CliJson *json, const struct vm_state *state)
{
  const struct vm_counters *n = &state->counters;

  cli_json_begin_object (json, "counters");
  cli_json_number (json, "accesses", n->tick);
  cli_json_number (json, "hits", n->tlb_hits);
  cli_json_number (json, "misses", n->tlb_misses);
  if (is_split (&state->config)) {
    cli_json_number (json, "itlb-hits", n->itlb_hits);
    cli_json_number (json, "itlb-misses", n->itlb_misses);
  }
  if (state->config.stlb_sets != 0) {
    cli_json_number (json, "stlb-hits", n->stlb_hits);
    cli_json_number (json, "stlb-misses", n->stlb_misses);
  }
  if (state->config.psc)
    cli_json_number (json, "psc-hits", n->psc_hits);
  cli_json_number (json, "entry-reads", n->entry_reads);
  cli_json_number (json, "interrupts", n->interrupts);
  cli_json_end_object (json);
}

static void
write_costs (CliJson *json, const struct vm_state *state)
{
  struct vm_cost cost = vm_cost_of (state);

  cli_json_begin_object (json, "cycles");
  cli_json_number (json, "tlb", cost.tlb);
  cli_json_number (json, "stlb", cost.stlb);
  cli_json_number (json, "walk", cost.walk);
  cli_json_number (json, "memory", cost.memory);
  cli_json_number (json, "disk", cost.disk);
  cli_json_number (json, "total", cost.total);
  cli_json_number (json, "accesses", cost.accesses);
  cli_json_end_object (json);
}

void
cli_tlb_write (CliJson *json, const struct vm_machine *machine, guint cpu)
{
  const struct vm_state *state = vm_machine_state (machine);

  cli_json_number (json, "cpu", cpu);
  if (state->config.asids)
    cli_json_number (json, "asid", state->cpus[cpu].asid);
  cli_json_begin_array (json, "tlbs");
  for (guint unit = 0; unit < VM_TLB_UNITS; unit++)
    write_unit (json, machine, cpu, (enum vm_tlb_unit) unit);
  cli_json_end_array (json);
  if (state->config.psc)
    write_psc (json, machine, cpu);
  write_counts (json, state);
  write_costs (json, state);
}

static void
print_entry (const struct vm_machine *machine, const struct vm_tlb *tlb,
             guint index)
{
  const struct vm_tlb_entry *entry = &vm_machine_state (machine)->tlb[index];
  char letters[6];

  printf ("    %4u.%-3u 0x%-16" G_GINT64_MODIFIER "x %s  %-5s",
          (index - tlb->first) / tlb->ways, (index - tlb->first) % tlb->ways,
          start_of (machine, entry),
          scene_number_frame (vm_machine_geometry (machine), entry->frame).s,
          letters_of (entry, letters));
  if (entry->asid != 0)
    printf (" asid %u", entry->asid);
  if (entry->stale)
    /* Translators: of a TLB entry that is out of date. */
    printf ("  %s", _ ("flush owed"));
  printf ("\n");
}

void
cli_tlb_print (const struct vm_machine *machine, guint cpu)
{
  const struct vm_state *state = vm_machine_state (machine);
  struct vm_cost cost = vm_cost_of (state);

  for (guint unit = 0; unit < VM_TLB_UNITS; unit++) {
    struct vm_tlb tlb = vm_tlb_of (state, cpu, (enum vm_tlb_unit) unit);
    if (tlb.sets == 0)
      continue;
    printf ("  %s %ux%u\n", unit_name (&state->config, (enum vm_tlb_unit) unit),
            tlb.sets, tlb.ways);
    for (guint i = tlb.first; i < tlb.first + tlb.sets * tlb.ways; i++)
      if (state->tlb[i].valid)
        print_entry (machine, &tlb, i);
  }
  if (cost.accesses == 0)
    return;
  printf ("  ");
  /* Translators: cycles in all, accesses, cycles for each. */
  printf (_ ("%" PRIu64 " cycles for %" PRIu64 " accesses: %.1f each"),
          cost.total, cost.accesses,
          (double) cost.total / (double) cost.accesses);
  printf ("\n");
}
