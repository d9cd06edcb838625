/* What all accesses so far have cost, part by part. */
#include "figures/bills.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MILLION G_GUINT64_CONSTANT (1000000)

/* The counters before the step that led to the cursor. */
static struct vm_counters
counters_before (const SceneContext *c)
{
  const struct vm_tape *tape = vm_machine_tape (c->machine);
  struct vm_counters before = c->state->counters;
  guint32 place = vm_tape_place (tape, &c->state->counters);

  if (c->step == NULL)
    return before;
  for (guint64 i = vm_tape_delta_count (tape, c->cursor - 1); i-- > 0;) {
    const struct vm_delta *delta = vm_tape_delta (tape, c->cursor - 1, i);
    guint32 offset = delta->place - place;
    if (delta->place >= place && offset + delta->width <= sizeof before)
      memcpy ((guint8 *) &before + offset, &delta->before, delta->width);
  }
  return before;
}

static guint64
times_of (const struct vm_counters *n, SceneBillPart part)
{
  switch (part) {
  case SCENE_BILL_FIRST:
    return n->tlb_hits + n->tlb_misses;
  case SCENE_BILL_SECOND:
    return n->stlb_hits + n->stlb_misses;
  case SCENE_BILL_WALK:
    return n->entry_reads;
  case SCENE_BILL_DATA:
    return n->memory_accesses - n->entry_reads;
  case SCENE_BILL_DISK:
    return n->disk_reads + n->disk_writes;
  case SCENE_BILLS:
    break;
  }
  return 0;
}

/* "1.7 M": a disk takes millions of cycles. */
static char *
in_millions (guint64 cycles)
{
  guint64 tenths = (cycles + MILLION / 20) / (MILLION / 10);

  return g_strdup_printf ("%" PRIu64 ".%" PRIu64 " M", tenths / 10,
                          tenths % 10);
}

gboolean
scene_bill_has (const SceneContext *c, SceneBillPart part)
{
  return part != SCENE_BILL_SECOND || c->state->config.stlb_sets != 0;
}

void
scene_bills (const SceneContext *c, SceneBill bills[SCENE_BILLS])
{
  const struct vm_config *config = &c->state->config;
  const struct vm_counters *n = &c->state->counters;
  struct vm_counters before = counters_before (c);
  const SceneBill all[SCENE_BILLS]
      = {{config->stlb_sets != 0 ? _ ("first level") : _ ("TLB"),
          SCENE_ROLE_ACCENT, 0, config->cost_tlb, FALSE},
         {_ ("second level"), SCENE_ROLE_FILE, 0, config->cost_stlb, FALSE},
         {_ ("page walk"), SCENE_ROLE_TABLE, 0, config->cost_walk, FALSE},
         {_ ("data"), SCENE_ROLE_MISS, 0, config->cost_memory, FALSE},
         {_ ("disk"), SCENE_ROLE_FAULT, 0, config->cost_disk, FALSE}};

  for (guint i = 0; i < SCENE_BILLS; i++) {
    bills[i] = all[i];
    bills[i].times = times_of (n, (SceneBillPart) i);
    bills[i].now = bills[i].times != times_of (&before, (SceneBillPart) i);
  }
}

guint64
scene_bills_total (const SceneContext *c, const SceneBill bills[SCENE_BILLS])
{
  guint64 total = 0;

  for (guint i = 0; i < SCENE_BILLS; i++)
    if (scene_bill_has (c, (SceneBillPart) i))
      total += bills[i].times * bills[i].cost;
  return total;
}

char *
scene_bill_each (guint64 cycles, guint64 accesses)
{
  guint64 tenths = accesses > 0 ? (cycles * 10 + accesses / 2) / accesses : 0;

  if (tenths >= 10 * MILLION)
    return in_millions (tenths / 10);
  return g_strdup_printf ("%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
}

char *
scene_bill_sum (guint64 cycles)
{
  return cycles < 100 * MILLION ? g_strdup_printf ("%" PRIu64, cycles)
                                : in_millions (cycles);
}
