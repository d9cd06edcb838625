/* What is said about the two roots of a process. */
#include "figures/root_words.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/root_entries.h"

const char *
scene_root_name (const SceneContext *c, guint root)
{
  if (!c->state->config.kpti)
    return root == 0 ? _ ("the only root") : _ ("no second root");
  return root == 0 ? _ ("kernel's root") : _ ("user mode's root");
}

const char *
scene_root_half (const SceneContext *c, guint half)
{
  if (!c->state->config.kpti)
    return half == 0 ? _ ("kernel half") : _ ("user half");
  return half == 0 ? _ ("kernel half: only the trampoline is in both")
                   : _ ("user half: the same tables");
}

char *
scene_root_loaded_text (const SceneContext *c, guint64 root, guint asid)
{
  return g_strdup_printf (
      "%s = %s", c->geometry->root_register,
      scene_number_physical (c->geometry,
                             root << c->geometry->page_shift | asid)
          .s);
}

const char *
scene_root_change (const SceneBuild *b)
{
  guint dropped;

  if (!b->context->state->config.kpti)
    return _ ("KPTI is off: both modes have one root");
  if (!scene_root_switch (b->context, &dropped))
    return _ ("this operation has not changed the root");
  return scene_still_printf (
      b->still,
      ngettext ("the change of roots dropped %u entry of the TLB",
                "the change of roots dropped %u entries of the TLB", dropped),
      dropped);
}

double
scene_root_words (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  g_autofree char *dropped = g_strdup_printf (
      ngettext ("the change of roots dropped %u entry of the TLB",
                "the change of roots dropped %u entries of the TLB", 888),
      888);
  double width
      = c->state->config.kpti ? scene_width (b, SCENE_TEXT_SMALL, dropped) : 0;

  for (guint half = 0; half < 2; half++)
    width = MAX (width,
                 scene_width (b, SCENE_TEXT_SMALL, scene_root_half (c, half)));
  return MAX (width,
              scene_width (b, SCENE_TEXT_SMALL,
                           c->state->config.kpti
                               ? _ ("this operation has not changed the root")
                               : _ ("KPTI is off: both modes have one root")));
}
