/* The map of the state: which bytes are which field of which array. */
#include "tape/state.h"

#include <assert.h>
#include <stdlib.h>

/* No struct may have padding: every byte of the state has a name. */
static_assert (sizeof (struct vm_config) == 144, "padding");
static_assert (sizeof (struct vm_counters) == 240, "padding");
static_assert (sizeof (struct vm_cpu) == 88, "padding");
static_assert (sizeof (struct vm_process) == 72, "padding");
static_assert (sizeof (struct vm_mm) == 256, "padding");
static_assert (sizeof (struct vm_region) == 72, "padding");
static_assert (sizeof (struct vm_anon) == 8, "padding");
static_assert (sizeof (struct vm_file) == 96, "padding");
static_assert (sizeof (struct vm_stream) == 48, "padding");
static_assert (sizeof (struct vm_block) == 16, "padding");
static_assert (sizeof (struct vm_exec) == 136, "padding");
static_assert (sizeof (struct vm_heap) == 56, "padding");
static_assert (sizeof (struct vm_segment) == 16, "padding");
static_assert (sizeof (struct vm_gdt) == 16, "padding");
static_assert (sizeof (struct vm_image) == 40, "padding");
static_assert (sizeof (struct vm_window) == 40, "padding");
static_assert (sizeof (struct vm_device) == 104, "padding");
static_assert (sizeof (struct vm_tlb_entry) == 48, "padding");
static_assert (sizeof (struct vm_psc_entry) == 32, "padding");
static_assert (sizeof (struct vm_frame_record) == 32, "padding");
static_assert (sizeof (struct vm_pool_record) == 128, "padding");
static_assert (sizeof (struct vm_pool_frame) == 16, "padding");
static_assert (sizeof (struct vm_pool_rank) == 16, "padding");
static_assert (sizeof (struct vm_pool_slot) == 24, "padding");
static_assert (sizeof (struct vm_pool_ghost) == 24, "padding");
static_assert (sizeof (struct vm_string_entry) == 16, "padding");
static_assert (sizeof (struct vm_pool_course) == 32, "padding");
static_assert (sizeof (struct vm_pool_event) == 16, "padding");
static_assert (sizeof (struct vm_lru_list) == 16, "padding");
static_assert (sizeof (struct vm_frame_link) == 20, "padding");
static_assert (sizeof (struct vm_swap_area) == 40, "padding");
static_assert (sizeof (struct vm_swap_record) == 32, "padding");
static_assert (sizeof (struct vm_pin) == 16, "padding");
static_assert (sizeof (struct vm_reclaim_record) == 40, "padding");
static_assert (sizeof (struct vm_kernel_record) == 48, "padding");
static_assert (sizeof (struct vm_kernel_run) == 16, "padding");
static_assert (sizeof (struct vm_vmalloc) == 32, "padding");
static_assert (sizeof (struct vm_pkmap) == 8, "padding");
static_assert (
    sizeof (struct vm_state)
        == 144 + 240 + 88 * VM_MAX_CPUS + 4 * 4 + 8 + 8
               + (72 + 256 + 40 + 136) * VM_MAX_PROCESSES + 10 * 4 + 8 + 8
               + 72 * VM_MAX_REGIONS + 8 * VM_MAX_ANON_VMAS + 96 * VM_MAX_FILES
               + 4 * VM_CACHE_CHAINS + 16
               + (56 + 8 * VM_HEAP_BIN_ENDS) * VM_MAX_PROCESSES + 4 * VM_ZONES
               + 48 * (VM_MAX_FILES + VM_MAX_OPENS)
               + 4 * VM_MAX_PROCESSES * VM_MAX_FDS + 24 + 16 * VM_FILE_BLOCKS
               + 4 * VM_BLOCK_CHAINS + 16 * VM_MAX_CPUS * VM_SEGMENT_REGISTERS
               + 8 + 40 * VM_MAX_WINDOWS + 104 * VM_MAX_DEVICES
               + 32 * VM_MAX_CPUS * VM_PSC_LEVELS * VM_PSC_WAYS
               + 48 * VM_MAX_CPUS * VM_MAX_TLB_ENTRIES + 8
               + (128 + 32) * VM_MAX_POOLS + 16 * VM_MAX_REFERENCES
               + 16 * VM_MAX_POOLS * VM_MAX_REFERENCES
               + (8 + 16 + 16 + 24 + 24 + 4) * VM_MAX_POOLS * VM_POOL_FRAMES
               + 40 + 16 * VM_LRUS + 40 * VM_MAX_SWAPS + 16 * VM_MAX_PINS
               + (128 + 32) * VM_MAX_PROCESSES + 32 * VM_SWAP_SLOTS
               + 4 * VM_SLOT_CHAINS
               + (8 + 16 + 16 + 24 + 24 + 4) * VM_SET_FRAMES + 48
               + 16 * VM_MAX_KERNEL_RUNS + 32 * VM_MAX_VMALLOCS
               + 8 * VM_MAX_PKMAPS + 4 * VM_MAX_CPUS * (VM_KMAP_DEPTH + 1) + 152
               + 12 * VM_BUDDY_ZONES * VM_BUDDY_ORDERS + 48 * VM_SLAB_CACHES
               + 16 + 4 * VM_GRANT_CHAINS + 32 * VM_MAX_SLABS
               + 40 * VM_MAX_GRANTS + 12 * VM_BUDDY_BLOCKS + 8
               + (80 + 8 * VM_MAX_PROCESSES) * VM_MAX_CPUS
               + (32 + 16 + 16 + 8 * VM_SIGNAL_NUMBERS) * VM_MAX_PROCESSES
               + (20ull + 32ull) * VM_MANAGED_FRAMES
               + 4ull * (VM_ADDRESSABLE_SLOTS + VM_DISK_BLOCKS + VM_FILE_BLOCKS)
               + (4ull + VM_SLOT_SIZE) * VM_MAX_SLOTS,
    "padding");

#define FIELD(type, member)                                                    \
  {                                                                            \
#member, offsetof(struct type, member),                                    \
        sizeof(((struct type *) NULL)->member)                                 \
  }

static const struct vm_field_info config_fields[] = {
    FIELD (vm_config, geometry),
    FIELD (vm_config, frames),
    FIELD (vm_config, tlb_sets),
    FIELD (vm_config, tlb_ways),
    FIELD (vm_config, wp),
    FIELD (vm_config, nx),
    FIELD (vm_config, smep),
    FIELD (vm_config, smap),
    FIELD (vm_config, sum),
    FIELD (vm_config, mxr),
    FIELD (vm_config, set_flags),
    FIELD (vm_config, organised),
    FIELD (vm_config, cpus),
    FIELD (vm_config, kernel_root),
    FIELD (vm_config, itlb_sets),
    FIELD (vm_config, itlb_ways),
    FIELD (vm_config, stlb_sets),
    FIELD (vm_config, stlb_ways),
    FIELD (vm_config, replacement),
    FIELD (vm_config, asids),
    FIELD (vm_config, psc),
    FIELD (vm_config, kpti),
    FIELD (vm_config, shootdown),
    FIELD (vm_config, page_shift),
    FIELD (vm_config, edited),
    FIELD (vm_config, way),
    FIELD (vm_config, cost_tlb),
    FIELD (vm_config, cost_stlb),
    FIELD (vm_config, cost_walk),
    FIELD (vm_config, cost_memory),
    FIELD (vm_config, cost_disk),
    FIELD (vm_config, zones),
    FIELD (vm_config, kernel_half),
    FIELD (vm_config, toy),
    FIELD (vm_config, failing_write),
    FIELD (vm_config, read_ahead),
    FIELD (vm_config, policy),
    FIELD (vm_config, local),
    FIELD (vm_config, swappiness),
    FIELD (vm_config, page_cluster),
    FIELD (vm_config, resident),
    FIELD (vm_config, watermark_min),
    FIELD (vm_config, watermark_low),
    FIELD (vm_config, watermark_high),
    FIELD (vm_config, interval),
    FIELD (vm_config, buddy),
    FIELD (vm_config, seed),
};

static const struct vm_field_info counters_fields[] = {
    FIELD (vm_counters, tick),
    FIELD (vm_counters, tlb_hits),
    FIELD (vm_counters, tlb_misses),
    FIELD (vm_counters, walks),
    FIELD (vm_counters, entry_reads),
    FIELD (vm_counters, faults),
    FIELD (vm_counters, memory_accesses),
    FIELD (vm_counters, itlb_hits),
    FIELD (vm_counters, itlb_misses),
    FIELD (vm_counters, stlb_hits),
    FIELD (vm_counters, stlb_misses),
    FIELD (vm_counters, psc_hits),
    FIELD (vm_counters, interrupts),
    FIELD (vm_counters, disk_reads),
    FIELD (vm_counters, disk_writes),
    FIELD (vm_counters, readaheads),
    FIELD (vm_counters, writebacks),
    FIELD (vm_counters, write_errors),
    FIELD (vm_counters, copies),
    FIELD (vm_counters, copied_bytes),
    FIELD (vm_counters, swap_in),
    FIELD (vm_counters, swap_out),
    FIELD (vm_counters, kswapd_runs),
    FIELD (vm_counters, direct_runs),
    FIELD (vm_counters, scanned),
    FIELD (vm_counters, reclaimed),
    FIELD (vm_counters, refaults),
    FIELD (vm_counters, oom_kills),
    FIELD (vm_counters, swap_ra),
    FIELD (vm_counters, swap_ra_hits),
};

static const struct vm_field_info cpu_fields[] = {
    FIELD (vm_cpu, cr2),
    FIELD (vm_cpu, cr3),
    FIELD (vm_cpu, root_high),
    {"pdpte0", offsetof (struct vm_cpu, pdpte), 8},
    {"pdpte1", offsetof (struct vm_cpu, pdpte) + 8, 8},
    {"pdpte2", offsetof (struct vm_cpu, pdpte) + 16, 8},
    {"pdpte3", offsetof (struct vm_cpu, pdpte) + 24, 8},
    FIELD (vm_cpu, base),
    FIELD (vm_cpu, limit),
    FIELD (vm_cpu, process),
    FIELD (vm_cpu, mode),
    FIELD (vm_cpu, asid),
    FIELD (vm_cpu, reserved),
};

static const struct vm_field_info process_fields[] = {
    FIELD (vm_process, name),         FIELD (vm_process, pid),
    FIELD (vm_process, mm),           FIELD (vm_process, parent),
    FIELD (vm_process, state),        FIELD (vm_process, signal),
    FIELD (vm_process, status),       FIELD (vm_process, children),
    FIELD (vm_process, minor_faults), FIELD (vm_process, major_faults),
    FIELD (vm_process, cow_copies),   FIELD (vm_process, cow_reuses),
    FIELD (vm_process, zero_maps),    FIELD (vm_process, oom_adjust),
    FIELD (vm_process, reserved),
};

static const struct vm_field_info mm_fields[] = {
    FIELD (vm_mm, root),         FIELD (vm_mm, tables),
    FIELD (vm_mm, user_root),    FIELD (vm_mm, behind),
    FIELD (vm_mm, users),        FIELD (vm_mm, tree),
    FIELD (vm_mm, regions),      FIELD (vm_mm, managed),
    FIELD (vm_mm, task_size),    FIELD (vm_mm, mmap_base),
    FIELD (vm_mm, start_code),   FIELD (vm_mm, end_code),
    FIELD (vm_mm, start_data),   FIELD (vm_mm, end_data),
    FIELD (vm_mm, start_brk),    FIELD (vm_mm, brk),
    FIELD (vm_mm, start_stack),  FIELD (vm_mm, arg_start),
    FIELD (vm_mm, arg_end),      FIELD (vm_mm, env_start),
    FIELD (vm_mm, env_end),      FIELD (vm_mm, total_vm),
    FIELD (vm_mm, locked_vm),    FIELD (vm_mm, pinned_vm),
    FIELD (vm_mm, data_vm),      FIELD (vm_mm, exec_vm),
    FIELD (vm_mm, stack_vm),     FIELD (vm_mm, rss_anon),
    FIELD (vm_mm, rss_file),     FIELD (vm_mm, rss_shmem),
    FIELD (vm_mm, committed),    FIELD (vm_mm, stack_limit),
    FIELD (vm_mm, memory_limit), FIELD (vm_mm, swapped),
    FIELD (vm_mm, lock_limit),   FIELD (vm_mm, flags),
    FIELD (vm_mm, reserved),
};

static const struct vm_field_info region_fields[] = {
    FIELD (vm_region, start),         FIELD (vm_region, end),
    FIELD (vm_region, offset),        FIELD (vm_region, mm),
    FIELD (vm_region, flags),         FIELD (vm_region, file),
    FIELD (vm_region, anon),          FIELD (vm_region, left),
    FIELD (vm_region, right),         FIELD (vm_region, parent),
    FIELD (vm_region, red),           FIELD (vm_region, file_next),
    FIELD (vm_region, file_previous), FIELD (vm_region, anon_next),
    FIELD (vm_region, anon_previous),
};

static const struct vm_field_info anon_fields[] = {
    FIELD (vm_anon, first),
    FIELD (vm_anon, regions),
};

static const struct vm_field_info file_fields[] = {
    FIELD (vm_file, size),     FIELD (vm_file, on_disk),
    FIELD (vm_file, promised), FIELD (vm_file, name),
    FIELD (vm_file, kind),     FIELD (vm_file, first),
    FIELD (vm_file, regions),  FIELD (vm_file, pages),
    FIELD (vm_file, seed),     FIELD (vm_file, dirtied),
    FIELD (vm_file, dirty),    FIELD (vm_file, blocks),
    FIELD (vm_file, errors),   FIELD (vm_file, opens),
    FIELD (vm_file, origin),   FIELD (vm_file, unlinked),
    FIELD (vm_file, content),  FIELD (vm_file, path),
    FIELD (vm_file, swapped),  FIELD (vm_file, reserved),
};

static const struct vm_field_info stream_fields[] = {
    FIELD (vm_stream, position), FIELD (vm_stream, previous),
    FIELD (vm_stream, file),     FIELD (vm_stream, users),
    FIELD (vm_stream, start),    FIELD (vm_stream, size),
    FIELD (vm_stream, async),    FIELD (vm_stream, misses),
    FIELD (vm_stream, errors),   FIELD (vm_stream, reserved),
};

static const struct vm_field_info block_fields[] = {
    FIELD (vm_block, file),
    FIELD (vm_block, next),
    FIELD (vm_block, page),
};

static const struct vm_field_info exec_fields[] = {
    FIELD (vm_exec, file),    FIELD (vm_exec, interpreter),
    FIELD (vm_exec, flags),   FIELD (vm_exec, argc),
    FIELD (vm_exec, envc),    FIELD (vm_exec, auxc),
    FIELD (vm_exec, bias),    FIELD (vm_exec, entry),
    FIELD (vm_exec, linker),  FIELD (vm_exec, start),
    FIELD (vm_exec, headers), FIELD (vm_exec, stack_end),
    FIELD (vm_exec, execfn),  FIELD (vm_exec, platform),
    FIELD (vm_exec, random),  FIELD (vm_exec, argv),
    FIELD (vm_exec, envp),    FIELD (vm_exec, auxv),
    FIELD (vm_exec, vdso),    FIELD (vm_exec, libraries),
    FIELD (vm_exec, kernel),
};

static const struct vm_field_info image_fields[] = {
    FIELD (vm_image, base),       FIELD (vm_image, size),
    FIELD (vm_image, linked),     FIELD (vm_image, references),
    FIELD (vm_image, block),      FIELD (vm_image, blocks),
    FIELD (vm_image, place),      FIELD (vm_image, reserved),
    FIELD (vm_image, reserved16),
};

static const struct vm_field_info heap_fields[] = {
    FIELD (vm_heap, top),
    FIELD (vm_heap, cache),
    FIELD (vm_heap, last_remainder),
    FIELD (vm_heap, mmap_threshold),
    FIELD (vm_heap, trim_threshold),
    FIELD (vm_heap, mmaps),
    FIELD (vm_heap, has_fast),
    FIELD (vm_heap, scattered),
    FIELD (vm_heap, reserved),
};

static const struct vm_field_info window_fields[] = {
    FIELD (vm_window, first),    FIELD (vm_window, last),
    FIELD (vm_window, name),     FIELD (vm_window, device),
    FIELD (vm_window, space),    FIELD (vm_window, kind),
    FIELD (vm_window, reserved), FIELD (vm_window, reserved32),
    FIELD (vm_window, origin),
};

static const struct vm_field_info device_fields[] = {
    FIELD (vm_device, name),
    FIELD (vm_device, domain),
    FIELD (vm_device, reads),
    FIELD (vm_device, writes),
    FIELD (vm_device, written),
    FIELD (vm_device, written_at),
    {"in0", offsetof (struct vm_device, in) + 0, 8},
    {"in1", offsetof (struct vm_device, in) + 8, 8},
    {"in2", offsetof (struct vm_device, in) + 16, 8},
    {"in3", offsetof (struct vm_device, in) + 24, 8},
    {"in4", offsetof (struct vm_device, in) + 32, 8},
    {"in5", offsetof (struct vm_device, in) + 40, 8},
    {"in6", offsetof (struct vm_device, in) + 48, 8},
    {"in7", offsetof (struct vm_device, in) + 56, 8},
};

static const struct vm_field_info tlb_fields[] = {
    FIELD (vm_tlb_entry, page),
    FIELD (vm_tlb_entry, frame),
    FIELD (vm_tlb_entry, used),
    FIELD (vm_tlb_entry, entry),
    FIELD (vm_tlb_entry, valid),
    FIELD (vm_tlb_entry, shift),
    FIELD (vm_tlb_entry, readable),
    FIELD (vm_tlb_entry, writable),
    FIELD (vm_tlb_entry, user),
    FIELD (vm_tlb_entry, no_execute),
    FIELD (vm_tlb_entry, kernel_no_execute),
    FIELD (vm_tlb_entry, dirty),
    FIELD (vm_tlb_entry, global),
    FIELD (vm_tlb_entry, level),
    FIELD (vm_tlb_entry, asid),
    FIELD (vm_tlb_entry, let_pass),
    FIELD (vm_tlb_entry, tree),
    FIELD (vm_tlb_entry, stale),
    FIELD (vm_tlb_entry, reserved),
};

static const struct vm_field_info segment_fields[] = {
    FIELD (vm_segment, base),     FIELD (vm_segment, limit),
    FIELD (vm_segment, selector), FIELD (vm_segment, rights),
    FIELD (vm_segment, big),
};

static const struct vm_field_info gdt_fields[] = {
    FIELD (vm_gdt, base),
    FIELD (vm_gdt, limit),
    FIELD (vm_gdt, on),
};

static const struct vm_field_info psc_fields[] = {
    FIELD (vm_psc_entry, prefix),     FIELD (vm_psc_entry, table),
    FIELD (vm_psc_entry, used),       FIELD (vm_psc_entry, asid),
    FIELD (vm_psc_entry, valid),      FIELD (vm_psc_entry, rights),
    FIELD (vm_psc_entry, global),     FIELD (vm_psc_entry, stale),
    FIELD (vm_psc_entry, reserved16),
};

static const struct vm_field_info frame_fields[] = {
    FIELD (vm_frame_record, refs),    FIELD (vm_frame_record, owner),
    FIELD (vm_frame_record, role),    FIELD (vm_frame_record, level),
    FIELD (vm_frame_record, flags),   FIELD (vm_frame_record, index),
    FIELD (vm_frame_record, mapping), FIELD (vm_frame_record, next),
    FIELD (vm_frame_record, offset),
};

#define LIST_FIELDS(name, member)                                              \
  {name "-newest", offsetof (struct vm_pool_record, member.newest), 4},        \
      {name "-oldest", offsetof (struct vm_pool_record, member.oldest), 4},    \
  {                                                                            \
    name "-size", offsetof (struct vm_pool_record, member.size), 4             \
  }

static const struct vm_field_info pool_fields[] = {
    FIELD (vm_pool_record, random),
    FIELD (vm_pool_record, tick),
    FIELD (vm_pool_record, policy),
    FIELD (vm_pool_record, name),
    FIELD (vm_pool_record, frames),
    FIELD (vm_pool_record, used),
    FIELD (vm_pool_record, lowest),
    FIELD (vm_pool_record, hand),
    FIELD (vm_pool_record, target),
    FIELD (vm_pool_record, interval),
    FIELD (vm_pool_record, ghosts),
    FIELD (vm_pool_record, buckets),
    LIST_FIELDS ("list0", lists[0]),
    LIST_FIELDS ("list1", lists[1]),
    LIST_FIELDS ("ghosts0", ghost_lists[0]),
    LIST_FIELDS ("ghosts1", ghost_lists[1]),
    FIELD (vm_pool_record, ghost_free),
    FIELD (vm_pool_record, ghost_left),
    FIELD (vm_pool_record, pending),
    FIELD (vm_pool_record, heaped),
    FIELD (vm_pool_record, due),
    FIELD (vm_pool_record, reserved),
};

static const struct vm_field_info pool_frame_fields[] = {
    FIELD (vm_pool_frame, older),    FIELD (vm_pool_frame, newer),
    FIELD (vm_pool_frame, used),     FIELD (vm_pool_frame, referenced),
    FIELD (vm_pool_frame, dirty),    FIELD (vm_pool_frame, pinned),
    FIELD (vm_pool_frame, list),     FIELD (vm_pool_frame, count),
    FIELD (vm_pool_frame, reserved),
};

static const struct vm_field_info pool_rank_fields[] = {
    FIELD (vm_pool_rank, key),
    FIELD (vm_pool_rank, tie),
};

static const struct vm_field_info pool_slot_fields[] = {
    {"key", offsetof (struct vm_pool_slot, rank.key), 8},
    {"tie", offsetof (struct vm_pool_slot, rank.tie), 8},
    FIELD (vm_pool_slot, frame),
    FIELD (vm_pool_slot, position),
};

static const struct vm_field_info pool_ghost_fields[] = {
    FIELD (vm_pool_ghost, page),  FIELD (vm_pool_ghost, older),
    FIELD (vm_pool_ghost, newer), FIELD (vm_pool_ghost, chain),
    FIELD (vm_pool_ghost, list),
};

static const struct vm_field_info pool_course_fields[] = {
    FIELD (vm_pool_course, hits),       FIELD (vm_pool_course, faults),
    FIELD (vm_pool_course, writebacks), FIELD (vm_pool_course, position),
    FIELD (vm_pool_course, reserved),
};

static const struct vm_field_info string_fields[] = {
    FIELD (vm_string_entry, page),       FIELD (vm_string_entry, next),
    FIELD (vm_string_entry, write),      FIELD (vm_string_entry, reserved),
    FIELD (vm_string_entry, reserved16),
};

static const struct vm_field_info pool_event_fields[] = {
    FIELD (vm_pool_event, victim),   FIELD (vm_pool_event, frame),
    FIELD (vm_pool_event, outcome),  FIELD (vm_pool_event, written),
    FIELD (vm_pool_event, reserved),
};

static const struct vm_field_info list_fields[] = {
    FIELD (vm_lru_list, newest),
    FIELD (vm_lru_list, oldest),
    FIELD (vm_lru_list, size),
    FIELD (vm_lru_list, reserved),
};

static const struct vm_field_info link_fields[] = {
    FIELD (vm_frame_link, older),    FIELD (vm_frame_link, newer),
    FIELD (vm_frame_link, slot),     FIELD (vm_frame_link, pins),
    FIELD (vm_frame_link, list),     FIELD (vm_frame_link, referenced),
    FIELD (vm_frame_link, reserved),
};

static const struct vm_field_info area_fields[] = {
    FIELD (vm_swap_area, first),    FIELD (vm_swap_area, slots),
    FIELD (vm_swap_area, used),     FIELD (vm_swap_area, next),
    FIELD (vm_swap_area, block),    FIELD (vm_swap_area, writes),
    FIELD (vm_swap_area, fails),    FIELD (vm_swap_area, closed),
    FIELD (vm_swap_area, priority), FIELD (vm_swap_area, turn),
};

static const struct vm_field_info swap_fields[] = {
    FIELD (vm_swap_record, count),    FIELD (vm_swap_record, frame),
    FIELD (vm_swap_record, shadow),   FIELD (vm_swap_record, file),
    FIELD (vm_swap_record, page),     FIELD (vm_swap_record, next),
    FIELD (vm_swap_record, reserved),
};

static const struct vm_field_info pin_fields[] = {
    FIELD (vm_pin, va),
    FIELD (vm_pin, mm),
    FIELD (vm_pin, frame),
};

static const struct vm_field_info reclaim_fields[] = {
    FIELD (vm_reclaim_record, evictions),
    FIELD (vm_reclaim_record, how),
    FIELD (vm_reclaim_record, turn),
    FIELD (vm_reclaim_record, failures),
    FIELD (vm_reclaim_record, pins),
    FIELD (vm_reclaim_record, ahead_offset),
    FIELD (vm_reclaim_record, ahead_size),
    FIELD (vm_reclaim_record, ahead_hits),
    FIELD (vm_reclaim_record, reserved),
};

static const struct vm_field_info kernel_fields[] = {
    FIELD (vm_kernel_record, seed),
    FIELD (vm_kernel_record, version),
    FIELD (vm_kernel_record, on),
    FIELD (vm_kernel_record, random),
    FIELD (vm_kernel_record, leaf),
    FIELD (vm_kernel_record, lazy),
    FIELD (vm_kernel_record, user_root),
    FIELD (vm_kernel_record, runs),
    FIELD (vm_kernel_record, vmalloc_first),
    FIELD (vm_kernel_record, vmallocs),
    FIELD (vm_kernel_record, vmalloc_pages),
    FIELD (vm_kernel_record, pkmap_last),
    FIELD (vm_kernel_record, pkmap_flushes),
    FIELD (vm_kernel_record, synced),
};

static const struct vm_field_info kernel_run_fields[] = {
    FIELD (vm_kernel_run, first),
    FIELD (vm_kernel_run, count),
    FIELD (vm_kernel_run, area),
    FIELD (vm_kernel_run, reserved),
};

static const struct vm_field_info vmalloc_fields[] = {
    FIELD (vm_vmalloc, va),    FIELD (vm_vmalloc, bytes),
    FIELD (vm_vmalloc, pages), FIELD (vm_vmalloc, next),
    FIELD (vm_vmalloc, owner), FIELD (vm_vmalloc, leaked),
};

static const struct vm_field_info pkmap_fields[] = {
    FIELD (vm_pkmap, frame),
    FIELD (vm_pkmap, count),
};

static const struct vm_field_info buddy_block_fields[] = {
    FIELD (vm_buddy_block, next),
    FIELD (vm_buddy_block, previous),
    FIELD (vm_buddy_block, free),
};

static const struct vm_field_info buddy_list_fields[] = {
    FIELD (vm_buddy_list, first),
    FIELD (vm_buddy_list, last),
    FIELD (vm_buddy_list, blocks),
};

#define TAKEN(order)                                                           \
  {                                                                            \
    "taken" #order, offsetof (struct vm_buddy_counts, taken) + 8 * order, 8    \
  }

static const struct vm_field_info buddy_counts_fields[] = {
    FIELD (vm_buddy_counts, splits),
    FIELD (vm_buddy_counts, merges),
    FIELD (vm_buddy_counts, fallbacks),
    FIELD (vm_buddy_counts, refused),
    FIELD (vm_buddy_counts, bad_frees),
    FIELD (vm_buddy_counts, leaked),
    FIELD (vm_buddy_counts, leaked_bytes),
    FIELD (vm_buddy_counts, huge_splits),
    TAKEN (0),
    TAKEN (1),
    TAKEN (2),
    TAKEN (3),
    TAKEN (4),
    TAKEN (5),
    TAKEN (6),
    TAKEN (7),
    TAKEN (8),
    TAKEN (9),
    TAKEN (10),
};

static const struct vm_field_info slab_cache_fields[] = {
    FIELD (vm_slab_cache, size),    FIELD (vm_slab_cache, order),
    FIELD (vm_slab_cache, objects), FIELD (vm_slab_cache, active),
    FIELD (vm_slab_cache, first),   FIELD (vm_slab_cache, last),
    FIELD (vm_slab_cache, partial), FIELD (vm_slab_cache, slabs),
    FIELD (vm_slab_cache, used),    FIELD (vm_slab_cache, asked),
};

static const struct vm_field_info slab_fields[] = {
    FIELD (vm_slab_record, free),   FIELD (vm_slab_record, frame),
    FIELD (vm_slab_record, cache),  FIELD (vm_slab_record, used),
    FIELD (vm_slab_record, next),   FIELD (vm_slab_record, previous),
    FIELD (vm_slab_record, listed),
};

static const struct vm_field_info grant_fields[] = {
    FIELD (vm_grant, address), FIELD (vm_grant, asked),
    FIELD (vm_grant, module),  FIELD (vm_grant, kind),
    FIELD (vm_grant, order),   FIELD (vm_grant, next),
    FIELD (vm_grant, leaked),  FIELD (vm_grant, reserved),
};

static const struct vm_field_info run_fields[] = {
    FIELD (vm_cpu_run, lazy),       FIELD (vm_cpu_run, reserved),
    FIELD (vm_cpu_run, switches),   FIELD (vm_cpu_run, root_writes),
    FIELD (vm_cpu_run, same_space), FIELD (vm_cpu_run, lazy_switches),
    FIELD (vm_cpu_run, flushes),    FIELD (vm_cpu_run, avoided),
    FIELD (vm_cpu_run, skipped),    FIELD (vm_cpu_run, late),
    FIELD (vm_cpu_run, left),
};

static const struct vm_field_info task_fields[] = {
    FIELD (vm_task, group),   FIELD (vm_task, files),   FIELD (vm_task, fs),
    FIELD (vm_task, sighand), FIELD (vm_task, active),  FIELD (vm_task, waiter),
    FIELD (vm_task, flags),   FIELD (vm_task, threads),
};

static const struct vm_field_info share_fields[] = {
    FIELD (vm_shares, files),
    FIELD (vm_shares, fs),
    FIELD (vm_shares, sighand),
    FIELD (vm_shares, folder),
};

static const struct vm_field_info mm_use_fields[] = {
    FIELD (vm_mm_use, generation),
    FIELD (vm_mm_use, borrowers),
    FIELD (vm_mm_use, reserved),
};

/* An array of plain numbers has one field, the element itself. */
static const struct vm_field_info u32_field[] = {{"value", 0, 4}};
static const struct vm_field_info u64_field[] = {{"value", 0, 8}};
static const struct vm_field_info page_field[] = {{"page", 0, VM_SLOT_SIZE}};

#define COUNT(fields) (sizeof fields / sizeof fields[0])
#define ONE(member, fields)                                                    \
  {                                                                            \
#member, offsetof(struct vm_state, member),                                \
        sizeof(((struct vm_state *) NULL)->member), 1, fields, COUNT(fields)   \
  }
#define MANY(member, fields)                                                   \
  {                                                                            \
#member, offsetof(struct vm_state, member),                                \
        sizeof(((struct vm_state *) NULL)->member[0]),                         \
        COUNT(((struct vm_state *) NULL)->member), fields, COUNT(fields)       \
  }

static const struct vm_array_info arrays[] = {
    ONE (config, config_fields),
    ONE (counters, counters_fields),
    MANY (cpus, cpu_fields),
    ONE (process_count, u32_field),
    ONE (free_hint, u32_field),
    ONE (free_count, u32_field),
    ONE (slot_count, u32_field),
    ONE (tlb_shifts, u64_field),
    ONE (random, u64_field),
    MANY (processes, process_fields),
    MANY (mms, mm_fields),
    ONE (next_pid, u32_field),
    ONE (zero_frame, u32_field),
    ONE (region_end, u32_field),
    ONE (region_free, u32_field),
    ONE (anon_end, u32_field),
    ONE (anon_free, u32_field),
    ONE (file_end, u32_field),
    ONE (overcommit, u32_field),
    ONE (overcommit_ratio, u32_field),
    ONE (disk_used, u32_field),
    ONE (committed, u64_field),
    ONE (content_pages, u64_field),
    MANY (regions, region_fields),
    MANY (anons, anon_fields),
    MANY (files, file_fields),
    MANY (execs, exec_fields),
    MANY (cache, u32_field),
    MANY (heaps, heap_fields),
    MANY (heap_bins, u64_field),
    MANY (zone_hints, u32_field),
    MANY (streams, stream_fields),
    MANY (fds, u32_field),
    ONE (seconds, u64_field),
    ONE (dirty_pages, u32_field),
    ONE (file_blocks, u32_field),
    ONE (block_end, u32_field),
    ONE (block_free, u32_field),
    MANY (blocks, block_fields),
    MANY (block_chains, u32_field),
    ONE (gdt, gdt_fields),
    MANY (segments, segment_fields),
    MANY (images, image_fields),
    ONE (window_count, u32_field),
    ONE (device_count, u32_field),
    MANY (windows, window_fields),
    MANY (devices, device_fields),
    MANY (psc, psc_fields),
    MANY (tlb, tlb_fields),
    ONE (pool_count, u32_field),
    ONE (string_count, u32_field),
    MANY (pools, pool_fields),
    MANY (pool_courses, pool_course_fields),
    MANY (string, string_fields),
    MANY (pool_events, pool_event_fields),
    MANY (pool_pages, u64_field),
    MANY (pool_frames, pool_frame_fields),
    MANY (pool_ranks, pool_rank_fields),
    MANY (pool_heap, pool_slot_fields),
    MANY (pool_ghosts, pool_ghost_fields),
    MANY (pool_buckets, u32_field),
    ONE (reclaim, reclaim_fields),
    MANY (lists, list_fields),
    MANY (areas, area_fields),
    MANY (pins, pin_fields),
    MANY (sets, pool_fields),
    MANY (set_courses, pool_course_fields),
    MANY (slots, swap_fields),
    MANY (slot_chains, u32_field),
    MANY (set_pages, u64_field),
    MANY (set_frames, pool_frame_fields),
    MANY (set_ranks, pool_rank_fields),
    MANY (set_heap, pool_slot_fields),
    MANY (set_ghosts, pool_ghost_fields),
    MANY (set_buckets, u32_field),
    ONE (kernel, kernel_fields),
    MANY (kernel_runs, kernel_run_fields),
    MANY (vmallocs, vmalloc_fields),
    MANY (pkmaps, pkmap_fields),
    MANY (kmap_slots, u32_field),
    MANY (kmap_depth, u32_field),
    ONE (buddy_counts, buddy_counts_fields),
    MANY (buddy_lists, buddy_list_fields),
    MANY (caches, slab_cache_fields),
    ONE (slab_end, u32_field),
    ONE (slab_free, u32_field),
    ONE (grant_end, u32_field),
    ONE (grant_free, u32_field),
    MANY (grant_chains, u32_field),
    MANY (slabs, slab_fields),
    MANY (grants, grant_fields),
    MANY (buddy_blocks, buddy_block_fields),
    ONE (kernel_threads, u32_field),
    ONE (reserved, u32_field),
    MANY (runs, run_fields),
    MANY (tasks, task_fields),
    MANY (shares, share_fields),
    MANY (mm_uses, mm_use_fields),
    MANY (handlers, u64_field),
    MANY (seen, u64_field),
    MANY (links, link_fields),
    MANY (frames, frame_fields),
    MANY (slot_of, u32_field),
    MANY (slot_frame, u32_field),
    MANY (bytes, page_field),
};

const struct vm_array_info *
vm_state_arrays (uint32_t *count)
{
  *count = COUNT (arrays);
  return arrays;
}

static const struct vm_field_info *
find_field (const struct vm_array_info *array, uint32_t offset)
{
  for (uint32_t i = 0; i < array->field_count; i++) {
    const struct vm_field_info *field = &array->fields[i];
    if (offset >= field->offset && offset < field->offset + field->width)
      return field;
  }
  return NULL;
}

bool
vm_place_describe (uint32_t place, struct vm_place_info *info)
{
  for (size_t i = 0; i < COUNT (arrays); i++) {
    const struct vm_array_info *array = &arrays[i];
    uint64_t end = array->offset + (uint64_t) array->stride * array->count;
    if (place < array->offset || place >= end)
      continue;

    uint32_t inside = place - array->offset;
    info->array = array;
    info->index = inside / array->stride;
    info->field = find_field (array, inside % array->stride);
    return info->field != NULL;
  }
  return false;
}

struct vm_state *
vm_state_new (void)
{
  /* The host hands out zeroed pages one by one, as they are touched. */
  return calloc (1, sizeof (struct vm_state));
}

void
vm_state_free (struct vm_state *state)
{
  free (state);
}
