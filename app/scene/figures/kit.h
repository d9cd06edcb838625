/* What figures share: panels, texts that fit, slices of rectangles, words. */
#ifndef SCENE_KIT_H
#define SCENE_KIT_H

#include "figures/figure.h"
#include "numbers.h"

/* Parts of ids that every panel has; a figure's own begin at SCENE_PART. */
enum {
  SCENE_PART_PANEL,
  SCENE_PART_TITLE,
  SCENE_PART_SUBTITLE,
  SCENE_PART_RULE,
  SCENE_PART_EDGE,
  SCENE_PART,
  SCENE_PART_SCROLL = 0xff /* see window.h */
};

/* Ems, in pixels. */
double scene_em (const SceneBuild *build, double ems);
double scene_line (const SceneBuild *build, SceneTextStyle style);
double scene_width (const SceneBuild *build, SceneTextStyle style,
                    const char *text);

/* The usual distance of a panel's content from its border, and the height of
 * its header. */
double scene_padding (const SceneBuild *build);
double scene_header (const SceneBuild *build);

/* Cut a slice off a rectangle and the gap beside it; the rest stays in
 * *rest. */
SceneRect scene_cut_top (SceneRect *rest, double height, double gap);
SceneRect scene_cut_bottom (SceneRect *rest, double height, double gap);
SceneRect scene_cut_left (SceneRect *rest, double width, double gap);
SceneRect scene_cut_right (SceneRect *rest, double width, double gap);
SceneRect scene_inset (SceneRect rect, double x, double y);

/* The i-th of count equal slices with a gap between them, side by side or one
 * below the other. */
SceneRect scene_column (SceneRect rect, guint i, guint count, double gap);
SceneRect scene_row (SceneRect rect, guint i, guint count, double gap);

/* A rectangle of that height in the vertical middle of another. */
SceneRect scene_middle (SceneRect rect, double height);

/* Appends items below build->parent. Text that is too wide for its rectangle
 * is shortened with an ellipsis. The item is valid until the next is added. */
SceneItem *scene_add_text (SceneBuild *build, SceneId id, SceneTextStyle style,
                           SceneAlign align, SceneRect rect, const char *text);
SceneItem *scene_add_box (SceneBuild *build, SceneId id, SceneRect rect,
                          SceneRole role, SceneEmphasis emphasis);

/* A chip of the text's own width at the start of rect. */
SceneItem *scene_add_chip (SceneBuild *build, SceneId id, SceneRect rect,
                           SceneRole role, const char *text);
double scene_chip_width (const SceneBuild *build, SceneTextStyle style,
                         const char *text);

/* The panel of a figure: border, title, quiet subtitle (NULL: none) that
 * gives way when there is no room, and a rule. number tells panels of one
 * figure apart. Sets build->parent to it and returns the room inside. */
SceneRect scene_add_panel (SceneBuild *build, SceneFigureId figure,
                           guint64 number, SceneRect rect, const char *title,
                           const char *subtitle);

/* The same with a sign instead of the subtitle, which does not give way: a
 * letter on a role's colour, with that id. */
SceneRect scene_add_signed_panel (SceneBuild *build, SceneFigureId figure,
                                  guint64 number, SceneRect rect,
                                  const char *title, SceneId id, SceneRole role,
                                  const char *sign);

/* Width of a panel's header with both texts. */
double scene_panel_width (const SceneBuild *build, const char *title,
                          const char *subtitle);

/* Text on up to `lines` lines of rect from its top, broken at spaces. Returns
 * the number of lines used. ids count up from first. */
guint scene_add_wrapped (SceneBuild *build, SceneId first, SceneTextStyle style,
                         SceneRect rect, guint lines, SceneEmphasis emphasis,
                         const char *text);

/* A number as sentences write it, kept by the still; and how wide one is. */
const char *scene_keep (const SceneBuild *build, SceneNumber number);
double scene_number_width (const SceneBuild *build, SceneTextStyle style,
                           SceneNumber number);

/* The widest number of a page of 2^shift bytes among those that the list of
 * operations names: it is known at every step. */
SceneNumber scene_widest_page (const SceneContext *context, guint shift);

/* The first of `count` things to be shown where `fit` find room: the last is
 * among them, and they stay the same until it is not, when half of them go. */
guint64 scene_first_shown (guint64 count, guint fit);

SceneRole scene_level_role (guint level);
SceneRole scene_process_role (guint32 process);

/* Do tables go by names, as "page directory", or by the numbers of their
 * levels? */
gboolean scene_levels_have_names (const struct vm_geometry *geometry);

/* The number that RISC-V and the Arm give a level: the one counts up from the
 * last table, the other down to it. Of a toy the last one is 1. */
guint scene_level_number (const struct vm_geometry *geometry, guint level);

/* Words of the core's tables, translated. */
const char *scene_word (const char *english);

/* "PD", "L1": a level's table in a few letters. */
const char *scene_short_table (const struct vm_geometry *geometry, guint level);

/* Gives an item the bytes of the machine's state that it shows. */
void scene_item_shows (const SceneBuild *build, SceneItem *item,
                       gconstpointer address, gsize width);

/* The same for bytes of simulated physical memory. */
void scene_item_shows_memory (const SceneBuild *build, SceneItem *item,
                              guint64 pa, gsize width);

/* Says what the item's number means. */
void scene_item_means (SceneItem *item, SceneMeaning meaning, guint64 number);
void scene_item_means_page (SceneItem *item, guint64 page, guint shift);
void scene_item_means_index (SceneItem *item, guint level, guint64 index);

#endif
