/* What is said of a page fault: who did what where, and what it came to. */
#include <glib/gi18n-lib.h>

#include "figures/fault_words.h"
#include "figures/kit.h"

/* Translators: a process; "read", "write" or "fetch". */
static const char *
who (const SceneBuild *b, guint64 process, guint64 mode, guint64 kind)
{
  const SceneContext *c = b->context;

  return scene_still_printf (
      b->still,
      mode == VM_USER_MODE ? _ ("%s, user mode: %s")
                           : _ ("%s, kernel mode: %s"),
      vm_machine_name (c->machine, c->state->processes[process].name),
      scene_fault_kind (kind));
}

const char *
scene_fault_who (const SceneBuild *build, const SceneFaultRun *run)
{
  if (scene_fault_pending (run))
    return who (build, run->access->values[VM_V_ACCESS_PROCESS],
                run->access->values[VM_V_ACCESS_MODE],
                run->access->values[VM_V_ACCESS_KIND]);
  if (run->begin == NULL)
    return run->last == SCENE_FAULT_NONE ? _ ("No page fault")
                                         : _ ("Pages ahead of time");
  return who (build, run->begin->values[VM_V_HANDLER_PROCESS],
              run->begin->values[VM_V_HANDLER_MODE],
              run->begin->values[VM_V_HANDLER_KIND]);
}

static const char *
address_text (const SceneBuild *b, guint64 va)
{
  return scene_keep (b, scene_number_virtual (b->context->geometry, va));
}

static const char *
faulting (const SceneBuild *b, guint64 va, guint64 error)
{
  /* Translators: an address; a number. */
  return scene_still_printf (b->still, _ ("%s, error code 0x%x"),
                             address_text (b, va), (guint) error);
}

const char *
scene_fault_where (const SceneBuild *build, const SceneFaultRun *run)
{
  if (run->fault != NULL && scene_fault_pending (run))
    return faulting (build, run->fault->values[VM_V_FAULT_ADDRESS],
                     run->fault->values[VM_V_FAULT_ERROR]);
  if (scene_fault_pending (run))
    return address_text (build, run->access->values[VM_V_ACCESS_VA]);
  if (run->begin != NULL)
    return faulting (build, run->begin->values[VM_V_HANDLER_VA],
                     run->begin->values[VM_V_HANDLER_ERROR]);
  return run->last == SCENE_FAULT_NONE
             ? NULL
             : address_text (build,
                             run->asked[run->last]->values[VM_V_DECIDE_VA]);
}

static const char *
action_word (const SceneFaultRun *run)
{
  static const char *const words[VM_ACTIONS]
      = {[VM_DID_NOTHING] = N_ ("nothing to do"),
         [VM_DID_ZERO] = N_ ("frame of zeros"),
         [VM_DID_ANONYMOUS] = N_ ("new frame"),
         [VM_DID_REPLACE_ZERO] = N_ ("new frame"),
         [VM_DID_HUGE] = N_ ("large page"),
         [VM_DID_COPY] = N_ ("a copy"),
         [VM_DID_REUSE] = N_ ("same frame"),
         [VM_DID_FILE] = N_ ("page of the file"),
         [VM_DID_FILE_COPY] = N_ ("a copy"),
         [VM_DID_NOTIFY] = N_ ("same frame"),
         [VM_DID_SWAP_IN] = N_ ("back from swap")};

  return _ (words[run->end->values[VM_V_HANDLED_ACTION]]);
}

const char *
scene_fault_outcome (const SceneBuild *build, const SceneFaultRun *run)
{
  if (run->end == NULL)
    return NULL;
  switch (run->end->kind) {
  case VM_STEP_HANDLED:
    return run->end->values[VM_V_HANDLED_MAJOR] != 0 ? _ ("Major fault")
                                                     : _ ("Minor fault");
  case VM_STEP_SIGNAL:
    return scene_still_printf (
        build->still, "%s, %s",
        vm_signal_name ((enum vm_signal) run->end->values[VM_V_SIGNAL_SIGNAL]),
        vm_signal_code_name (
            (enum vm_signal_code) run->end->values[VM_V_SIGNAL_CODE]));
  default:
    return "EFAULT";
  }
}

const char *
scene_fault_result (const SceneBuild *build, const SceneFaultRun *run)
{
  if (run->end != NULL && run->end->kind == VM_STEP_DECIDE)
    return _ ("the call fails");
  if (run->end == NULL || run->end->kind != VM_STEP_HANDLED)
    return NULL;
  /* Translators: "new frame" or the like, and its number. */
  return scene_still_printf (
      build->still, _ ("%s: %s"), action_word (run),
      scene_number_frame (build->context->geometry,
                          run->end->values[VM_V_HANDLED_FRAME])
          .s);
}

double
scene_fault_lines_width (const SceneBuild *build)
{
  g_autofree char *who = g_strdup_printf (_ ("%s, kernel mode: %s"), "A",
                                          C_ ("kind of access", "write"));
  g_autofree char *result
      = g_strdup_printf (_ ("%s: %s"), _ ("page of the file"),
                         scene_number_frame (build->context->geometry, 0).s);

  SceneNumber last = scene_number_virtual (
      build->context->geometry,
      vm_geometry_last_address (build->context->geometry));
  g_autofree char *where
      = g_strdup_printf (_ ("%s, error code 0x%x"), last.s, 0x15u);
  double words = MAX (scene_width (build, SCENE_TEXT_SMALL, who),
                      scene_width (build, SCENE_TEXT_SMALL, result));

  return MAX (words, scene_width (build, SCENE_TEXT_MONO_SMALL, where));
}
