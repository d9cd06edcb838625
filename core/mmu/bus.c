/* The physical address map: who answers at a physical address. */
#include "mmu/bus.h"

#define KIB(n) (UINT64_C (1024) * (n))
#define MIB(n) (KIB (1024) * (n))
#define GIB(n) (MIB (1024) * (n))

const char *
vm_bus_name (enum vm_known_name name)
{
  static const char *const names[VM_NAME_KNOWN_END - VM_NAME_KNOWN]
      = {"low-memory", "video",    "option-roms", "bios",        "memory",
         "hole",       "io-apic",  "local-apic",  "high-memory", "pic",
         "timer",      "keyboard", "serial"};

  return names[name - VM_NAME_KNOWN];
}

uint32_t
vm_bus_window_at (const struct vm_state *s, enum vm_space space,
                  uint64_t address)
{
  for (uint32_t i = 0; i < s->window_count; i++) {
    const struct vm_window *w = &s->windows[i];
    if (w->space == space && address >= w->first && address <= w->last)
      return i;
  }
  return VM_NONE;
}

bool
vm_bus_has_map (const struct vm_state *s, enum vm_space space)
{
  for (uint32_t i = 0; i < s->window_count; i++)
    if (s->windows[i].space == space)
      return true;
  return false;
}

bool
vm_bus_is_reserved (const struct vm_state *s, uint32_t frame)
{
  uint32_t shift = s->config.page_shift;
  uint64_t first = (uint64_t) frame << shift;
  uint64_t last = first + (UINT64_C (1) << shift) - 1;

  if (frame == 0 || !vm_bus_has_map (s, VM_SPACE_MEMORY))
    return false;
  uint32_t i = vm_bus_window_at (s, VM_SPACE_MEMORY, first);
  return i == VM_NONE || s->windows[i].kind != VM_WINDOW_RAM
         || s->windows[i].last < last;
}

uint32_t
vm_bus_device_named (const struct vm_state *s, uint32_t name)
{
  for (uint32_t i = 0; i < s->device_count; i++)
    if (s->devices[i].name == name)
      return i;
  return VM_NONE;
}

/* The list on its way to another. */
struct list {
  struct vm_window windows[VM_MAX_WINDOWS + 2];
  uint32_t count;
};

static bool
is_before (const struct vm_window *a, const struct vm_window *b)
{
  return a->space != b->space ? a->space < b->space : a->first < b->first;
}

/* Inserts in order. */
static void
insert (struct list *list, struct vm_window window)
{
  uint32_t i = list->count++;

  for (; i > 0 && is_before (&window, &list->windows[i - 1]); i--)
    list->windows[i] = list->windows[i - 1];
  list->windows[i] = window;
}

/* What of an old window a new one leaves. */
static void
insert_rest (struct list *list, const struct vm_window *old,
             const struct vm_window *new)
{
  struct vm_window left = *old, right = *old;

  if (old->space != new->space || old->last < new->first
      || old->first > new->last) {
    insert (list, *old);
    return;
  }
  left.last = new->first - 1;
  if (old->first < new->first)
    insert (list, left);
  right.first = new->last + 1;
  if (old->last > new->last)
    insert (list, right);
}

static void
put_window (struct vm_tape *t, const struct vm_window *at,
            const struct vm_window *w)
{
  if (memcmp (at, w, sizeof *w) == 0)
    return;
  vm_put_u64 (t, &at->first, w->first);
  vm_put_u64 (t, &at->last, w->last);
  vm_put_u32 (t, &at->name, w->name);
  vm_put_u32 (t, &at->device, w->device);
  vm_put_u8 (t, &at->space, w->space);
  vm_put_u8 (t, &at->kind, w->kind);
  vm_put_u64 (t, &at->origin, w->origin);
}

static void
put_list (struct vm_tape *t, const struct vm_state *s, const struct list *list)
{
  static const struct vm_window empty;

  for (uint32_t i = 0; i < list->count; i++)
    put_window (t, &s->windows[i], &list->windows[i]);
  for (uint32_t i = list->count; i < s->window_count; i++)
    put_window (t, &s->windows[i], &empty);
  if (s->window_count != list->count)
    vm_put_u32 (t, &s->window_count, list->count);
}

/* The device that a window leads to, made with its first one. */
static bool
find_device (struct vm_tape *t, const struct vm_state *s,
             struct vm_window *window, struct vm_error *error)
{
  window->device = VM_NONE;
  if (window->kind != VM_WINDOW_DEVICE)
    return true;
  window->device = vm_bus_device_named (s, window->name);
  if (window->device != VM_NONE)
    return true;
  if (s->device_count == VM_MAX_DEVICES) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "device", 0, 0,
                        VM_MAX_DEVICES);
    return false;
  }
  window->device = s->device_count;
  vm_put_u32 (t, &s->devices[s->device_count].name, window->name);
  vm_put_u32 (t, &s->devices[s->device_count].domain, VM_NONE);
  vm_put_u32 (t, &s->device_count, s->device_count + 1);
  return true;
}

static bool
put_over (struct vm_tape *t, const struct vm_state *s, struct vm_window window,
          struct vm_error *error)
{
  struct list list = {.count = 0};

  vm_step_begin (t, VM_STEP_WINDOW,
                 (uint64_t[VM_STEP_VALUES]){window.first, window.last,
                                            window.name, window.kind,
                                            window.space});
  window.origin = window.first;
  if (!find_device (t, s, &window, error))
    return false;
  for (uint32_t i = 0; i < s->window_count; i++)
    insert_rest (&list, &s->windows[i], &window);
  insert (&list, window);
  if (list.count > VM_MAX_WINDOWS) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "window", 0, 0,
                        VM_MAX_WINDOWS);
    return false;
  }
  put_list (t, s, &list);
  vm_step_end (t);
  return true;
}

/* Until the first window all of memory= was RAM; it stays so beside it. */
static bool
begin_map (struct vm_tape *t, const struct vm_state *s, struct vm_error *error)
{
  uint64_t memory = (uint64_t) s->config.frames << s->config.page_shift;

  if (vm_bus_has_map (s, VM_SPACE_MEMORY))
    return true;
  return put_over (t, s,
                   (struct vm_window){.last = memory - 1,
                                      .name = VM_NAME_MEMORY,
                                      .space = VM_SPACE_MEMORY,
                                      .kind = VM_WINDOW_RAM},
                   error);
}

/* Takes a frame that is no RAM from the allocator, or gives it back. */
static void
reserve (struct vm_tape *t, const struct vm_frame_record *record, bool reserved)
{
  vm_put_u8 (t, &record->role, reserved ? VM_FRAME_KERNEL : VM_FRAME_FREE);
  vm_put_u16 (t, &record->flags, reserved ? VM_FRAME_RESERVED : 0);
  vm_put_u32 (t, &record->refs, reserved ? 1 : 0);
  vm_put_u32 (t, &record->owner, reserved ? VM_NONE : 0);
}

/* Whoever looks for a free frame must look from this one on. */
static void
lower_hints (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (s->free_hint > frame)
    vm_put_u32 (t, &s->free_hint, frame);
  for (uint32_t zone = 0; zone < VM_ZONES; zone++)
    if (s->zone_hints[zone] > frame)
      vm_put_u32 (t, &s->zone_hints[zone], frame);
}

/* The same for all frames of which the map says something else now. */
static bool
reserve_frames (struct vm_tape *t, const struct vm_state *s,
                struct vm_error *error)
{
  uint32_t free = s->free_count;

  for (uint32_t f = 1; f < s->config.frames && !vm_tape_failed (t); f++) {
    const struct vm_frame_record *record = &s->frames[f];
    bool reserved = vm_bus_is_reserved (s, f);
    if (reserved == ((record->flags & VM_FRAME_RESERVED) != 0))
      continue;
    if (reserved ? record->role != VM_FRAME_FREE : record->refs != 1) {
      vm_error_set_range (error, VM_ERROR_IN_USE, "start",
                          (uint64_t) f << s->config.page_shift, 0, 0);
      return false;
    }
    reserve (t, record, reserved);
    free = reserved ? free - 1 : free + 1;
    if (!reserved)
      lower_hints (t, s, f);
  }
  if (free != s->free_count)
    vm_put_u32 (t, &s->free_count, free);
  return true;
}

bool
vm_bus_add (struct vm_tape *t, const struct vm_state *s,
            struct vm_window window, struct vm_error *error)
{
  if (window.space == VM_SPACE_MEMORY && !begin_map (t, s, error))
    return false;
  return put_over (t, s, window, error)
         && (window.space != VM_SPACE_MEMORY || reserve_frames (t, s, error));
}

/* What a PC has whatever its memory is. */
static const struct {
  uint64_t first, last;
  enum vm_known_name name;
  enum vm_space space;
  enum vm_window_kind kind;
} pc_windows[] = {
    {0x000a0000, 0x000bffff, VM_NAME_VIDEO, VM_SPACE_MEMORY, VM_WINDOW_DEVICE},
    {0x000c0000, 0x000effff, VM_NAME_OPTION_ROMS, VM_SPACE_MEMORY,
     VM_WINDOW_ROM},
    {0x000f0000, 0x000fffff, VM_NAME_BIOS, VM_SPACE_MEMORY, VM_WINDOW_ROM},
    {0xfec00000, 0xfec00fff, VM_NAME_IO_APIC, VM_SPACE_MEMORY,
     VM_WINDOW_DEVICE},
    {0xfee00000, 0xfee00fff, VM_NAME_LOCAL_APIC, VM_SPACE_MEMORY,
     VM_WINDOW_DEVICE},
    {0xffff0000, 0xffffffff, VM_NAME_BIOS, VM_SPACE_MEMORY, VM_WINDOW_ROM},
    {0x20, 0x21, VM_NAME_PIC, VM_SPACE_PORTS, VM_WINDOW_DEVICE},
    {0x40, 0x43, VM_NAME_TIMER, VM_SPACE_PORTS, VM_WINDOW_DEVICE},
    {0x60, 0x64, VM_NAME_KEYBOARD, VM_SPACE_PORTS, VM_WINDOW_DEVICE},
    {0x3f8, 0x3ff, VM_NAME_SERIAL, VM_SPACE_PORTS, VM_WINDOW_DEVICE},
};

/* Memory: 640 KiB, from 1 MiB to at most 3 GiB, and the rest above 4 GiB. */
static bool
add_pc_memory (struct vm_tape *t, const struct vm_state *s, uint64_t memory,
               struct vm_error *error)
{
  struct vm_window low = {
      .last = KIB (640) - 1, .name = VM_NAME_LOW_MEMORY, .kind = VM_WINDOW_RAM};
  struct vm_window main
      = {.first = MIB (1),
         .last = (memory < VM_PC_HOLE ? memory : VM_PC_HOLE) - 1,
         .name = VM_NAME_MEMORY,
         .kind = VM_WINDOW_RAM};
  struct vm_window hole = {.first = main.last + 1,
                           .last = GIB (4) - 1,
                           .name = VM_NAME_HOLE,
                           .kind = VM_WINDOW_HOLE};
  struct vm_window high = {.first = GIB (4),
                           .last = memory + GIB (1) - 1,
                           .name = VM_NAME_HIGH_MEMORY,
                           .kind = VM_WINDOW_RAM};

  return put_over (t, s, low, error) && put_over (t, s, main, error)
         && put_over (t, s, hole, error)
         && (memory <= VM_PC_HOLE || put_over (t, s, high, error));
}

/* The first instruction of a PC, where the processor begins: a far jump to
 * f000:e05b, in the ROM that answers at two places. */
static void
fill_rom (struct vm_tape *t, const struct vm_state *s)
{
  static const uint64_t jump = UINT64_C (0xf000e05bea);

  for (uint64_t top = MIB (1); top != 0; top = top == MIB (1) ? GIB (4) : 0) {
    vm_memory_write (t, s, vm_paddr_of (top - 16), 4, (uint32_t) jump);
    vm_memory_write (t, s, vm_paddr_of (top - 12), 1, jump >> 32);
  }
}

bool
vm_bus_add_pc (struct vm_tape *t, const struct vm_state *s, uint64_t memory,
               struct vm_error *error)
{
  if (!add_pc_memory (t, s, memory, error))
    return false;
  for (size_t i = 0; i < sizeof pc_windows / sizeof pc_windows[0]; i++)
    if (!put_over (t, s,
                   (struct vm_window){.first = pc_windows[i].first,
                                      .last = pc_windows[i].last,
                                      .name = pc_windows[i].name,
                                      .space = (uint8_t) pc_windows[i].space,
                                      .kind = (uint8_t) pc_windows[i].kind},
                   error))
      return false;
  fill_rom (t, s);
  return reserve_frames (t, s, error);
}

static uint64_t
mask_of (uint32_t width)
{
  return width == 8 ? UINT64_MAX : (UINT64_C (1) << 8 * width) - 1;
}

/* Nobody answers, or what answers cannot be written. */
static uint64_t
tell_silence (struct vm_tape *t, const struct vm_order *order,
              enum vm_window_kind kind)
{
  uint64_t value = order->kind == VM_WRITE ? order->value : UINT64_MAX;

  value &= mask_of (order->width);
  vm_step_leaf (t, VM_STEP_SILENCE,
                (uint64_t[VM_STEP_VALUES]){order->address, order->kind,
                                           order->width, value, kind,
                                           order->space});
  return value;
}

/* Bytes of RAM or ROM. Without a value a write leaves them as they are. */
static uint64_t
use_memory (struct vm_tape *t, const struct vm_state *s,
            const struct vm_order *order)
{
  vm_paddr pa = vm_paddr_of (order->address);
  bool store = order->kind == VM_WRITE && order->store;
  uint64_t value = store ? order->value : vm_memory_read (s, pa, order->width);

  value &= mask_of (order->width);
  if (order->device == VM_NONE)
    vm_step_leaf (
        t, VM_STEP_DATA,
        (uint64_t[VM_STEP_VALUES]){pa.v, order->kind, order->width, value});
  else
    vm_step_leaf (t, VM_STEP_DMA_DATA,
                  (uint64_t[VM_STEP_VALUES]){s->devices[order->device].name,
                                             pa.v, order->kind, order->width,
                                             value});
  if (store)
    vm_memory_write (t, s, pa, order->width, value);
  return value;
}

/* A device takes the access as an order: a read takes its value away. */
static uint64_t
use_device (struct vm_tape *t, const struct vm_state *s,
            const struct vm_order *order, const struct vm_window *window)
{
  const struct vm_device *device = &s->devices[window->device];
  /* A register begins at a multiple of its size. */
  uint32_t offset
      = (uint32_t) ((order->address - window->origin) % VM_DEVICE_BYTES)
        & ~(order->width - 1);
  bool write = order->kind == VM_WRITE;
  uint64_t value = 0;

  memcpy (&value, device->in + offset, order->width);
  value = (write ? order->value : value) & mask_of (order->width);
  vm_step_begin (t, VM_STEP_DEVICE,
                 (uint64_t[VM_STEP_VALUES]){
                     device->name, offset, order->kind, order->width, value,
                     1 + (write ? device->writes : device->reads)});
  if (write) {
    vm_put_u64 (t, &device->written, value);
    vm_put_u64 (t, &device->written_at, offset);
    vm_count (t, &device->writes);
  } else {
    vm_put_bytes (t, device->in + offset, order->width, 0);
    vm_count (t, &device->reads);
  }
  vm_step_end (t);
  return value;
}

uint64_t
vm_bus_do (struct vm_tape *t, const struct vm_state *s,
           const struct vm_order *order)
{
  uint32_t i = vm_bus_window_at (s, order->space, order->address);
  static const struct vm_window nobody
      = {.name = VM_NONE, .kind = VM_WINDOW_HOLE};
  const struct vm_window *w = i == VM_NONE ? &nobody : &s->windows[i];

  if (order->space == VM_SPACE_MEMORY && !vm_bus_has_map (s, VM_SPACE_MEMORY))
    return use_memory (t, s, order);
  vm_step_leaf (t, VM_STEP_ROUTE,
                (uint64_t[VM_STEP_VALUES]){order->address, w->name, w->kind,
                                           order->space});
  switch ((enum vm_window_kind) w->kind) {
  case VM_WINDOW_RAM:
    return use_memory (t, s, order);
  case VM_WINDOW_ROM:
    return order->kind == VM_WRITE ? tell_silence (t, order, VM_WINDOW_ROM)
                                   : use_memory (t, s, order);
  case VM_WINDOW_DEVICE:
    return use_device (t, s, order, w);
  case VM_WINDOW_HOLE:
    break;
  }
  return tell_silence (t, order, VM_WINDOW_HOLE);
}

void
vm_bus_input (struct vm_tape *t, const struct vm_state *s, uint32_t device,
              uint32_t offset, uint32_t width, uint64_t value)
{
  const struct vm_device *d = &s->devices[device];

  vm_step_begin (t, VM_STEP_INPUT,
                 (uint64_t[VM_STEP_VALUES]){d->name, offset, width,
                                            value & mask_of (width)});
  vm_put_bytes (t, d->in + offset, width, value & mask_of (width));
  vm_step_end (t);
}
