/* The operation "machine". */
#include "machine/build.h"

#include "machine/do_swap.h"
#include "machine/geometry_op.h"
#include "mm/buddy.h"
#include "mm/reclaim.h"
#include "mm/slab.h"
#include "mm/space.h"
#include "mm/way.h"
#include "mmu/bus.h"
#include "mmu/shootdown.h"

/* Of a machine with the map of a PC: some beyond the first MiB. */
#define LEAST_PC_MEMORY (UINT64_C (2) << 20)
#define MOST_PC_MEMORY (UINT64_C (4) << 30)

static bool
refuse_number (struct vm_error *error, enum vm_error_code code,
               const char *subject, uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

/* The shape of a TLB of the machine that is to be. */
static struct vm_tlb
shape_of (const struct vm_op *op, enum vm_tlb_unit unit)
{
  static const uint8_t parameters[VM_TLB_UNITS]
      = {VM_P_MACHINE_DTLB, VM_P_MACHINE_ITLB, VM_P_MACHINE_STLB};
  uint64_t shape = op->values[parameters[unit]];

  if (unit == VM_TLB_DATA && shape == 0)
    return (struct vm_tlb){0, (uint32_t) op->values[VM_P_MACHINE_SETS],
                           (uint32_t) op->values[VM_P_MACHINE_WAYS]};
  return (struct vm_tlb){0, vm_shape_sets (shape), vm_shape_ways (shape)};
}

/* The parameter that says how many ways a TLB has. */
static const char *
name_of (const struct vm_op *op, enum vm_tlb_unit unit)
{
  static const char *const names[VM_TLB_UNITS] = {
      [VM_TLB_DATA] = "dtlb", [VM_TLB_CODE] = "itlb", [VM_TLB_SECOND] = "stlb"};

  return unit == VM_TLB_DATA && op->values[VM_P_MACHINE_DTLB] == 0
             ? "tlb-ways"
             : names[unit];
}

/* All TLBs of a processor together have room, and suit the policy. */
static bool
check_shapes (const struct vm_op *op, struct vm_error *error)
{
  bool plru = op->values[VM_P_MACHINE_REPLACEMENT] == VM_REPLACE_PLRU;
  uint64_t entries = 0;

  for (uint32_t unit = 0; unit < VM_TLB_UNITS; unit++) {
    struct vm_tlb tlb = shape_of (op, (enum vm_tlb_unit) unit);
    uint64_t room = VM_MAX_TLB_ENTRIES - entries;
    entries += (uint64_t) tlb.sets * tlb.ways;
    if (entries > VM_MAX_TLB_ENTRIES)
      return refuse_number (error, VM_ERROR_OUT_OF_RANGE,
                            name_of (op, (enum vm_tlb_unit) unit), tlb.ways, 1,
                            room / tlb.sets);
    if (plru && (tlb.ways & (tlb.ways - 1)) != 0)
      return refuse_number (error, VM_ERROR_NOT_A_POWER, "tlb-replacement",
                            tlb.ways, 0, 0);
  }
  return true;
}

/* What the allocator may give at most: a record each, and of a toy no more than
 * its addresses reach. */
static uint64_t
most_memory (const struct vm_geometry *g)
{
  uint64_t managed = (uint64_t) VM_MANAGED_FRAMES << g->page_shift;

  if (g->id != VM_GEOMETRY_TOY)
    return managed;
  uint64_t addressable = UINT64_C (1) << g->pa_bits;
  return addressable < managed ? addressable : managed;
}

static bool
check_memory (const struct vm_geometry *g, const struct vm_op *op,
              uint64_t *memory, struct vm_error *error)
{
  bool toy = g->id == VM_GEOMETRY_TOY;
  uint64_t page = vm_geometry_page_bytes (g), most = most_memory (g);
  uint64_t least = toy ? 2 * page : UINT64_C (1) << 16;

  *memory = op->values[VM_P_MACHINE_MEMORY];
  if (toy && !vm_op_gives (op, VM_P_MACHINE_MEMORY) && *memory > most)
    *memory = most;
  if (*memory < least || *memory > most)
    return refuse_number (error, VM_ERROR_OUT_OF_RANGE, "memory", *memory,
                          least, most);
  if (*memory % page != 0)
    return refuse_number (error, VM_ERROR_NOT_ALIGNED, "memory", *memory, page,
                          0);
  return true;
}

static bool
is_long_mode (const struct vm_geometry *g)
{
  return g->id == VM_GEOMETRY_X86_64 || g->id == VM_GEOMETRY_X86_64_LA57;
}

/* The map of a PC needs memory that reaches beyond its first MiB. */
static bool
check_windows (const struct vm_geometry *g, const struct vm_op *op,
               struct vm_error *error)
{
  uint64_t memory = op->values[VM_P_MACHINE_MEMORY];

  if (!op->values[VM_P_MACHINE_WINDOWS])
    return true;
  if (g->family != VM_FAMILY_X86 || g->id == VM_GEOMETRY_TOY) {
    vm_error_set (error, VM_ERROR_ONLY_X86, "windows");
    return false;
  }
  if (memory >= LEAST_PC_MEMORY)
    return true;
  return refuse_number (error, VM_ERROR_OUT_OF_RANGE, "memory", memory,
                        LEAST_PC_MEMORY, MOST_PC_MEMORY);
}

/* How many of its frames the allocator may give. */
static uint32_t
frames_of (const struct vm_geometry *g, const struct vm_op *op, uint64_t memory)
{
  bool split = op->values[VM_P_MACHINE_WINDOWS] && memory > VM_PC_HOLE;

  return (uint32_t) ((split ? VM_PC_HOLE : memory) >> g->page_shift);
}

static bool
check_features (const struct vm_geometry *g, const struct vm_op *op,
                struct vm_error *error)
{
  if (!vm_way_possible (g->id, (enum vm_way) op->values[VM_P_MACHINE_WAY])) {
    vm_error_set (error, VM_ERROR_ALWAYS_PAGES, NULL);
    return false;
  }
  /* With KPTI user mode's roots lack most of that half. */
  if (op->values[VM_P_MACHINE_KERNEL_HALF]
      && (g->id == VM_GEOMETRY_TOY || op->values[VM_P_MACHINE_KPTI])) {
    vm_error_set (error, VM_ERROR_NOT_HERE, "kernel-half");
    return false;
  }
  if (!check_windows (g, op, error))
    return false;
  bool pcid = op->values[VM_P_MACHINE_PCID] && g->family == VM_FAMILY_X86
              && g->id != VM_GEOMETRY_TOY;
  const char *name = pcid ? "pcid" : "kpti";

  if (!pcid && !op->values[VM_P_MACHINE_KPTI])
    return true;
  if (is_long_mode (g))
    return true;
  vm_error_set (error, VM_ERROR_NOT_HERE, name);
  return false;
}

/* True if anything is asked for that one plain TLB does not have. */
static bool
is_organised (const struct vm_config *c, const struct vm_op *op)
{
  return c->itlb_sets != 0 || c->stlb_sets != 0
         || vm_op_gives (op, VM_P_MACHINE_REPLACEMENT) || c->asids || c->psc
         || c->kpti || c->cpus > 1 || c->shootdown != VM_SHOOTDOWN_ON;
}

static void
put_shapes (struct vm_tape *t, const struct vm_config *c,
            const struct vm_op *op)
{
  struct vm_tlb data = shape_of (op, VM_TLB_DATA);
  struct vm_tlb code = shape_of (op, VM_TLB_CODE);
  struct vm_tlb second = shape_of (op, VM_TLB_SECOND);

  vm_put_u32 (t, &c->tlb_sets, data.sets);
  vm_put_u32 (t, &c->tlb_ways, data.ways);
  vm_put_u32 (t, &c->itlb_sets, code.sets);
  vm_put_u32 (t, &c->itlb_ways, code.ways);
  vm_put_u32 (t, &c->stlb_sets, second.sets);
  vm_put_u32 (t, &c->stlb_ways, second.ways);
}

/* What the processors are like. */
static void
put_processors (struct vm_tape *t, const struct vm_state *s,
                const struct vm_geometry *g, const struct vm_op *op)
{
  const uint64_t *v = op->values;
  const struct vm_config *c = &s->config;

  vm_put_u8 (t, &c->wp, (uint8_t) v[VM_P_MACHINE_WP]);
  vm_put_u8 (t, &c->nx, g->has_nx && v[VM_P_MACHINE_NX]);
  vm_put_u8 (t, &c->smep, (uint8_t) v[VM_P_MACHINE_SMEP]);
  vm_put_u8 (t, &c->smap, (uint8_t) v[VM_P_MACHINE_SMAP]);
  vm_put_u8 (t, &c->sum, (uint8_t) v[VM_P_MACHINE_SUM]);
  vm_put_u8 (t, &c->mxr, (uint8_t) v[VM_P_MACHINE_MXR]);
  vm_put_u8 (t, &c->set_flags,
             g->family == VM_FAMILY_X86 || v[VM_P_MACHINE_FLAGS] == 0);
  if (v[VM_P_MACHINE_WAY] != VM_WAY_PAGING)
    vm_put_u8 (t, &c->way, (uint8_t) v[VM_P_MACHINE_WAY]);
  vm_put_u32 (t, &c->cpus, (uint32_t) v[VM_P_MACHINE_CPUS]);
  for (uint32_t i = 0; i < c->cpus; i++)
    vm_put_u32 (t, &s->cpus[i].process, VM_NONE);
}

/* What surrounds the TLBs. */
static void
put_tlbs (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op)
{
  const uint64_t *v = op->values;
  const struct vm_config *c = &s->config;

  put_shapes (t, c, op);
  vm_put_u8 (t, &c->replacement, (uint8_t) v[VM_P_MACHINE_REPLACEMENT]);
  vm_put_u8 (t, &c->asids, (uint8_t) v[VM_P_MACHINE_PCID]);
  vm_put_u8 (t, &c->kpti, (uint8_t) v[VM_P_MACHINE_KPTI]);
  vm_put_u8 (t, &c->psc, (uint8_t) v[VM_P_MACHINE_PSC]);
  vm_put_u8 (t, &c->shootdown, (uint8_t) v[VM_P_MACHINE_SHOOTDOWN]);
  vm_put_u32 (t, &c->zones, (uint32_t) v[VM_P_MACHINE_ZONES]);
  vm_put_u32 (t, &c->kernel_half, (uint32_t) v[VM_P_MACHINE_KERNEL_HALF]);
  vm_put_u64 (t, &s->random, v[VM_P_MACHINE_SEED]);
  vm_put_u32 (t, &c->cost_tlb, (uint32_t) v[VM_P_MACHINE_COST_TLB]);
  vm_put_u32 (t, &c->cost_stlb, (uint32_t) v[VM_P_MACHINE_COST_STLB]);
  vm_put_u32 (t, &c->cost_walk, (uint32_t) v[VM_P_MACHINE_COST_WALK]);
  vm_put_u32 (t, &c->cost_memory, (uint32_t) v[VM_P_MACHINE_COST_MEMORY]);
  vm_put_u64 (t, &c->cost_disk, v[VM_P_MACHINE_COST_DISK]);
  vm_put_u32 (t, &c->read_ahead,
              (uint32_t) (v[VM_P_MACHINE_READ_AHEAD] >> VM_SLOT_SHIFT));
  vm_put_u8 (t, &c->page_cluster, (uint8_t) v[VM_P_MACHINE_PAGE_CLUSTER]);
  vm_put_u64 (t, &c->failing_write, v[VM_P_MACHINE_FAILING_WRITE]);
  vm_put_u8 (t, &c->organised, is_organised (c, op));
}

/* The kernel's own allocators, and how much they leave. */
static void
begin_buddy (struct vm_tape *t, const struct vm_state *s)
{
  const struct vm_config *c = &s->config;
  struct vm_watermarks marks = vm_reclaim_watermarks (c->frames);

  vm_buddy_begin (t, s);
  if (c->page_shift == VM_PAGE_SHIFT)
    vm_slab_begin (t, s);
  if (c->watermark_min == 0)
    vm_put_u32 (t, &c->watermark_min, marks.min);
  if (c->watermark_low == 0)
    vm_put_u32 (t, &c->watermark_low,
                c->watermark_min + (marks.low - marks.min));
  if (c->watermark_high == 0)
    vm_put_u32 (t, &c->watermark_high,
                c->watermark_low + (marks.high - marks.low));
}

bool
vm_build_machine (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, struct vm_error *error)
{
  struct vm_geometry room;
  uint64_t toy, memory;
  const struct vm_geometry *g = vm_op_geometry (op, &room, &toy, error);
  struct vm_tlb first = shape_of (op, VM_TLB_DATA);

  if (s->config.geometry != VM_GEOMETRY_NONE) {
    vm_error_set (error, VM_ERROR_SECOND_MACHINE, NULL);
    return false;
  }
  if (g == NULL || !check_memory (g, op, &memory, error))
    return false;
  if (!check_shapes (op, error) || !check_features (g, op, error)
      || !vm_do_check_reclaim (op, frames_of (g, op, memory), error))
    return false;

  vm_step_begin (
      t, VM_STEP_MACHINE,
      (uint64_t[VM_STEP_VALUES]){g->id, memory, first.sets, first.ways});
  vm_put_u32 (t, &s->config.geometry, g->id);
  vm_put_u64 (t, &s->config.toy, toy);
  vm_put_u8 (t, &s->config.page_shift, g->page_shift);
  vm_put_u32 (t, &s->config.frames, frames_of (g, op, memory));
  put_processors (t, s, g, op);
  put_tlbs (t, s, op);
  vm_frames_init (t, s);
  if (op->values[VM_P_MACHINE_WINDOWS] && !vm_bus_add_pc (t, s, memory, error))
    return false;
  vm_do_begin_reclaim (t, s, op);
  if (op->values[VM_P_MACHINE_BUDDY])
    begin_buddy (t, s);
  bool made = s->config.way != VM_WAY_PAGING
              || vm_space_make_kernel_root (t, s, error);
  vm_step_end (t);
  return made;
}
