/* A still with every kind of item in every role and emphasis. */
#include "specimen.h"

static SceneItem *
add (SceneStill *still, SceneKind kind, SceneRole role, SceneEmphasis emphasis,
     SceneRect rect, SceneTextStyle style, const char *text)
{
  SceneItem *item = scene_still_add (
      still, SCENE_ID (1, kind, still->items->len), 0, kind, rect);

  item->role = role;
  item->emphasis = emphasis;
  item->style = style;
  item->text = scene_still_text (still, text);
  return item;
}

static void
add_role (SceneStill *still, const SceneMetrics *m, SceneRole role, double y)
{
  double em = m->em, x = 9 * em, h = 1.6 * em;

  add (still, SCENE_TEXT, role, SCENE_NORMAL, (SceneRect){2 * em, y, 7 * em, h},
       SCENE_TEXT_BODY, scene_role_name (role));
  for (SceneEmphasis e = SCENE_FAINT; e <= SCENE_ACTIVE; e++) {
    add (still, SCENE_BOX, role, e, (SceneRect){x, y, 8 * em, h},
         SCENE_TEXT_MONO, "547 0x44332");
    SceneItem *label = add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, e,
                            (SceneRect){x + 5 * em, y, 2.6 * em, h},
                            SCENE_TEXT_SMALL, "row");
    label->align = SCENE_ALIGN_END;
    x += 8.3 * em;
    SceneItem *chip = add (still, SCENE_CHIP, role, e,
                           (SceneRect){x, y + 0.2 * em, 3.6 * em, 1.2 * em},
                           SCENE_TEXT_MONO_SMALL, "pid 41");
    chip->align = SCENE_ALIGN_CENTER;
    x += 3.9 * em;
    chip = add (still, SCENE_CHIP, role, e,
                (SceneRect){x, y + 0.3 * em, em, em}, SCENE_TEXT_MONO_SMALL,
                "W");
    chip->align = SCENE_ALIGN_CENTER;
    x += 1.3 * em;
    static const char *const glyphs[] = {"tick", "cross", "dot", "diamond"};
    add (still, SCENE_MARKER, role, e, (SceneRect){x, y + 0.3 * em, em, em},
         SCENE_TEXT_SMALL, glyphs[e]);
    x += 1.4 * em;
    SceneItem *line = add (still, SCENE_CONNECTOR, role, e,
                           (SceneRect){x, y, 3 * em, h}, SCENE_TEXT_SMALL,
                           NULL);
    scene_still_add_point (still, line, x, y + 0.3 * em);
    scene_still_add_point (still, line, x + 1.3 * em, y + 0.3 * em);
    scene_still_add_point (still, line, x + 1.3 * em, y + 1.2 * em);
    scene_still_add_point (still, line, x + 3 * em, y + 1.2 * em);
    x += 3.6 * em;
    line = add (still, SCENE_LINE, role, e, (SceneRect){x, y, 2 * em, h},
                SCENE_TEXT_SMALL, NULL);
    line->stroke = e % 3;
    scene_still_add_point (still, line, x, y + 1.2 * em);
    scene_still_add_point (still, line, x + 0.8 * em, y + 0.2 * em);
    scene_still_add_point (still, line, x + 2 * em, y + 0.9 * em);
    x += 2.4 * em;
  }
}

/* What two processes share, and what three do. */
static void
add_shared (SceneStill *still, double em, SceneEmphasis emphasis, double y)
{
  double x = 50 * em + 8.6 * emphasis * em;

  for (guint shares = 2; shares <= 3; shares++) {
    SceneItem *item = add (still, SCENE_BOX, SCENE_ROLE_PROCESS_A, emphasis,
                           (SceneRect){x, y, 4 * em, 1.6 * em},
                           SCENE_TEXT_SMALL, "");
    item->also[0] = SCENE_ROLE_PROCESS_B;
    item->also[1] = shares > 2 ? SCENE_ROLE_PROCESS_C : SCENE_ROLE_NEUTRAL;
    x += 4.3 * em;
  }
}

SceneStill *
specimen_new (const SceneMetrics *metrics)
{
  SceneStill *still = scene_still_new ();
  double em = metrics->em;

  still->width = 86 * em;
  still->height = (SCENE_ROLES * 2.1 + 9) * em;
  add (still, SCENE_PANEL, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){em, em, 84 * em, (SCENE_ROLES * 2.1 + 7) * em},
       SCENE_TEXT_BODY, NULL);
  add (still, SCENE_EDGE, SCENE_ROLE_LEVEL2, SCENE_NORMAL,
       (SceneRect){em, em, 5, (SCENE_ROLES * 2.1 + 7) * em}, SCENE_TEXT_BODY,
       NULL);
  add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){2 * em, 1.2 * em, 12 * em, 1.6 * em}, SCENE_TEXT_BOLD,
       "Page directory");
  add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){14 * em, 1.2 * em, 12 * em, 1.6 * em}, SCENE_TEXT_SMALL,
       "frame 0x00001");
  add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){24 * em, 1.2 * em, 12 * em, 1.6 * em}, SCENE_TEXT_MONO,
       "mov eax, [0x11223344]");
  add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){40 * em, 1.2 * em, 20 * em, 1.6 * em}, SCENE_TEXT_BODY,
       "页表第 547 项 · 页框 0x44332");
  add (still, SCENE_RULE, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){em, 3 * em, 84 * em, 1}, SCENE_TEXT_BODY, NULL);
  for (SceneRole role = 0; role < SCENE_ROLES; role++)
    add_role (still, metrics, role, (3.6 + 2.1 * role) * em);
  add (still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
       (SceneRect){2 * em, (4 + SCENE_ROLES * 2.1) * em, 47 * em, 2 * em},
       SCENE_TEXT_LARGE,
       "The MMU reads entry 547 of the page table in frame 0x00002.");
  for (SceneEmphasis e = SCENE_FAINT; e <= SCENE_ACTIVE; e++)
    add_shared (still, em, e, (4.2 + SCENE_ROLES * 2.1) * em);
  SceneItem *more = add (
      still, SCENE_TEXT, SCENE_ROLE_NEUTRAL, SCENE_NORMAL,
      (SceneRect){2 * em, (6 + SCENE_ROLES * 2.1) * em, 70 * em, 1.6 * em},
      SCENE_TEXT_BODY,
      "Physical address read: 0x00002000 + 547 × 4 = 0x0000288c. This is the "
      "second memory access of the walk.");
  more->role = SCENE_ROLE_KERNEL;
  return still;
}
