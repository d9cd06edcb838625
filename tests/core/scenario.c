/* Random operations that make sense often and go wrong often enough. */
#include "scenario.h"

#include <inttypes.h>

/* Addresses collide often, and lie in all parts of the address space. */
static uint64_t
some_address (struct scenario *scenario, const struct vm_geometry *g,
              uint32_t shift)
{
  static const uint64_t bases[] = {0,
                                   UINT64_C (0x400000),
                                   UINT64_C (0x40000000),
                                   UINT64_C (0xffc00000),
                                   UINT64_C (0x7fffc0000000),
                                   UINT64_C (0xffff800000000000)};
  uint32_t count = g->word_bits == 32 ? 4 : 6;
  uint64_t base = bases[random_below (&scenario->seed, count)];
  uint64_t offset = random_below (&scenario->seed, 6) << VM_PAGE_SHIFT;

  return (base + offset) >> shift << shift;
}

/* A frame for data: a device's, or a managed one that no table will take. */
static uint64_t
some_frame (struct scenario *scenario, const struct vm_state *s, uint32_t shift)
{
  uint64_t device = 0x40000 + (random_below (&scenario->seed, 8) << 18);
  if (shift > VM_PAGE_SHIFT || random_chance (&scenario->seed, 30))
    return device;

  uint32_t half = s->config.frames / 2;
  uint32_t frame = half + (uint32_t) random_below (&scenario->seed, half);
  bool taken = s->frames[frame].role == VM_FRAME_TABLE;
  uint32_t free = 0;
  for (uint32_t f = s->free_hint; f < frame; f++)
    free += s->frames[f].role == VM_FRAME_FREE;
  if (taken || (s->frames[frame].role == VM_FRAME_FREE && free < 4))
    return device;
  return frame;
}

static bool
map_something (struct scenario *scenario, struct vm_machine *m)
{
  static const char *const flags[]
      = {"r", "ru", "rwu", "rwxu", "rxu", "rwug", "rx", "rw"};
  const struct vm_geometry *g = vm_machine_geometry (m);
  const struct vm_state *s = vm_machine_state (m);
  uint32_t level = 1;
  if (random_chance (&scenario->seed, 25))
    level = 1 + (uint32_t) random_below (&scenario->seed, 3);
  if (level > g->levels || !g->level[level].leaf)
    level = 1;
  uint32_t shift = g->level[level].low;

  g_autofree char *line = g_strdup_printf (
      "map process=%c va=%#" PRIx64 " frame=%#" PRIx64
      " flags=%s size=%" PRIu64,
      'A' + (int) random_below (&scenario->seed, s->process_count),
      some_address (scenario, g, shift), some_frame (scenario, s, shift),
      flags[random_below (&scenario->seed, G_N_ELEMENTS (flags))],
      UINT64_C (1) << shift);
  return vm_machine_do_line (m, line, NULL);
}

static bool
access_something (struct scenario *scenario, struct vm_machine *m)
{
  static const char *const kinds[]
      = {"read", "write", "write value=0x1234567887654321", "fetch"};
  const struct vm_geometry *g = vm_machine_geometry (m);
  const struct vm_state *s = vm_machine_state (m);
  uint64_t va = some_address (scenario, g, VM_PAGE_SHIFT)
                + random_below (&scenario->seed, VM_PAGE_SIZE);
  if (random_chance (&scenario->seed, 3))
    va = g->word_bits == 32 ? 0x80000000 : UINT64_C (0x8000000000000);

  g_autofree char *line = g_strdup_printf (
      "access va=%#" PRIx64 " kind=%s mode=%s width=%d process=%c", va,
      kinds[random_below (&scenario->seed, G_N_ELEMENTS (kinds))],
      random_chance (&scenario->seed, 70) ? "user" : "kernel",
      1 << random_below (&scenario->seed, 4),
      'A'
          + (int) (random_chance (&scenario->seed, 80)
                       ? 0
                       : random_below (&scenario->seed, s->process_count)));
  return vm_machine_do_line (m, line, NULL);
}

bool
scenario_step (struct scenario *scenario, struct vm_machine *m)
{
  const struct vm_state *s = vm_machine_state (m);

  if (s->config.geometry == VM_GEOMETRY_NONE)
    return vm_machine_do_line (m, scenario->machine, NULL);
  if (s->process_count == 0
      || (s->process_count < 3 && random_chance (&scenario->seed, 4))) {
    g_autofree char *line
        = g_strdup_printf ("process name=%c", 'A' + (int) s->process_count);
    return vm_machine_do_line (m, line, NULL);
  }
  if (random_chance (&scenario->seed, 30))
    return map_something (scenario, m);
  return access_something (scenario, m);
}
