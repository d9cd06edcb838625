/* What is said of a page fault: who did what where, and what it came to. */
#include <glib/gi18n-lib.h>

#include "figures/fault_words.h"
#include "figures/kit.h"

const char *
scene_fault_who (const SceneBuild *build, const SceneFaultRun *run)
{
  const SceneContext *c = build->context;

  if (run->begin == NULL)
    return run->last == SCENE_FAULT_NONE ? _ ("No page fault")
                                         : _ ("Pages ahead of time");
  guint32 process = (guint32) run->begin->values[VM_V_HANDLER_PROCESS];
  gboolean user = run->begin->values[VM_V_HANDLER_MODE] == VM_USER_MODE;
  /* Translators: a process; "read", "write" or "fetch". */
  return scene_still_printf (
      build->still, user ? _ ("%s, user mode: %s") : _ ("%s, kernel mode: %s"),
      vm_machine_name (c->machine, c->state->processes[process].name),
      scene_fault_kind (run->begin->values[VM_V_HANDLER_KIND]));
}

const char *
scene_fault_where (const SceneBuild *build, const SceneFaultRun *run)
{
  const struct vm_step *step = run->begin;

  if (step == NULL && run->last != SCENE_FAULT_NONE)
    return scene_keep (
        build,
        scene_number_virtual (build->context->geometry,
                              run->asked[run->last]->values[VM_V_DECIDE_VA]));
  return step == NULL ? NULL
                      : scene_keep (build, scene_number_virtual (
                                               build->context->geometry,
                                               step->values[VM_V_HANDLER_VA]));
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
  double words = MAX (scene_width (build, SCENE_TEXT_SMALL, who),
                      scene_width (build, SCENE_TEXT_SMALL, result));

  return MAX (words, scene_number_width (build, SCENE_TEXT_MONO_SMALL, last));
}
