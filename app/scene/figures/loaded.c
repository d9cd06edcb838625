/* Finds the ELF file that the figures of programs are about. */
#include "figures/loaded.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "figures/kit.h"
#include "figures/runs.h"

/* Letters of a name that may be shown as they are; others become dots. */
static char *
safe_name (const char *name)
{
  char *safe = g_strndup (name, 64);

  for (char *p = safe; *p != '\0'; p++)
    if (*p < 0x20 || *p >= 0x7f)
      *p = '.';
  return safe;
}

/* The file that an operation makes, if its bytes are a program. */
static gboolean
read_op (SceneLoaded *loaded, const SceneContext *c, const struct vm_op *op)
{
  struct vm_elf_verdict broken;
  uint64_t size;

  if (op->kind != VM_OP_FILE || !vm_op_gives (op, VM_P_FILE_CONTENT))
    return FALSE;
  const uint8_t *bytes = vm_machine_content (
      c->machine, (uint32_t) op->values[VM_P_FILE_CONTENT], &size);
  loaded->elf = vm_elf_new (bytes, size, &broken);
  if (loaded->elf != NULL && vm_elf_is_x86 (loaded->elf)
      && vm_elf_loads (loaded->elf)
      && vm_elf_plan_init (&loaded->plan, loaded->elf)) {
    loaded->length = size;
    return loaded->plan.count > 0;
  }
  g_clear_pointer (&loaded->elf, vm_elf_free);
  return FALSE;
}

/* The program of a process; NULL: it executes none. */
static const struct vm_exec *
program_of (const SceneContext *c, guint32 process)
{
  if (process >= c->state->process_count || !scene_process_lives (c, process))
    return NULL;
  const struct vm_exec *exec
      = &c->state->execs[c->state->processes[process].mm];
  return exec->file == 0 ? NULL : exec;
}

/* A process executes it: all of it is mapped. */
static gboolean
find_process (SceneLoaded *loaded, const SceneContext *c, guint32 name)
{
  guint32 process = scene_executing (c);
  const struct vm_exec *exec = program_of (c, process);

  if (exec == NULL || c->state->files[exec->file].name != name)
    return FALSE;
  loaded->process = process;
  loaded->bias = exec->bias;
  loaded->reached = loaded->zeroed = G_MAXUINT64;
  return TRUE;
}

/* execve maps it right now: what it has done so far. */
static void
note_act (SceneLoaded *loaded, const struct vm_step *step, guint32 name)
{
  const guint64 *v = step->values;

  switch ((guint) step->kind) {
  case VM_STEP_EXEC_PLACE:
    if (v[VM_V_EXEC_PLACE_FILE] != name)
      return;
    loaded->bias = v[VM_V_EXEC_PLACE_BIAS];
    return;
  case VM_STEP_EXEC_SEGMENT:
    if (v[VM_V_EXEC_SEGMENT_FILE] != name)
      return;
    loaded->now = v[VM_V_EXEC_SEGMENT_START];
    loaded->reached = MAX (loaded->reached, v[VM_V_EXEC_SEGMENT_END]);
    return;
  case VM_STEP_EXEC_ZERO:
    loaded->now = v[VM_V_ZERO_START];
    loaded->zeroed = v[VM_V_ZERO_END];
    return;
  case VM_STEP_EXEC_BSS:
    loaded->now = v[VM_V_BSS_START];
    loaded->reached = MAX (loaded->reached, v[VM_V_BSS_END]);
    return;
  case VM_STEP_REGION_NEW:
    return;
  default:
    loaded->now = 0;
  }
}

static void
find_acts (SceneLoaded *loaded, const SceneContext *c, guint32 name)
{
  guint64 first, end;

  if (!scene_exec_steps (c, &first, &end))
    return;
  gboolean done = loaded->process != VM_NONE;
  SceneLoaded acts = *loaded;
  for (guint64 n = first; n < end; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step == NULL)
      continue;
    if (step->kind == VM_STEP_EXEC_LEAVE)
      acts.process = (guint32) step->values[VM_V_LEAVE_PROCESS];
    note_act (&acts, step, name);
  }
  loaded->now = acts.now;
  if (!done)
    *loaded = acts;
}

static gboolean
calls (const SceneContext *c)
{
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++)
    if (vm_machine_op (c->machine, i)->kind == VM_OP_EXEC)
      return TRUE;
  return FALSE;
}

/* Where it lies, or will; and how much of it does so far. */
static void
find_place (SceneLoaded *loaded, const SceneContext *c, guint32 name)
{
  loaded->bias = loaded->plan.bias;
  loaded->process = VM_NONE;
  loaded->called = calls (c);
  find_process (loaded, c, name);
  find_acts (loaded, c, name);
}

guint32
scene_executing (const SceneContext *context)
{
  const SceneContext *c = context;
  guint64 first, end;

  if (program_of (c, c->process) != NULL || scene_exec_steps (c, &first, &end))
    return c->process;
  for (guint32 p = 0; p < c->state->process_count; p++)
    if (program_of (c, p) != NULL)
      return p;
  return VM_NONE;
}

gboolean
scene_exec_steps (const SceneContext *context, guint64 *first, guint64 *end)
{
  const SceneContext *c = context;

  if (c->machine == NULL || c->step == NULL || c->cursor == 0)
    return FALSE;
  guint64 op = vm_machine_op_of_step (c->machine, c->cursor - 1);
  if (vm_machine_op (c->machine, op)->kind != VM_OP_EXEC)
    return FALSE;
  *first = vm_machine_result (c->machine, op)->first_step;
  *end = c->cursor;
  return TRUE;
}

gboolean
scene_loaded_read (SceneLoaded *loaded, const SceneBuild *build)
{
  const SceneContext *c = build->context;

  *loaded = (SceneLoaded){.elf = NULL};
  for (guint64 i = 0;
       c->machine != NULL && i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    if (!read_op (loaded, c, op)) {
      scene_loaded_clear (loaded);
      continue;
    }
    guint32 name = (guint32) op->values[VM_P_FILE_NAME];
    find_place (loaded, c, name);
    g_autofree char *safe = safe_name (vm_machine_name (c->machine, name));
    if (build->still != NULL)
      loaded->name = scene_still_text (build->still, safe);
    return TRUE;
  }
  return FALSE;
}

void
scene_loaded_clear (SceneLoaded *loaded)
{
  vm_elf_plan_done (&loaded->plan);
  g_clear_pointer (&loaded->elf, vm_elf_free);
}

SceneRole
scene_loaded_role (guint32 flags)
{
  if (flags & VM_ELF_WRITE)
    return SCENE_ROLE_PROCESS_B;
  return flags & VM_ELF_EXECUTE ? SCENE_ROLE_PROCESS_A : SCENE_ROLE_FILE;
}

const char *
scene_loaded_flags (guint32 flags)
{
  static const char *const texts[]
      = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};

  return texts[flags & 7];
}

/* A section with bytes in the file, of a segment. */
static gboolean
belongs (const struct vm_elf_section *s, const struct vm_elf_segment *segment)
{
  return (s->flags & VM_ELF_ALLOC) != 0 && s->type != VM_ELF_NOBITS
         && s->addr >= segment->vaddr
         && s->addr - segment->vaddr < segment->memsz;
}

const char *
scene_loaded_sections (const SceneBuild *build, const SceneLoaded *loaded,
                       const struct vm_elf_segment *segment, double width)
{
  const struct vm_elf *elf = loaded->elf;
  g_autoptr (GString) names = g_string_new (NULL);
  guint left_out = 0;

  for (guint i = 1; i < elf->section_count; i++) {
    gsize before = names->len;
    if (!belongs (&elf->sections[i], segment))
      continue;
    if (left_out > 0) {
      left_out++;
      continue;
    }
    g_autofree char *name = safe_name (vm_elf_section_name (elf, i));
    g_string_append_printf (names, "%s%s", before > 0 ? " " : "", name);
    if (scene_width (build, SCENE_TEXT_BODY, names->str) + scene_em (build, 2)
        <= width)
      continue;
    g_string_truncate (names, before);
    left_out = 1;
  }
  if (names->len > 0 && left_out > 0)
    g_string_append_printf (names, " +%u", left_out);
  return scene_still_text (build->still, names->str);
}

const char *
scene_loaded_name (const SceneBuild *build, const char *name)
{
  g_autofree char *safe = safe_name (name);

  return scene_still_text (build->still, safe);
}

const char *
scene_loaded_fitting (const SceneBuild *build, SceneTextStyle style,
                      double width, const char *text, const char *shorter)
{
  if (scene_width (build, style, text) <= width)
    return text;
  return scene_width (build, style, shorter) <= width ? shorter : "…";
}

const char *
scene_loaded_hex (const SceneBuild *build, guint64 number)
{
  return scene_still_printf (build->still, "0x%" PRIx64, number);
}

void
scene_loaded_add_none (SceneBuild *build, SceneFigureId figure, SceneRect rect)
{
  double line = scene_line (build, SCENE_TEXT_SMALL);

  scene_add_wrapped (build, SCENE_ID (figure, SCENE_PART, 0xffffff),
                     SCENE_TEXT_SMALL, scene_middle (rect, 2 * line), 2,
                     SCENE_FAINT, _ ("no file here is a program for x86"));
}
