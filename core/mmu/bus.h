/* The physical address map: who answers at a physical address.
 *
 *   0                                       4 GiB
 *   | RAM | video | ROM |  RAM  |   hole   | ROM |  RAM  | nobody
 *            device                devices
 *
 * A physical address is only a number on wires; a window of the map says who
 * hears it. RAM keeps what is written. ROM gives what it holds and ignores
 * writes. A device takes each access as an order: nothing of it is kept in a
 * cache, a read takes the value away, and what was written is not what is read.
 * Its registers repeat every VM_DEVICE_BYTES, counted from where its window
 * began.
 * Where nobody answers a read gives all ones and a write is lost, as on a PC.
 *
 * Ports are a second, small set of addresses, with instructions of its own (IN
 * and OUT of the x86). Their windows stand in the same list.
 *
 * A machine without a window of memory behaves as if all were RAM. An access
 * goes to the window in which its first byte lies. Page tables are always read
 * as memory, wherever they lie; and a program of bare memory is loaded as if by
 * hand. The map of a PC is that of the address ranges which its firmware tells
 * (ACPI 6.5, 15) and of the ports of its oldest devices. */
#ifndef VM_BUS_H
#define VM_BUS_H

#include "error.h"
#include "mmu/walk.h"

#define VM_PORTS 65536u

/* Physical addresses that a window can have: the widest that a format names. */
#define VM_BUS_END (UINT64_C (1) << 56)

/* Names that every machine knows: of the windows and devices of a PC. They are
 * numbers no reader's name gets (names.h). */
enum vm_known_name {
  VM_NAME_KNOWN = 0x40000000,
  VM_NAME_LOW_MEMORY = VM_NAME_KNOWN,
  VM_NAME_VIDEO,
  VM_NAME_OPTION_ROMS,
  VM_NAME_BIOS,
  VM_NAME_MEMORY,
  VM_NAME_HOLE,
  VM_NAME_IO_APIC,
  VM_NAME_LOCAL_APIC,
  VM_NAME_HIGH_MEMORY,
  VM_NAME_PIC,
  VM_NAME_TIMER,
  VM_NAME_KEYBOARD,
  VM_NAME_SERIAL,
  VM_NAME_KNOWN_END
};

/* How many devices such a map has. */
#define VM_PC_DEVICES 7

/* The name in English, as scripts write it: "local-apic". */
const char *vm_bus_name (enum vm_known_name name);

/* The window that an address lies in, or VM_NONE. */
uint32_t vm_bus_window_at (const struct vm_state *s, enum vm_space space,
                           uint64_t address);

/* True if there is a window in that space. */
bool vm_bus_has_map (const struct vm_state *s, enum vm_space space);

/* True if a managed frame is not all RAM: then no allocator gives it. */
bool vm_bus_is_reserved (const struct vm_state *s, uint32_t frame);

/* The device of that name, or VM_NONE. */
uint32_t vm_bus_device_named (const struct vm_state *s, uint32_t name);

/* Puts a window over what is there: windows that it covers go, and those that
 * it touches are cut. Its device is found by name, or added. The first window
 * of memory leaves the rest of memory= RAM. False and *error if there are too
 * many. */
bool vm_bus_add (struct vm_tape *t, const struct vm_state *s,
                 struct vm_window window, struct vm_error *error);

/* Where the memory of a PC ends below 4 GiB at the latest: the hole for devices
 * begins. What lies above 4 GiB has no records: the allocator has none of it.
 */
#define VM_PC_HOLE (UINT64_C (3) << 30)

/* The map of a PC with so many bytes of memory: low memory, video, BIOS, memory
 * up to 3 GiB and what is left of it above 4 GiB, the hole for devices; and
 * some ports. */
bool vm_bus_add_pc (struct vm_tape *t, const struct vm_state *s,
                    uint64_t memory, struct vm_error *error);

/* One access, by whom and to what. */
struct vm_order {
  enum vm_space space;
  uint64_t address;
  enum vm_access_kind kind;
  uint32_t width;  /* bytes: 1, 2, 4 or 8 */
  uint32_t device; /* that does it by itself, or VM_NONE: the processor */
  bool store;      /* a write that has a value */
  uint64_t value;
};

/* Finds who answers, and has it done, telling both. Returns what was read or
 * written. */
uint64_t vm_bus_do (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_order *order);

/* The world outside puts a value into the registers of a device, at an offset
 * below VM_DEVICE_BYTES. */
void vm_bus_input (struct vm_tape *t, const struct vm_state *s, uint32_t device,
                   uint32_t offset, uint32_t width, uint64_t value);

#endif
