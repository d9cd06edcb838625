/* Prints tasks and processors. */
#include "outcome_tasks.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "process/task.h"
#include "subject.h"

static const char *
name_of (const struct vm_machine *machine, guint32 process)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (process == VM_NONE)
    return "none";
  if (s->processes[process].state == VM_PROCESS_FREE)
    return scene_subject_process (&(SceneSubject){.machine = machine}, process);
  return vm_machine_name (machine, s->processes[process].name);
}

static const char *
state_name (guint state)
{
  static const char *const names[]
      = {"free", "running", "waiting", "zombie", "device", "kernel"};
  return names[state];
}

/* Where a task runs; VM_NONE: nowhere. */
static guint32
processor_of (const struct vm_state *s, guint32 process)
{
  for (guint32 cpu = 0; cpu < s->config.cpus; cpu++)
    if (s->cpus[cpu].process == process)
      return cpu;
  return VM_NONE;
}

/* Its own address space, and the one that it uses. */
static guint32
mm_of (const struct vm_state *s, guint32 process)
{
  return vm_process_has_space (&s->processes[process])
             ? s->processes[process].mm
             : VM_NONE;
}

static guint32
active_mm_of (const struct vm_state *s, guint32 process)
{
  if (s->processes[process].state != VM_PROCESS_KERNEL)
    return mm_of (s, process);
  return s->tasks[process].active == 0 ? VM_NONE : s->tasks[process].active - 1;
}

static void
put_object (CliJson *json, const struct vm_machine *machine, const char *key,
            guint32 index, guint32 users)
{
  cli_json_begin_object (json, key);
  cli_json_string (json, "of", name_of (machine, index));
  cli_json_number (json, "users", MAX (users, 1));
  cli_json_end_object (json);
}

static void
put_objects (CliJson *json, const struct vm_machine *machine, guint32 process)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint32 files = vm_task_files (s, process), fs = vm_task_fs (s, process);
  guint32 sighand = vm_task_sighand (s, process);
  guint32 folder = s->shares[fs].folder;

  put_object (json, machine, "files", files, s->shares[files].files);
  put_object (json, machine, "fs", fs, s->shares[fs].fs);
  put_object (json, machine, "sighand", sighand, s->shares[sighand].sighand);
  cli_json_string (json, "folder",
                   folder == 0 ? "/" : vm_machine_name (machine, folder - 1));
  cli_json_begin_array (json, "handlers");
  for (guint i = 1; i < VM_SIGNAL_NUMBERS; i++) {
    guint64 handler = s->handlers[sighand * VM_SIGNAL_NUMBERS + i];
    if (handler == 0)
      continue;
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "signal", i);
    cli_json_hex (json, "handler", handler);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
put_thread (CliJson *json, const struct vm_machine *machine, guint32 process)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_process *p = &s->processes[process];
  guint32 cpu = processor_of (s, process);

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "name", name_of (machine, process));
  cli_json_number (json, "pid", p->pid);
  cli_json_number (json, "tgid", vm_task_tgid (s, process));
  cli_json_string (json, "state", state_name (p->state));
  if (cpu != VM_NONE)
    cli_json_number (json, "cpu", cpu);
  cli_json_string (json, "mm", name_of (machine, mm_of (s, process)));
  cli_json_string (json, "active_mm",
                   name_of (machine, active_mm_of (s, process)));
  if (p->state == VM_PROCESS_RUNNING || p->state == VM_PROCESS_WAITING)
    put_objects (json, machine, process);
  cli_json_end_object (json);
}

static void
print_thread (const struct vm_machine *machine, guint32 process)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint32 cpu = processor_of (s, process);

  printf ("  %-12s pid %-5u tgid %-5u %-8s mm %-10s active_mm %-10s",
          name_of (machine, process), s->processes[process].pid,
          vm_task_tgid (s, process), state_name (s->processes[process].state),
          name_of (machine, mm_of (s, process)),
          name_of (machine, active_mm_of (s, process)));
  if (cpu != VM_NONE)
    printf (" cpu %u", cpu);
  printf ("\n");
}

void
cli_threads_show (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "threads");
  for (guint32 i = 0; i < s->process_count; i++) {
    guint state = s->processes[i].state;
    if (state == VM_PROCESS_FREE || state == VM_PROCESS_DOMAIN)
      continue;
    if (json != NULL)
      put_thread (json, machine, i);
    else
      print_thread (machine, i);
  }
  if (json != NULL)
    cli_json_end_array (json);
}

/* The address space that is loaded on a processor; VM_NONE: the kernel's own,
 * or none. */
static guint32
loaded (const struct vm_state *s, guint32 cpu)
{
  guint32 process = s->cpus[cpu].process;

  if (process == VM_NONE)
    return VM_NONE;
  guint32 mm = s->processes[process].mm;
  return vm_mm_lives (s, mm) ? mm : VM_NONE;
}

static void
put_counts (CliJson *json, const struct vm_cpu_run *run)
{
  cli_json_number (json, "switches", run->switches);
  cli_json_number (json, "cr3_writes", run->root_writes);
  cli_json_number (json, "same_mm", run->same_space);
  cli_json_number (json, "lazy_switches", run->lazy_switches);
  cli_json_number (json, "flushes", run->flushes);
  cli_json_number (json, "avoided", run->avoided);
  cli_json_number (json, "skipped", run->skipped);
  cli_json_number (json, "late", run->late);
  cli_json_number (json, "left", run->left);
}

static void
put_cpu (CliJson *json, const struct vm_machine *machine, guint32 cpu)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint32 mm = loaded (s, cpu);

  cli_json_begin_object (json, NULL);
  cli_json_number (json, "cpu", cpu);
  cli_json_string (json, "task", name_of (machine, s->cpus[cpu].process));
  cli_json_string (json, "mm", name_of (machine, mm));
  cli_json_boolean (json, "lazy", s->runs[cpu].lazy);
  cli_json_hex (json, "cr3", s->cpus[cpu].cr3);
  cli_json_number (json, "asid", s->cpus[cpu].asid);
  if (mm != VM_NONE) {
    cli_json_number (json, "tlb_gen", s->seen[cpu * VM_MAX_PROCESSES + mm]);
    cli_json_number (json, "mm_tlb_gen", s->mm_uses[mm].generation);
  }
  put_counts (json, &s->runs[cpu]);
  cli_json_end_object (json);
}

static void
print_cpu (const struct vm_machine *machine, guint32 cpu)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_cpu_run *run = &s->runs[cpu];
  guint32 mm = loaded (s, cpu);

  printf ("  cpu %u  %-12s mm %-12s %s", cpu,
          name_of (machine, s->cpus[cpu].process), name_of (machine, mm),
          run->lazy ? "lazy  " : "");
  if (mm != VM_NONE)
    printf ("tlb_gen %" PRIu64 "/%" PRIu64,
            s->seen[cpu * VM_MAX_PROCESSES + mm], s->mm_uses[mm].generation);
  printf ("\n    switches %" PRIu64 "  cr3 %" PRIu64 "  same-mm %" PRIu64
          "  lazy %" PRIu64 "  flushes %" PRIu64 "  avoided %" PRIu64
          "  skipped %" PRIu64 "  late %" PRIu64 "  left %" PRIu64 "\n",
          run->switches, run->root_writes, run->same_space, run->lazy_switches,
          run->flushes, run->avoided, run->skipped, run->late, run->left);
}

/* mm_users, mm_count, tlb_gen and mm_cpumask. */
static void
put_mm (CliJson *json, const struct vm_machine *machine, guint32 mm)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint32 users = s->mms[mm].users, borrowers = s->mm_uses[mm].borrowers;

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "mm", name_of (machine, mm));
  cli_json_number (json, "users", users);
  cli_json_number (json, "count", (users > 0) + borrowers);
  cli_json_number (json, "tlb_gen", s->mm_uses[mm].generation);
  cli_json_begin_array (json, "cpus");
  for (guint32 cpu = 0; cpu < s->config.cpus; cpu++)
    if (loaded (s, cpu) == mm)
      cli_json_number (json, NULL, cpu);
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
print_mm (const struct vm_machine *machine, guint32 mm)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint32 users = s->mms[mm].users, borrowers = s->mm_uses[mm].borrowers;

  printf ("  mm %-12s users %u  count %u  tlb_gen %" PRIu64 "\n",
          name_of (machine, mm), users, (users > 0) + borrowers,
          s->mm_uses[mm].generation);
}

static void
show_mms (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "mms");
  for (guint32 mm = 0; mm < s->process_count; mm++) {
    if (!vm_mm_lives (s, mm))
      continue;
    if (json != NULL)
      put_mm (json, machine, mm);
    else
      print_mm (machine, mm);
  }
  if (json != NULL)
    cli_json_end_array (json);
}

void
cli_cpus_show (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "cpus");
  for (guint32 cpu = 0; cpu < s->config.cpus; cpu++)
    if (json != NULL)
      put_cpu (json, machine, cpu);
    else
      print_cpu (machine, cpu);
  if (json != NULL)
    cli_json_end_array (json);
  show_mms (json, machine);
}
