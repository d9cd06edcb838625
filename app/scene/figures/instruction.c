/* The instruction that makes an access, in the processor's own assembler. */
#include "figures/instruction.h"

#include "figures/kit.h"

/* Which of four names fits a width of 1, 2, 4 or 8 bytes. */
static guint
size_of (guint width)
{
  switch (width) {
  case 1:
    return 0;
  case 2:
    return 1;
  case 8:
    return 3;
  default:
    return 2;
  }
}

/* "0x00010010"; where there are segments "ds:0x00000010". */
static const char *
operand (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint64 number = c->by_segment ? c->segment_offset : c->va;
  const char *address
      = scene_keep (b, scene_number_virtual (c->geometry, number));

  if (!c->by_segment)
    return address;
  return scene_still_printf (b->still, "%s:%s",
                             vm_segment_register_name (c->segment), address);
}

static const char *
text_x86 (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  const char *name = scene_data_register (c->geometry, c->width);
  const char *address = operand (b);

  switch (c->kind) {
  case VM_READ:
    break;
  case VM_WRITE:
    return scene_still_printf (b->still, "mov [%s], %s", address, name);
  case VM_FETCH:
    return scene_still_printf (b->still, "jmp %s", address);
  }
  return scene_still_printf (b->still, "mov %s, [%s]", name, address);
}

static const char *
text_riscv (const SceneContext *c)
{
  static const char *const loads[]
      = {"lb a0, 0(a1)", "lh a0, 0(a1)", "lw a0, 0(a1)", "ld a0, 0(a1)"};
  static const char *const stores[]
      = {"sb a0, 0(a1)", "sh a0, 0(a1)", "sw a0, 0(a1)", "sd a0, 0(a1)"};

  switch (c->kind) {
  case VM_READ:
    break;
  case VM_WRITE:
    return stores[size_of (c->width)];
  case VM_FETCH:
    return "jr a1";
  }
  return loads[size_of (c->width)];
}

static const char *
text_arm (const SceneContext *c)
{
  static const char *const loads[]
      = {"ldrb w0, [x1]", "ldrh w0, [x1]", "ldr w0, [x1]", "ldr x0, [x1]"};
  static const char *const stores[]
      = {"strb w0, [x1]", "strh w0, [x1]", "str w0, [x1]", "str x0, [x1]"};

  switch (c->kind) {
  case VM_READ:
    break;
  case VM_WRITE:
    return stores[size_of (c->width)];
  case VM_FETCH:
    return "br x1";
  }
  return loads[size_of (c->width)];
}

/* Width at full size for user addresses, in small type for all. */
static double
width_x86 (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *around = b->context->segments ? "mov rax, [ds:]" : "mov rax, []";
  double frame = scene_width (b, SCENE_TEXT_MONO_BOLD, around);
  double small = scene_width (b, SCENE_TEXT_MONO_SMALL, around);

  return MAX (frame
                  + scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                                        scene_number_virtual (g, 0)),
              small
                  + scene_number_width (
                      b, SCENE_TEXT_MONO_SMALL,
                      scene_number_virtual (g, vm_geometry_last_address (g))));
}

const char *
scene_data_register (const struct vm_geometry *geometry, guint width)
{
  static const char *const x86[] = {"al", "ax", "eax", "rax"};

  switch (geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return "a0";
  case VM_FAMILY_ARM:
    return width == 8 ? "x0" : "w0";
  }
  return x86[size_of (width)];
}

const char *
scene_instruction_pointer (const struct vm_geometry *geometry)
{
  switch (geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return "a1";
  case VM_FAMILY_ARM:
    return "x1";
  }
  return NULL;
}

const char *
scene_instruction (const SceneBuild *build)
{
  switch (build->context->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return text_riscv (build->context);
  case VM_FAMILY_ARM:
    return text_arm (build->context);
  }
  return text_x86 (build);
}

double
scene_instruction_width (const SceneBuild *build)
{
  const struct vm_geometry *g = build->context->geometry;

  if (g->family == VM_FAMILY_X86)
    return width_x86 (build);
  /* Addresses of user mode with the register's name, all others without. */
  double user = scene_width (build, SCENE_TEXT_MONO_SMALL, "x1 = ")
                + scene_number_width (build, SCENE_TEXT_MONO_SMALL,
                                      scene_number_virtual (g, 0));
  double any = scene_number_width (
      build, SCENE_TEXT_MONO_SMALL,
      scene_number_virtual (g, vm_geometry_last_address (g)));

  return scene_width (build, SCENE_TEXT_MONO_BOLD, "ldrb w0, [x1]")
         + scene_em (build, 0.6) + MAX (user, any);
}
