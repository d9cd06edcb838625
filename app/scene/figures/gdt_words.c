/* What the figure of segments says in words. */
#include "figures/gdt_words.h"

#include <glib/gi18n-lib.h>

#include "describe_segment.h"
#include "figures/kit.h"

const char *
scene_gdt_register (guint which)
{
  static const char *const names[VM_SEGMENT_REGISTERS]
      = {"ES", "CS", "SS", "DS", "FS", "GS"};

  return which < VM_SEGMENT_REGISTERS ? names[which] : "?";
}

const char *
scene_gdt_type (const SceneBuild *build, const SceneGdtSegment *s)
{
  gboolean low = s->type & VM_SEGMENT_WRITABLE; /* of code: readable */
  gboolean high = s->type & VM_SEGMENT_DOWN;    /* of code: conforming */

  if (!s->ordinary)
    return C_ ("type of a segment", "system");
  if (s->type & VM_SEGMENT_CODE)
    return scene_still_printf (build->still, "%s %s%s",
                               C_ ("type of a segment", "code"), low ? "r" : "",
                               high ? "c" : "");
  return scene_still_printf (build->still, "%s %s%s",
                             C_ ("type of a segment", "data"), low ? "w" : "r",
                             high ? "↓" : "");
}

double
scene_gdt_type_width (const SceneBuild *build)
{
  const char *const words[] = {C_ ("type of a segment", "system"),
                               C_ ("type of a segment", "code"),
                               C_ ("type of a segment", "data")};
  double width = scene_width (build, SCENE_TEXT_MONO_SMALL, words[0]);

  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    width
        = MAX (width, scene_width (build, SCENE_TEXT_MONO_SMALL, words[i])
                          + scene_width (build, SCENE_TEXT_MONO_SMALL, " w↓"));
  return width;
}

const char *
scene_gdt_type_text (const SceneGdtSegment *s)
{
  static const char *const texts[]
      = {N_ ("data, can only be read"),
         N_ ("data, can be written"),
         N_ ("data that grows down, can only be read"),
         N_ ("data that grows down, can be written"),
         N_ ("code, cannot be read"),
         N_ ("code, can be read"),
         N_ ("conforming code, cannot be read"),
         N_ ("conforming code, can be read")};

  return s->ordinary ? _ (texts[s->type >> 1 & 7]) : _ ("of the system");
}

const char *
scene_gdt_number (const SceneBuild *build, guint64 number)
{
  return scene_keep (build,
                     scene_number_virtual (build->context->geometry, number));
}

const char *
scene_gdt_selector (const SceneBuild *build, guint selector)
{
  return scene_still_printf (build->still, "0x%04x", selector);
}

const char *
scene_gdt_segment_name (const SceneBuild *build, const SceneGdtSegment *s)
{
  if (!s->any)
    return _ ("empty");
  if (build->context->geometry->word_bits == 64)
    return scene_still_printf (build->still, _ ("base %s"),
                               scene_gdt_number (build, s->base));
  return scene_still_printf (build->still,
                             /* Translators: an address, an offset, "data, can
                                be written", a level of privilege. */
                             _ ("base %s, last offset %s, %s, DPL %u"),
                             scene_gdt_number (build, s->base),
                             scene_gdt_number (build, s->last),
                             scene_gdt_type_text (s), s->dpl);
}

const char *
scene_gdt_sentence (const SceneBuild *build, const struct vm_step *step)
{
  SceneSubject subject = scene_subject_of (build->context->machine, step);
  g_autofree char *text = scene_say_segment (&subject);

  return scene_still_text (build->still, text);
}

SceneRole
scene_gdt_role (const SceneGdtSegment *s)
{
  if (!s->any || !s->present || !s->ordinary)
    return SCENE_ROLE_NEUTRAL;
  return s->dpl < 3 ? SCENE_ROLE_KERNEL : SCENE_ROLE_PROCESS_A;
}
