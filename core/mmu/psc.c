/* Keeps, finds and drops entries of upper levels. */
#include "mmu/psc.h"

enum {
  READABLE = 1 << 0,
  WRITABLE = 1 << 1,
  USER = 1 << 2,
  NO_EXECUTE = 1 << 3,
  KERNEL_NO_EXECUTE = 1 << 4
};

static uint8_t
pack (const struct vm_rights *rights)
{
  return (uint8_t) ((rights->readable ? READABLE : 0)
                    | (rights->writable ? WRITABLE : 0)
                    | (rights->user ? USER : 0)
                    | (rights->no_execute ? NO_EXECUTE : 0)
                    | (rights->kernel_no_execute ? KERNEL_NO_EXECUTE : 0));
}

static uint64_t
prefix_of (const struct vm_geometry *g, uint32_t level, vm_vaddr va)
{
  return va.v >> g->level[level].low;
}

static const struct vm_psc_entry *
find (const struct vm_state *s, uint32_t cpu, uint32_t level, uint64_t prefix)
{
  const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);

  for (uint32_t way = 0; way < VM_PSC_WAYS; way++)
    if (entry[way].valid && entry[way].prefix == prefix
        && entry[way].asid == s->cpus[cpu].asid)
      return &entry[way];
  return NULL;
}

static const struct vm_psc_entry *
victim (const struct vm_state *s, uint32_t cpu, uint32_t level)
{
  const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);
  const struct vm_psc_entry *oldest = entry;

  for (uint32_t way = 0; way < VM_PSC_WAYS; way++) {
    if (!entry[way].valid)
      return &entry[way];
    if (entry[way].used < oldest->used)
      oldest = &entry[way];
  }
  return oldest;
}

struct vm_rights
vm_psc_rights (const struct vm_psc_entry *entry)
{
  return (struct vm_rights){
      .readable = entry->rights & READABLE,
      .writable = entry->rights & WRITABLE,
      .user = entry->rights & USER,
      .no_execute = entry->rights & NO_EXECUTE,
      .kernel_no_execute = entry->rights & KERNEL_NO_EXECUTE,
  };
}

struct vm_psc_start
vm_psc_begin (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, uint32_t cpu, vm_vaddr va)
{
  struct vm_psc_start start = {
      .walk.rights = VM_ALL_RIGHTS,
      .table = vm_walk_root (g, &s->cpus[cpu], va),
      .level = g->levels,
  };

  for (uint32_t level = 2; level <= g->levels; level++) {
    const struct vm_psc_entry *entry
        = find (s, cpu, level, prefix_of (g, level, va));
    if (entry == NULL)
      continue;
    vm_step_leaf (t, VM_STEP_PSC_HIT,
                  (uint64_t[VM_STEP_VALUES]){level, entry->prefix, entry->table,
                                             g->levels - level + 1});
    vm_count (t, &s->counters.psc_hits);
    vm_put_u64 (t, &entry->used, s->counters.tick);
    start.walk.rights = vm_psc_rights (entry);
    start.walk.global = entry->global;
    start.walk.stale = entry->stale;
    start.table = vm_frame_of (entry->table);
    start.level = level - 1;
    break;
  }
  return start;
}

void
vm_psc_keep (struct vm_tape *t, const struct vm_state *s,
             const struct vm_geometry *g, uint32_t cpu, vm_vaddr va,
             const struct vm_walk *walk, vm_frame table)
{
  if (walk->level == g->register_level)
    return;

  const struct vm_psc_entry *entry = victim (s, cpu, walk->level);
  uint64_t prefix = prefix_of (g, walk->level, va);
  vm_step_leaf (t, VM_STEP_PSC_FILL,
                (uint64_t[VM_STEP_VALUES]){walk->level, prefix, table.v});
  vm_put_u64 (t, &entry->prefix, prefix);
  vm_put_u64 (t, &entry->table, table.v);
  vm_put_u64 (t, &entry->used, s->counters.tick);
  vm_put_u16 (t, &entry->asid, (uint16_t) s->cpus[cpu].asid);
  vm_put_u8 (t, &entry->rights, pack (&walk->rights));
  vm_put_u8 (t, &entry->global, walk->global);
  if (entry->stale != walk->stale)
    vm_put_u8 (t, &entry->stale, walk->stale);
  vm_put_u8 (t, &entry->valid, 1);
}

bool
vm_psc_takes (const struct vm_flush *flush, const struct vm_psc_entry *entry)
{
  bool one_space = flush->kind == VM_FLUSH_ADDRESS
                   || flush->kind == VM_FLUSH_ASID;

  if (flush->kind == VM_FLUSH_NOFLUSH)
    return false;
  return !one_space || flush->asid == VM_ANY_ASID || entry->asid == flush->asid
         || (flush->both && (entry->asid ^ flush->asid) == VM_ASID_USER);
}

void
vm_psc_flush (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
              const struct vm_flush *flush)
{
  const struct vm_psc_entry *entry = vm_psc_of (s, cpu, 2);

  for (uint32_t i = 0; i < VM_PSC_LEVELS * VM_PSC_WAYS; i++)
    if (entry[i].valid && vm_psc_takes (flush, &entry[i]))
      vm_put_u8 (t, &entry[i].valid, 0);
}

void
vm_psc_forget (struct vm_tape *t, const struct vm_state *s,
               const struct vm_geometry *g, uint32_t cpu, vm_vaddr va)
{
  for (uint32_t level = 2; level <= g->levels; level++) {
    const struct vm_psc_entry *entry
        = find (s, cpu, level, prefix_of (g, level, va));
    if (entry != NULL)
      vm_put_u8 (t, &entry->valid, 0);
  }
}
