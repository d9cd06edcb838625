/* The sentences about the physical address map, ports, devices and the IOMMU.
 */
#include "describe_bus.h"

#include <glib/gi18n-lib.h>

#include "mmu/bus.h"
#include "numbers.h"

/* Names that every machine knows, from the first on (bus.h). */
static const char *const known[VM_NAME_KNOWN_END - VM_NAME_KNOWN]
    = {[VM_NAME_LOW_MEMORY - VM_NAME_KNOWN] = N_ ("low memory"),
       [VM_NAME_VIDEO - VM_NAME_KNOWN] = N_ ("video"),
       [VM_NAME_OPTION_ROMS - VM_NAME_KNOWN] = N_ ("option ROMs"),
       [VM_NAME_BIOS - VM_NAME_KNOWN] = N_ ("BIOS ROM"),
       [VM_NAME_MEMORY - VM_NAME_KNOWN] = N_ ("memory"),
       [VM_NAME_HOLE - VM_NAME_KNOWN] = N_ ("hole for devices"),
       [VM_NAME_IO_APIC - VM_NAME_KNOWN] = N_ ("I/O APIC"),
       [VM_NAME_LOCAL_APIC - VM_NAME_KNOWN] = N_ ("local APIC"),
       [VM_NAME_HIGH_MEMORY - VM_NAME_KNOWN] = N_ ("memory above 4 GiB"),
       [VM_NAME_PIC - VM_NAME_KNOWN] = N_ ("interrupt controller"),
       [VM_NAME_TIMER - VM_NAME_KNOWN] = N_ ("timer"),
       [VM_NAME_KEYBOARD - VM_NAME_KNOWN] = N_ ("keyboard"),
       [VM_NAME_SERIAL - VM_NAME_KNOWN] = N_ ("serial port")};

const char *
scene_window_name (const struct vm_machine *machine, guint64 name)
{
  if (name >= VM_NAME_KNOWN && name < VM_NAME_KNOWN_END)
    return _ (known[name - VM_NAME_KNOWN]);
  return vm_machine_name (machine, (guint32) name);
}

const char *
scene_window_kind (enum vm_window_kind kind)
{
  switch (kind) {
  case VM_WINDOW_RAM:
    return _ ("RAM");
  case VM_WINDOW_ROM:
    return _ ("ROM");
  case VM_WINDOW_DEVICE:
    return _ ("device");
  case VM_WINDOW_HOLE:
    break;
  }
  return _ ("nobody");
}

/* An address on the bus, or a port: four digits. */
static SceneNumber
address (const SceneSubject *it, guint value, guint space)
{
  SceneNumber port;

  if (it->v[space] == VM_SPACE_MEMORY)
    return scene_number_physical (it->geometry, it->v[value]);
  g_snprintf (port.s, sizeof port.s, "0x%04x", (guint) it->v[value]);
  return port;
}

static SceneNumber
data (const SceneSubject *it, guint value, guint width)
{
  return scene_number_data (it->v[value], (guint) it->v[width]);
}

static const char *
name_of (const SceneSubject *it, guint value)
{
  return scene_window_name (it->machine, it->v[value]);
}

static char *
say_window (const SceneSubject *it)
{
  SceneNumber first = address (it, VM_V_WINDOW_FIRST, VM_V_WINDOW_SPACE);
  SceneNumber last = address (it, VM_V_WINDOW_LAST, VM_V_WINDOW_SPACE);
  const char *name = name_of (it, VM_V_WINDOW_NAME);

  if (it->v[VM_V_WINDOW_SPACE] == VM_SPACE_PORTS)
    /* Translators: two ports, a device. */
    return g_strdup_printf (_ ("Ports %s to %s lead to %s."), first.s, last.s,
                            name);
  switch ((enum vm_window_kind) it->v[VM_V_WINDOW_KIND]) {
  case VM_WINDOW_RAM:
    /* Translators, for all four: two addresses, a name. */
    return g_strdup_printf (_ ("%s to %s is RAM: %s."), first.s, last.s, name);
  case VM_WINDOW_ROM:
    return g_strdup_printf (_ ("%s to %s is ROM: %s."), first.s, last.s, name);
  case VM_WINDOW_DEVICE:
    return g_strdup_printf (_ ("%s to %s leads to a device: %s."), first.s,
                            last.s, name);
  case VM_WINDOW_HOLE:
    break;
  }
  return g_strdup_printf (_ ("Nobody answers from %s to %s: %s."), first.s,
                          last.s, name);
}

static char *
say_route (const SceneSubject *it)
{
  SceneNumber at = address (it, VM_V_ROUTE_ADDRESS, VM_V_ROUTE_SPACE);
  const char *name = name_of (it, VM_V_ROUTE_NAME);

  if (it->v[VM_V_ROUTE_SPACE] == VM_SPACE_PORTS)
    return it->v[VM_V_ROUTE_KIND] == VM_WINDOW_DEVICE
               /* Translators: a port, a device. */
               ? g_strdup_printf (_ ("At port %s the device %s answers."), at.s,
                                  name)
               : g_strdup_printf (_ ("At port %s nobody answers."), at.s);
  switch ((enum vm_window_kind) it->v[VM_V_ROUTE_KIND]) {
  case VM_WINDOW_RAM:
    /* Translators, for all three: an address, a name. */
    return g_strdup_printf (_ ("At %s RAM answers: %s."), at.s, name);
  case VM_WINDOW_ROM:
    return g_strdup_printf (_ ("At %s ROM answers: %s."), at.s, name);
  case VM_WINDOW_DEVICE:
    return g_strdup_printf (_ ("At %s a device answers: %s."), at.s, name);
  case VM_WINDOW_HOLE:
    break;
  }
  return g_strdup_printf (_ ("At %s nobody answers."), at.s);
}

static char *
say_silence (const SceneSubject *it)
{
  SceneNumber value = data (it, VM_V_SILENCE_VALUE, VM_V_SILENCE_WIDTH);

  if (it->v[VM_V_SILENCE_KIND] != VM_WRITE)
    return g_strdup_printf (_ ("Nothing drives the wires: the read gives %s."),
                            value.s);
  if (it->v[VM_V_SILENCE_WINDOW] == VM_WINDOW_ROM)
    return g_strdup_printf (_ ("ROM ignores the write of %s."), value.s);
  return g_strdup_printf (_ ("The write of %s is lost."), value.s);
}

static char *
say_device (const SceneSubject *it)
{
  SceneNumber value = data (it, VM_V_DEVICE_VALUE, VM_V_DEVICE_WIDTH);
  guint offset = (guint) it->v[VM_V_DEVICE_OFFSET];
  const char *name = name_of (it, VM_V_DEVICE_NAME);

  /* Translators, for both: a device, an offset, a number. */
  if (it->v[VM_V_DEVICE_KIND] == VM_WRITE)
    return g_strdup_printf (_ ("The device %s takes the order at offset %u: "
                               "%s."),
                            name, offset, value.s);
  return g_strdup_printf (_ ("The device %s gives away what it has at offset "
                             "%u: %s."),
                          name, offset, value.s);
}

static char *
more_device (const SceneSubject *it)
{
  guint count = (guint) it->v[VM_V_DEVICE_COUNT];

  if (it->v[VM_V_DEVICE_KIND] == VM_WRITE)
    return g_strdup_printf (
        _ ("Write %u of this device. It is not what the next read gives."),
        count);
  return g_strdup_printf (
      _ ("Read %u of this device. The next one gives 0: no cache may keep "
         "it."),
      count);
}

static char *
say_port (const SceneSubject *it)
{
  guint port = (guint) it->v[VM_V_PORT_PORT];

  if (it->v[VM_V_PORT_KIND] == VM_WRITE)
    return g_strdup_printf (_ ("The processor executes OUT to port 0x%04x."),
                            port);
  return g_strdup_printf (_ ("The processor executes IN from port 0x%04x."),
                          port);
}

static char *
say_dma (const SceneSubject *it)
{
  SceneNumber at
      = scene_number_physical (it->geometry, it->v[VM_V_DMA_ADDRESS]);
  const char *name = name_of (it, VM_V_DMA_NAME);

  /* Translators, for both: a device, an address. */
  if (it->v[VM_V_DMA_KIND] == VM_WRITE)
    return g_strdup_printf (_ ("The device %s writes to bus address %s."), name,
                            at.s);
  return g_strdup_printf (_ ("The device %s reads from bus address %s."), name,
                          at.s);
}

static char *
say_on_bus (const SceneSubject *it)
{
  SceneNumber from
      = scene_number_physical (it->geometry, it->v[VM_V_BUS_ADDRESS]);
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_BUS_PA]);

  /* Translators, for both: two addresses. */
  return it->v[VM_V_BUS_TRANSLATED]
             ? g_strdup_printf (_ ("Bus address %s becomes physical address "
                                   "%s."),
                                from.s, pa.s)
             : g_strdup_printf (_ ("No IOMMU stands there: bus address %s is "
                                   "physical address %s."),
                                from.s, pa.s);
}

static char *
say_transfer (const SceneSubject *it)
{
  SceneNumber value = data (it, VM_V_DMA_DATA_VALUE, VM_V_DMA_DATA_WIDTH);
  SceneNumber pa
      = scene_number_physical (it->geometry, it->v[VM_V_DMA_DATA_PA]);
  const char *name = name_of (it, VM_V_DMA_DATA_NAME);

  /* Translators, for both: a device, a number, an address. */
  if (it->v[VM_V_DMA_DATA_KIND] == VM_WRITE)
    return g_strdup_printf (_ ("The device %s writes %s to physical address "
                               "%s."),
                            name, value.s, pa.s);
  return g_strdup_printf (_ ("The device %s reads %s from physical address "
                             "%s."),
                          name, value.s, pa.s);
}

static char *
say_iommu_walk (const SceneSubject *it)
{
  SceneNumber root
      = scene_number_frame (it->geometry, it->v[VM_V_IOMMU_WALK_ROOT]);

  return g_strdup_printf (
      /* Translators: a device, "page directory", a frame. */
      _ ("For %s the IOMMU begins with the %s in frame %s."),
      name_of (it, VM_V_IOMMU_WALK_NAME),
      scene_table_name (it->geometry, (guint) it->v[VM_V_IOMMU_WALK_LEVELS]),
      root.s);
}

static char *
say_blocked (const SceneSubject *it)
{
  SceneNumber at
      = scene_number_physical (it->geometry, it->v[VM_V_BLOCKED_ADDRESS]);
  const char *name = name_of (it, VM_V_BLOCKED_NAME);

  switch ((enum vm_verdict) it->v[VM_V_BLOCKED_VERDICT]) {
  case VM_VERDICT_NOT_PRESENT:
  case VM_VERDICT_NO_LEAF:
    /* Translators: a device, an address. */
    return g_strdup_printf (_ ("The IOMMU blocks %s: its domain has nothing at "
                               "%s."),
                            name, at.s);
  case VM_VERDICT_UPPER_BITS:
    /* Translators: a device, an address. */
    return g_strdup_printf (_ ("The IOMMU blocks %s: no domain can have %s."),
                            name, at.s);
  case VM_VERDICT_ALLOWED:
  case VM_VERDICT_RESERVED:
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_READ_ONLY:
  case VM_VERDICT_NO_EXECUTE:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_FLAG:
    break;
  }
  /* Translators: a device, an address. */
  return g_strdup_printf (_ ("The IOMMU blocks %s: it may not do that at %s."),
                          name, at.s);
}

char *
scene_say_bus (const SceneSubject *it)
{
  switch (it->step->kind) {
  case VM_STEP_WINDOW:
    return say_window (it);
  case VM_STEP_ROUTE:
    return say_route (it);
  case VM_STEP_SILENCE:
    return say_silence (it);
  case VM_STEP_DEVICE:
    return say_device (it);
  case VM_STEP_PORT:
    return say_port (it);
  case VM_STEP_INPUT:
    /* Translators: a device, an offset, a number. */
    return g_strdup_printf (
        _ ("The world outside gives the device %s something at offset %u: %s."),
        name_of (it, VM_V_INPUT_NAME), (guint) it->v[VM_V_INPUT_OFFSET],
        data (it, VM_V_INPUT_VALUE, VM_V_INPUT_WIDTH).s);
  case VM_STEP_IOMMU:
    return g_strdup_printf (_ ("The device %s gets a domain of its own in the "
                               "IOMMU."),
                            name_of (it, VM_V_IOMMU_NAME));
  case VM_STEP_DMA:
    return say_dma (it);
  case VM_STEP_IOMMU_WALK:
    return say_iommu_walk (it);
  case VM_STEP_BUS:
    return say_on_bus (it);
  case VM_STEP_DMA_DATA:
    return say_transfer (it);
  case VM_STEP_BLOCKED:
    return say_blocked (it);
  }
  return NULL;
}

char *
scene_more_bus (const SceneSubject *it)
{
  switch (it->step->kind) {
  case VM_STEP_ROUTE:
    return g_strdup (it->v[VM_V_ROUTE_SPACE] == VM_SPACE_PORTS
                         ? _ ("Ports are numbers of their own, apart from "
                              "memory's.")
                         : _ ("The window that the address lies in decides."));
  case VM_STEP_DEVICE:
    return more_device (it);
  case VM_STEP_PORT:
    return g_strdup (it->v[VM_V_PORT_MODE] == VM_KERNEL_MODE
                         ? _ ("No page table is asked: ports are not "
                              "translated.")
                         : _ ("It is in user mode."));
  case VM_STEP_IOMMU:
    return g_strdup (_ ("Nothing is in it yet: “map” puts pages there by the "
                        "device's name."));
  case VM_STEP_DMA:
    return g_strdup (_ ("The processor takes no part in it."));
  case VM_STEP_IOMMU_WALK:
    return g_strdup (_ ("Tables and rules are the processor's; the device has "
                        "the rights of user mode."));
  case VM_STEP_BLOCKED:
    return g_strdup (_ ("Memory stays as it is, and the processor gets no "
                        "exception."));
  }
  return NULL;
}

char *
scene_say_port_fault (void)
{
  return g_strdup (_ ("General protection fault (#13): user mode may not use "
                      "this port."));
}

char *
scene_more_port_fault (void)
{
  return g_strdup (_ ("IOPL is 0, and no bit map of ports lets it through."));
}
