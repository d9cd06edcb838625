/* Does the operations about the physical address map and devices. */
#include "machine/execute_bus.h"

#include "mm/buddy.h"
#include "mm/edit.h"
#include "mm/way.h"
#include "mmu/iommu.h"

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

static bool
is_power (uint64_t width)
{
  return (width & (width - 1)) == 0;
}

/* Only the x86 has instructions for ports. */
static bool
check_ports (const struct vm_state *s, struct vm_error *error)
{
  struct vm_geometry room;

  if (vm_geometry_configured (&s->config, &room)->family == VM_FAMILY_X86)
    return true;
  vm_error_set (error, VM_ERROR_ONLY_X86, "port");
  return false;
}

bool
vm_execute_window (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_op *op, struct vm_error *error)
{
  const uint64_t *v = op->values;
  enum vm_space space = (enum vm_space) v[VM_P_WINDOW_SPACE];
  enum vm_window_kind kind = (enum vm_window_kind) v[VM_P_WINDOW_KIND];
  uint64_t end = space == VM_SPACE_PORTS ? VM_PORTS : VM_BUS_END;

  if (v[VM_P_WINDOW_START] >= end
      || v[VM_P_WINDOW_SIZE] > end - v[VM_P_WINDOW_START])
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "start", v[VM_P_WINDOW_START],
                   0, end - v[VM_P_WINDOW_SIZE]);
  if (space == VM_SPACE_PORTS && !check_ports (s, error))
    return false;
  if (space == VM_SPACE_PORTS && kind != VM_WINDOW_DEVICE
      && kind != VM_WINDOW_HOLE)
    return refuse (error, VM_ERROR_BAD_CHOICE, "kind", kind, 0, 0);
  bool added = vm_bus_add (
      t, s,
      (struct vm_window){.first = v[VM_P_WINDOW_START],
                         .last = v[VM_P_WINDOW_START] + v[VM_P_WINDOW_SIZE] - 1,
                         .name = (uint32_t) v[VM_P_WINDOW_NAME],
                         .space = (uint8_t) space,
                         .kind = (uint8_t) kind},
      error);
  if (added && vm_buddy_on (s))
    vm_buddy_follow (t, s);
  return added;
}

/* User mode may use no port: IOPL is 0 and no bit of its map is clear (SDM
 * vol. 1, 19.5). */
static void
refuse_port (struct vm_tape *t, const struct vm_state *s, uint64_t port,
             struct vm_translation *result)
{
  result->fault = (struct vm_fault){.kind = VM_FAULT_PROTECTION,
                                    .vector = VM_VECTOR_GENERAL_PROTECTION,
                                    .address = vm_vaddr_of (port)};
  vm_step_leaf (t, VM_STEP_FAULT,
                (uint64_t[VM_STEP_VALUES]){VM_FAULT_PROTECTION,
                                           VM_VECTOR_GENERAL_PROTECTION, 0,
                                           port, VM_WHY_PORT});
  vm_count (t, &s->counters.faults);
}

bool
vm_execute_port (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result,
                 struct vm_error *error)
{
  const uint64_t *v = op->values;
  struct vm_order order = {
      .space = VM_SPACE_PORTS,
      .address = v[VM_P_PORT_PORT],
      .kind = v[VM_P_PORT_KIND] == 0 ? VM_READ : VM_WRITE,
      .width = (uint32_t) v[VM_P_PORT_WIDTH],
      .device = VM_NONE,
      .store = true,
      .value = v[VM_P_PORT_VALUE],
  };

  if (!check_ports (s, error))
    return false;
  if (!is_power (order.width))
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "width", order.width, 1, 4);
  if (order.address + order.width > VM_PORTS)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "port", order.address, 0,
                   VM_PORTS - order.width);
  vm_step_begin (t, VM_STEP_PORT,
                 (uint64_t[VM_STEP_VALUES]){order.address, order.kind,
                                            order.width, v[VM_P_PORT_MODE]});
  result->translation.ok = v[VM_P_PORT_MODE] == VM_KERNEL_MODE;
  if (result->translation.ok)
    result->translation.value = vm_bus_do (t, s, &order);
  else
    refuse_port (t, s, order.address, &result->translation);
  vm_step_end (t);
  return true;
}

static bool
find_device (const struct vm_state *s, uint64_t name, uint32_t *device,
             struct vm_error *error)
{
  *device = vm_bus_device_named (s, (uint32_t) name);
  if (*device != VM_NONE)
    return true;
  return refuse (error, VM_ERROR_UNKNOWN_DEVICE, NULL, name, 0, 0);
}

bool
vm_execute_input (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, struct vm_error *error)
{
  const uint64_t *v = op->values;
  uint32_t device;
  uint64_t width = v[VM_P_INPUT_WIDTH];

  if (!find_device (s, v[VM_P_INPUT_DEVICE], &device, error))
    return false;
  if (!is_power (width))
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "width", width, 1, 8);
  if (v[VM_P_INPUT_OFFSET] + width > VM_DEVICE_BYTES)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "offset", v[VM_P_INPUT_OFFSET],
                   0, VM_DEVICE_BYTES - width);
  vm_bus_input (t, s, device, (uint32_t) v[VM_P_INPUT_OFFSET], (uint32_t) width,
                v[VM_P_INPUT_VALUE]);
  return true;
}

bool
vm_execute_iommu (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, struct vm_result *result,
                  struct vm_error *error)
{
  uint32_t device, domain;
  uint32_t name = (uint32_t) op->values[VM_P_IOMMU_DEVICE];

  if (!find_device (s, name, &device, error))
    return false;
  if (vm_process_find (s, name) != VM_NONE)
    return refuse (error, VM_ERROR_PROCESS_EXISTS, NULL, name, 0, 0);
  vm_step_begin (t, VM_STEP_IOMMU,
                 (uint64_t[VM_STEP_VALUES]){name, vm_process_next (s)});
  bool made = vm_process_create_domain (t, s, name, &domain, error)
              && vm_way_prepare (t, s, domain, error);
  if (made)
    vm_put_u32 (t, &s->devices[device].domain, domain);
  vm_step_end (t);
  result->process = result->made = domain;
  return made;
}

/* Can a device put that address on the bus? Behind an IOMMU all of a virtual
 * address; else what memory there is room for here. */
static bool
check_address (const struct vm_state *s, const struct vm_order *order,
               struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  bool guarded = s->devices[order->device].domain != VM_NONE;
  uint64_t last = ((uint64_t) VM_ADDRESSABLE_SLOTS << VM_SLOT_SHIFT) - 1;
  uint64_t page = UINT64_C (1) << s->config.page_shift;

  if (!is_power (order->width))
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "width", order->width, 1, 8);
  if (guarded && order->address > vm_geometry_last_address (g))
    return refuse (error, VM_ERROR_NOT_AN_ADDRESS, "address", order->address, 0,
                   0);
  if (!guarded && order->address > last)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "address", order->address, 0,
                   last);
  if (order->address % page + order->width > page)
    return refuse (error, VM_ERROR_CROSSES_PAGE, "width", order->address, 0,
                   order->width);
  return true;
}

bool
vm_execute_dma (struct vm_tape *t, const struct vm_state *s,
                const struct vm_op *op, struct vm_result *result,
                struct vm_error *error)
{
  const uint64_t *v = op->values;
  struct vm_order order = {
      .space = VM_SPACE_MEMORY,
      .address = v[VM_P_DMA_ADDRESS],
      .kind = (enum vm_access_kind) v[VM_P_DMA_KIND],
      .width = (uint32_t) v[VM_P_DMA_WIDTH],
      .store = vm_op_gives (op, VM_P_DMA_VALUE),
      .value = v[VM_P_DMA_VALUE],
  };
  uint64_t before = 0;

  if (!find_device (s, v[VM_P_DMA_DEVICE], &order.device, error)
      || !check_address (s, &order, error))
    return false;
  result->process = s->devices[order.device].domain;
  vm_step_begin (t, VM_STEP_DMA,
                 (uint64_t[VM_STEP_VALUES]){s->devices[order.device].name,
                                            order.address, order.kind,
                                            order.width});
  result->translation = vm_iommu_access (t, s, &order, &before);
  /* Nothing keeps a device from page tables. */
  if (result->translation.ok && order.store && order.kind == VM_WRITE)
    vm_edit_settle (t, s, result->translation.pa, order.width, before);
  vm_step_end (t);
  return true;
}
