/* The invariants of windows and devices. */
#include "machine/check_bus.h"

#include "mmu/bus.h"
#include "process/process.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

static bool
check_window (const struct vm_state *s, uint32_t i,
              struct vm_check_report *report)
{
  const struct vm_window *w = &s->windows[i], *next = w + 1;
  uint64_t end = w->space == VM_SPACE_PORTS ? VM_PORTS : VM_BUS_END;

  if (w->space > VM_SPACE_PORTS || w->kind > VM_WINDOW_HOLE
      || w->first > w->last || w->last >= end)
    return broken (report, "a window is a range of its space", i, w->first,
                   w->last);
  if (w->kind == VM_WINDOW_DEVICE ? w->device >= s->device_count
                                        || s->devices[w->device].name != w->name
                                  : w->device != VM_NONE)
    return broken (report, "a window leads to the device of its name", i,
                   w->device, s->device_count);
  if (i + 1 < s->window_count
      && (next->space < w->space
          || (next->space == w->space && next->first <= w->last)))
    return broken (report, "windows stand in order, none on another", i,
                   w->last, next->first);
  return true;
}

static bool
check_device (const struct vm_state *s, uint32_t i,
              struct vm_check_report *report)
{
  const struct vm_device *d = &s->devices[i];

  if (d->domain == VM_NONE)
    return true;
  if (d->domain >= s->process_count
      || s->processes[d->domain].state != VM_PROCESS_DOMAIN
      || s->processes[d->domain].name != d->name)
    return broken (report, "a domain is the address space of its device", i,
                   d->domain, s->process_count);
  return true;
}

bool
vm_check_bus_links (const struct vm_state *s, struct vm_check_report *report)
{
  if (s->window_count > VM_MAX_WINDOWS || s->device_count > VM_MAX_DEVICES)
    return broken (report, "windows and devices are within their limits",
                   s->window_count, s->device_count, 0);
  for (uint32_t i = 0; i < s->window_count; i++)
    if (!check_window (s, i, report))
      return false;
  for (uint32_t i = 0; i < s->device_count; i++)
    if (!check_device (s, i, report))
      return false;
  return true;
}

bool
vm_check_bus_frames (const struct vm_state *s, uint32_t *refs,
                     struct vm_check_report *report)
{
  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    bool reserved = (record->flags & VM_FRAME_RESERVED) != 0;
    if (reserved != vm_bus_is_reserved (s, f)
        || (reserved && record->role != VM_FRAME_KERNEL))
      return broken (report, "frames that are no RAM are kept", f, reserved,
                     record->role);
    refs[f] += reserved;
  }
  return true;
}
