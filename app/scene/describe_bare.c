/* The sentences about bare memory. */
#include "describe_bare.h"

#include <glib/gi18n-lib.h>

#include "numbers.h"

static SceneNumber
physical (const SceneSubject *it, guint value)
{
  return scene_number_physical (it->geometry, it->v[value]);
}

static SceneNumber
address (const SceneSubject *it, guint value)
{
  return scene_number_virtual (it->geometry, it->v[value]);
}

static SceneNumber
size (const SceneSubject *it, guint value)
{
  return scene_number_size (it->v[value]);
}

static const char *
owner (const SceneSubject *it)
{
  return scene_subject_process (it, it->v[VM_V_IMAGE_PROCESS]);
}

char *
scene_say_bare_machine (const SceneSubject *it)
{
  SceneNumber memory = size (it, VM_V_MACHINE_MEMORY);

  if (it->way == VM_WAY_NONE)
    /* Translators: "64 KiB". */
    return g_strdup_printf (_ ("A machine with %s of memory is built; its MMU "
                               "is off."),
                            memory.s);
  return g_strdup_printf (_ ("A machine with %s of memory, a base register and "
                             "a limit register is built."),
                          memory.s);
}

static char *
say_way (const SceneSubject *it)
{
  switch ((enum vm_way) it->v[VM_V_WAY_WAY]) {
  case VM_WAY_PAGING:
    break;
  case VM_WAY_NONE:
    return g_strdup (_ ("The MMU is switched off."));
  case VM_WAY_BOUNDS:
    return g_strdup (_ ("From now on a base and a limit register translate."));
  }
  return g_strdup (_ ("The MMU is switched on: page tables translate."));
}

static char *
more_way (const SceneSubject *it)
{
  switch ((enum vm_way) it->v[VM_V_WAY_WAY]) {
  case VM_WAY_PAGING:
    break;
  case VM_WAY_NONE:
    return g_strdup (_ ("Every address is a physical one now, and the TLB is "
                        "empty."));
  case VM_WAY_BOUNDS:
    return g_strdup (_ ("Both registers belong to the program that runs."));
  }
  return g_strdup (_ ("The tables themselves lie in memory; the MMU only reads "
                      "them."));
}

static char *
say_limit (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_BARE_VA);
  SceneNumber limit = address (it, VM_V_BOUND_LIMIT);

  /* Translators, for both: an address, the value of a register. */
  return g_strdup_printf (it->v[VM_V_BOUND_BELOW]
                              ? _ ("Address %s is below the limit %s.")
                              : _ ("Address %s is not below the limit %s."),
                          va.s, limit.s);
}

static char *
say_bounds_load (const SceneSubject *it)
{
  SceneNumber base = physical (it, VM_V_BOUNDS_BASE);
  SceneNumber limit = address (it, VM_V_BOUNDS_LIMIT);

  if (it->v[VM_V_BOUNDS_LIMIT] == 0)
    return g_strdup_printf (_ ("Process %s has no program in memory: its limit "
                               "is 0."),
                            owner (it));
  /* Translators: two values of registers, a process. */
  return g_strdup_printf (_ ("The kernel loads base %s and limit %s of process "
                             "%s."),
                          base.s, limit.s, owner (it));
}

static char *
say_trespass (const SceneSubject *it)
{
  SceneNumber pa = physical (it, VM_V_TRESPASS_PA);

  if (it->v[VM_V_TRESPASS_OWNER] == VM_NONE)
    /* Translators: an address, a process. */
    return g_strdup_printf (_ ("Address %s is the kernel's, and nothing stops "
                               "process %s."),
                            pa.s, owner (it));
  /* Translators: an address, two processes. */
  return g_strdup_printf (
      _ ("Address %s is in the program of process %s, and nothing stops "
         "process %s."),
      pa.s, scene_subject_process (it, it->v[VM_V_TRESPASS_OWNER]), owner (it));
}

static char *
more_program (const SceneSubject *it)
{
  guint references = (guint) it->v[VM_V_PROGRAM_REFERENCES];
  SceneNumber linked = physical (it, VM_V_PROGRAM_LINKED);

  if (it->way == VM_WAY_BOUNDS)
    return g_strdup_printf (
        ngettext ("It holds %u address of its own bytes, which counts from 0.",
                  "It holds %u addresses of its own bytes, which count from 0.",
                  references),
        references);
  return g_strdup_printf (
      /* Translators: how many addresses, an address. */
      ngettext ("It holds %u address of its own bytes, right if it lies at %s.",
                "It holds %u addresses of its own bytes, right if it lies at "
                "%s.",
                references),
      references, linked.s);
}

static char *
say_place (const SceneSubject *it)
{
  SceneNumber base = physical (it, VM_V_PLACE_BASE);

  switch ((enum vm_fit) it->v[VM_V_PLACE_FIT]) {
  case VM_FIT_FIRST:
    break;
  case VM_FIT_BEST:
    return g_strdup_printf (
        _ ("The smallest hole that is large enough is at %s."), base.s);
  case VM_FIT_WORST:
    return g_strdup_printf (_ ("The largest hole is at %s."), base.s);
  }
  return g_strdup_printf (_ ("The first hole that is large enough is at %s."),
                          base.s);
}

static char *
more_no_place (const SceneSubject *it)
{
  guint holes = (guint) it->v[VM_V_NO_PLACE_HOLES];
  SceneNumber free = size (it, VM_V_NO_PLACE_FREE);
  SceneNumber largest = size (it, VM_V_NO_PLACE_LARGEST);

  /* Translators: "40 KiB", how many holes, "16 KiB". */
  return g_strdup_printf (
      ngettext ("%s are free, in %u hole of %s.",
                "%s are free, but in %u holes; the largest has %s.", holes),
      free.s, holes, largest.s);
}

static char *
say_overwrite (const SceneSubject *it)
{
  SceneNumber bytes = size (it, VM_V_IMAGE_SIZE);

  /* Translators: "4 KiB", two processes. */
  return g_strdup_printf (
      _ ("%s of the program of process %s are overwritten by that of %s."),
      bytes.s, scene_subject_process (it, it->v[VM_V_OVERWRITE_OWNER]),
      owner (it));
}

static char *
say_relocate (const SceneSubject *it)
{
  SceneNumber base = physical (it, VM_V_IMAGE_BASE);

  if (it->v[VM_V_RELOCATE_REFERENCES] == 0)
    return g_strdup_printf (_ ("All addresses in the program of process %s are "
                               "right already."),
                            owner (it));
  /* Translators: a process, an address. */
  return g_strdup_printf (_ ("The addresses in the program of process %s are "
                             "put right for %s."),
                          owner (it), base.s);
}

static char *
more_relocate (const SceneSubject *it)
{
  SceneNumber from = physical (it, VM_V_RELOCATE_FROM);

  if (it->v[VM_V_RELOCATE_REFERENCES] == 0)
    return NULL;
  return g_strdup_printf (_ ("They were right for %s: each is moved by the "
                             "difference."),
                          from.s);
}

static char *
say_swap (const SceneSubject *it)
{
  SceneNumber base = physical (it, VM_V_IMAGE_BASE);

  if (it->step->kind == VM_STEP_SWAP_OUT)
    return g_strdup_printf (_ ("The whole program of process %s goes to the "
                               "disk."),
                            owner (it));
  /* Translators: a process, an address. */
  return g_strdup_printf (_ ("The whole program of process %s comes back from "
                             "the disk, to %s."),
                          owner (it), base.s);
}

static char *
more_swap (const SceneSubject *it)
{
  guint blocks = (guint) it->v[VM_V_SWAP_BLOCKS];
  SceneNumber bytes = size (it, VM_V_IMAGE_SIZE);

  /* Translators: "16 KiB", how many. */
  return g_strdup_printf (
      ngettext ("%s are %u transfer.", "%s are %u transfers.", blocks), bytes.s,
      blocks);
}

static char *
say_disk (const SceneSubject *it)
{
  guint block = (guint) it->v[VM_V_DISK_BLOCK];
  SceneNumber pa = physical (it, VM_V_DISK_PA);

  if (it->v[VM_V_DISK_WRITE])
    /* Translators: number of a block, an address. */
    return g_strdup_printf (_ ("Block %u of the disk takes what is at %s."),
                            block, pa.s);
  /* Translators: number of a block, an address. */
  return g_strdup_printf (_ ("Block %u of the disk is read to %s."), block,
                          pa.s);
}

static char *
say_found (const SceneSubject *it)
{
  guint index = (guint) it->v[VM_V_FOUND_INDEX];
  SceneNumber value = scene_number_data (it->v[VM_V_FOUND_VALUE], 4);
  SceneNumber expected = scene_number_data (it->v[VM_V_FOUND_EXPECTED], 4);

  if (it->v[VM_V_FOUND_RIGHT])
    /* Translators: number of an address, a number. */
    return g_strdup_printf (_ ("Address %u leads to the program's own data, "
                               "%s."),
                            index, value.s);
  /* Translators: number of an address, two numbers. */
  return g_strdup_printf (_ ("Address %u leads to %s, where the program has "
                             "%s."),
                          index, value.s, expected.s);
}

static char *
say_move (const SceneSubject *it)
{
  SceneNumber from = physical (it, VM_V_MOVE_FROM);
  SceneNumber to = physical (it, VM_V_IMAGE_BASE);

  /* Translators: a process, two addresses. */
  return g_strdup_printf (_ ("The program of process %s moves from %s to %s."),
                          owner (it), from.s, to.s);
}

static char *
say_patch (const SceneSubject *it)
{
  SceneNumber before = address (it, VM_V_PATCH_BEFORE);
  SceneNumber after = address (it, VM_V_PATCH_AFTER);

  /* Translators: number of an address, two addresses. */
  return g_strdup_printf (_ ("Address %u was %s and becomes %s."),
                          (guint) it->v[VM_V_PATCH_INDEX], before.s, after.s);
}

static char *
say_base (const SceneSubject *it)
{
  SceneNumber va = address (it, VM_V_BARE_VA);
  SceneNumber base = physical (it, VM_V_BASE_BASE);
  SceneNumber pa = physical (it, VM_V_BASE_PA);

  /* Translators: the value of a register, two addresses. */
  return g_strdup_printf (_ ("Base %s plus %s is physical address %s."), base.s,
                          va.s, pa.s);
}

char *
scene_say_bare (const SceneSubject *it)
{
  switch (it->step->kind) {
  case VM_STEP_WAY:
    return say_way (it);
  case VM_STEP_IDENTITY:
    return g_strdup_printf (
        _ ("No MMU translates: %s is the physical address, too."),
        address (it, VM_V_BARE_VA).s);
  case VM_STEP_BOUND:
    return say_limit (it);
  case VM_STEP_BASE:
    return say_base (it);
  case VM_STEP_BOUNDS_LOAD:
    return say_bounds_load (it);
  case VM_STEP_TRESPASS:
    return say_trespass (it);
  case VM_STEP_PROGRAM:
    /* Translators: a process, "16 KiB", an address. */
    return g_strdup_printf (
        _ ("The program of process %s, %s, is loaded at %s."), owner (it),
        size (it, VM_V_IMAGE_SIZE).s, physical (it, VM_V_IMAGE_BASE).s);
  case VM_STEP_PLACE:
    return say_place (it);
  case VM_STEP_NO_PLACE:
    /* Translators: a process, "16 KiB". */
    return g_strdup_printf (_ ("No hole is large enough for the program of "
                               "process %s, %s."),
                            owner (it), size (it, VM_V_NO_PLACE_SIZE).s);
  case VM_STEP_LEAVE:
    return g_strdup_printf (_ ("The program that process %s had is given up."),
                            owner (it));
  case VM_STEP_OVERWRITE:
    return say_overwrite (it);
  case VM_STEP_RELOCATE:
    return say_relocate (it);
  case VM_STEP_PATCH:
    return say_patch (it);
  case VM_STEP_SWAP_OUT:
  case VM_STEP_SWAP_IN:
    return say_swap (it);
  case VM_STEP_DISK:
    return say_disk (it);
  case VM_STEP_COMPACT:
    return g_strdup (_ ("The programs are pushed together."));
  case VM_STEP_MOVE:
    return say_move (it);
  case VM_STEP_RUN:
    return g_strdup_printf (_ ("The program of process %s runs, and uses the "
                               "addresses that it holds."),
                            owner (it));
  case VM_STEP_FOLLOW:
    /* Translators: number of an address, where it stands. */
    return g_strdup_printf (_ ("It takes address %u, which it keeps at %s."),
                            (guint) it->v[VM_V_FOLLOW_INDEX],
                            address (it, VM_V_FOLLOW_VA).s);
  case VM_STEP_FOUND:
    return say_found (it);
  }
  return NULL;
}

char *
scene_more_bare (const SceneSubject *it)
{
  switch (it->step->kind) {
  case VM_STEP_WAY:
    return more_way (it);
  case VM_STEP_IDENTITY:
    return g_strdup (_ ("Nothing is looked up, and nothing is forbidden."));
  case VM_STEP_BOUND:
    return g_strdup (
        it->v[VM_V_BOUND_BELOW]
            ? _ ("One comparison, which no program can avoid.")
            : _ ("Whatever lies beyond belongs to somebody else."));
  case VM_STEP_BASE:
    return g_strdup (_ ("An addition; pages need none, for a frame and an "
                        "offset are set side by side."));
  case VM_STEP_BOUNDS_LOAD:
    return g_strdup (_ ("Only the kernel can write these two registers."));
  case VM_STEP_PROGRAM:
    return more_program (it);
  case VM_STEP_PLACE:
    /* Translators: "16 KiB", "40 KiB". */
    return g_strdup_printf (_ ("The program takes %s of the %s that are free "
                               "there."),
                            size (it, VM_V_PLACE_SIZE).s,
                            size (it, VM_V_PLACE_HOLE).s);
  case VM_STEP_NO_PLACE:
    return more_no_place (it);
  case VM_STEP_OVERWRITE:
    return g_strdup (_ ("What was there is lost."));
  case VM_STEP_RELOCATE:
    return more_relocate (it);
  case VM_STEP_PATCH:
    /* Translators: an address. */
    return g_strdup_printf (_ ("The program keeps it at %s."),
                            physical (it, VM_V_PATCH_PA).s);
  case VM_STEP_SWAP_OUT:
  case VM_STEP_SWAP_IN:
    return more_swap (it);
  case VM_STEP_COMPACT:
    /* Translators: "40 KiB". */
    return g_strdup_printf (_ ("%s are free, and shall be in one piece."),
                            size (it, VM_V_COMPACT_FREE).s);
  case VM_STEP_MOVE:
    /* Translators: "16 KiB". */
    return g_strdup_printf (_ ("%s are copied for it."),
                            size (it, VM_V_IMAGE_SIZE).s);
  }
  return NULL;
}

char *
scene_say_bounds_fault (const SceneSubject *it)
{
  guint vector = (guint) it->v[VM_V_FAULT_VECTOR];
  SceneNumber va = address (it, VM_V_FAULT_ADDRESS);

  if (it->geometry == NULL || it->geometry->family == VM_FAMILY_X86)
    /* Translators: an address. */
    return g_strdup_printf (
        _ ("General protection fault (#13): %s is beyond the limit."), va.s);
  if (it->geometry->family == VM_FAMILY_RISCV)
    /* Translators: a cause, an address. */
    return g_strdup_printf (_ ("Access fault (cause %u): %s is beyond the "
                               "limit."),
                            vector, va.s);
  /* Translators: an exception class, an address. */
  return g_strdup_printf (_ ("Abort (class 0x%x): %s is beyond the limit."),
                          vector, va.s);
}

char *
scene_more_bounds_fault (const SceneSubject *it)
{
  (void) it;
  return g_strdup (_ ("The access never reaches memory."));
}
