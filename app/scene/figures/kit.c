/* What figures share: panels, texts that fit, slices of rectangles, words. */
#include "figures/kit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tape/memory.h"

/* The longest beginning of text that fits with an ellipsis behind it. */
static const char *
shorten (const SceneBuild *b, SceneTextStyle style, const char *text,
         double width)
{
  const char *end = text + strlen (text);

  while (end > text) {
    end = g_utf8_prev_char (end);
    g_autofree char *part = g_strdup_printf ("%.*s…", (int) (end - text), text);
    if (scene_width (b, style, part) <= width)
      return scene_still_text (b->still, part);
  }
  return NULL;
}

/* Chinese has no spaces: a line may end beside any of its characters, but none
 * begins with a mark such as a full stop. */
static gboolean
may_break (const char *before, const char *after)
{
  gunichar a = g_utf8_get_char (before), b = g_utf8_get_char (after);

  if (b == ' ' || b == '\0')
    return TRUE;
  return (g_unichar_iswide (a) || g_unichar_iswide (b))
         && !g_unichar_ispunct (b)
         && g_unichar_type (a) != G_UNICODE_OPEN_PUNCTUATION;
}

/* The longest beginning of text that fits on a line, in bytes: up to a place
 * where it may break if there is one, otherwise up to any character. */
static gsize
line_length (const SceneBuild *b, SceneTextStyle style, const char *text,
             double width)
{
  gsize fits = 0, space = 0;

  for (const char *p = text; *p != '\0';) {
    const char *next = g_utf8_next_char (p);
    g_autofree char *part = g_strndup (text, (gsize) (next - text));
    if (scene_width (b, style, part) > width)
      return space > 0 ? space
                       : MAX (fits, (gsize) (g_utf8_next_char (text) - text));
    fits = (gsize) (next - text);
    if (may_break (p, next))
      space = fits;
    p = next;
  }
  return fits;
}

double
scene_em (const SceneBuild *build, double ems)
{
  return ems * build->metrics->em;
}

double
scene_line (const SceneBuild *build, SceneTextStyle style)
{
  return build->metrics->line[style];
}

double
scene_width (const SceneBuild *build, SceneTextStyle style, const char *text)
{
  return build->metrics->measure (build->metrics, style, text);
}

double
scene_padding (const SceneBuild *build)
{
  return scene_em (build, 0.6);
}

double
scene_header (const SceneBuild *build)
{
  return scene_em (build, 1.6);
}

SceneRect
scene_cut_top (SceneRect *rest, double height, double gap)
{
  SceneRect slice = {rest->x, rest->y, rest->width, height};

  rest->y += height + gap;
  rest->height -= height + gap;
  return slice;
}

SceneRect
scene_cut_bottom (SceneRect *rest, double height, double gap)
{
  SceneRect slice
      = {rest->x, rest->y + rest->height - height, rest->width, height};

  rest->height -= height + gap;
  return slice;
}

SceneRect
scene_cut_left (SceneRect *rest, double width, double gap)
{
  SceneRect slice = {rest->x, rest->y, width, rest->height};

  rest->x += width + gap;
  rest->width -= width + gap;
  return slice;
}

SceneRect
scene_cut_right (SceneRect *rest, double width, double gap)
{
  SceneRect slice
      = {rest->x + rest->width - width, rest->y, width, rest->height};

  rest->width -= width + gap;
  return slice;
}

SceneRect
scene_inset (SceneRect rect, double x, double y)
{
  return (SceneRect){rect.x + x, rect.y + y, rect.width - 2 * x,
                     rect.height - 2 * y};
}

SceneRect
scene_column (SceneRect rect, guint i, guint count, double gap)
{
  double width = (rect.width - (count - 1) * gap) / count;

  return (SceneRect){rect.x + i * (width + gap), rect.y, width, rect.height};
}

SceneRect
scene_row (SceneRect rect, guint i, guint count, double gap)
{
  double height = (rect.height - (count - 1) * gap) / count;

  return (SceneRect){rect.x, rect.y + i * (height + gap), rect.width, height};
}

SceneRect
scene_middle (SceneRect rect, double height)
{
  return (SceneRect){rect.x, rect.y + (rect.height - height) / 2, rect.width,
                     height};
}

SceneItem *
scene_add_text (SceneBuild *build, SceneId id, SceneTextStyle style,
                SceneAlign align, SceneRect rect, const char *text)
{
  SceneItem *item
      = scene_still_add (build->still, id, build->parent, SCENE_TEXT, rect);

  item->style = style;
  item->align = align;
  if (text != NULL && scene_width (build, style, text) > rect.width + 0.01)
    item->text = shorten (build, style, text, rect.width);
  else
    item->text = scene_still_text (build->still, text);
  return item;
}

SceneItem *
scene_add_box (SceneBuild *build, SceneId id, SceneRect rect, SceneRole role,
               SceneEmphasis emphasis)
{
  SceneItem *item
      = scene_still_add (build->still, id, build->parent, SCENE_BOX, rect);

  item->role = role;
  item->emphasis = emphasis;
  item->align = SCENE_ALIGN_CENTER;
  return item;
}

double
scene_chip_width (const SceneBuild *build, SceneTextStyle style,
                  const char *text)
{
  return scene_width (build, style, text) + scene_em (build, 0.9);
}

SceneItem *
scene_add_chip (SceneBuild *build, SceneId id, SceneRect rect, SceneRole role,
                const char *text)
{
  double padding = scene_em (build, 0.9);
  double width
      = MIN (rect.width, scene_chip_width (build, SCENE_TEXT_MONO_SMALL, text));
  SceneRect room = {rect.x, rect.y, width - padding, rect.height};
  SceneItem *item = scene_add_text (build, id, SCENE_TEXT_MONO_SMALL,
                                    SCENE_ALIGN_CENTER, room, text);

  item->kind = SCENE_CHIP;
  item->rect.width = width;
  item->role = role;
  item->emphasis = SCENE_STRONG;
  return item;
}

/* Begins a panel: its ground, and the place for the words of its header. */
static SceneRect
open_panel (SceneBuild *b, SceneId id, SceneRect rect, const char *title,
            const char *detail)
{
  SceneItem *item = scene_still_add (b->still, id, 0, SCENE_PANEL, rect);

  b->parent = id;
  item->name = scene_still_text (b->still, title);
  item->detail = scene_still_text (b->still, detail);
  rect.height = scene_header (b);
  return scene_middle (scene_inset (rect, scene_padding (b), 0),
                       scene_line (b, SCENE_TEXT_BOLD));
}

/* Adds the title and the rule below it. Returns the room inside the panel. */
static SceneRect
close_panel (SceneBuild *b, SceneFigureId figure, guint64 number,
             SceneRect rect, SceneRect words, const char *title)
{
  scene_add_text (b, SCENE_ID (figure, SCENE_PART_TITLE, number),
                  SCENE_TEXT_BOLD, SCENE_ALIGN_START, words, title);
  scene_cut_top (&rect, scene_header (b), 0);
  scene_still_add (b->still, SCENE_ID (figure, SCENE_PART_RULE, number),
                   b->parent, SCENE_RULE,
                   (SceneRect){rect.x, rect.y, rect.width, 0});
  return scene_inset (rect, scene_padding (b), scene_em (b, 0.4));
}

SceneRect
scene_add_panel (SceneBuild *build, SceneFigureId figure, guint64 number,
                 SceneRect rect, const char *title, const char *subtitle)
{
  SceneRect words = open_panel (build,
                                SCENE_ID (figure, SCENE_PART_PANEL, number),
                                rect, title, subtitle);
  double gap = scene_em (build, 0.5);
  double free = words.width - gap - scene_width (build, SCENE_TEXT_BOLD, title);

  if (subtitle != NULL
      && scene_width (build, SCENE_TEXT_SMALL, subtitle) <= free)
    scene_add_text (
        build, SCENE_ID (figure, SCENE_PART_SUBTITLE, number), SCENE_TEXT_SMALL,
        SCENE_ALIGN_END,
        scene_cut_right (&words,
                         scene_width (build, SCENE_TEXT_SMALL, subtitle), gap),
        subtitle);
  return close_panel (build, figure, number, rect, words, title);
}

SceneRect
scene_add_signed_panel (SceneBuild *build, SceneFigureId figure, guint64 number,
                        SceneRect rect, const char *title, SceneId id,
                        SceneRole role, const char *sign)
{
  SceneRect words = open_panel (
      build, SCENE_ID (figure, SCENE_PART_PANEL, number), rect, title, sign);
  double width = scene_chip_width (build, SCENE_TEXT_MONO_SMALL, sign);
  SceneRect place = scene_cut_right (&words, width, scene_em (build, 0.5));

  scene_add_chip (build, id, scene_middle (place, scene_em (build, 1.1)), role,
                  sign)
      ->badge
      = TRUE;
  return close_panel (build, figure, number, rect, words, title);
}

double
scene_panel_width (const SceneBuild *build, const char *title,
                   const char *subtitle)
{
  double width = scene_width (build, SCENE_TEXT_BOLD, title)
                 + 2 * scene_padding (build);

  if (subtitle != NULL)
    width += scene_width (build, SCENE_TEXT_SMALL, subtitle)
             + scene_em (build, 0.5);
  return width;
}

guint
scene_add_wrapped (SceneBuild *build, SceneId first, SceneTextStyle style,
                   SceneRect rect, guint lines, SceneEmphasis emphasis,
                   const char *text)
{
  guint used = 0;

  while (used < lines && *text != '\0') {
    SceneRect line = scene_cut_top (&rect, scene_line (build, style), 0);
    gsize length = used + 1 == lines
                       ? strlen (text)
                       : line_length (build, style, text, rect.width);
    g_autofree char *part = g_strndup (text, length);
    scene_add_text (build, first + used, style, SCENE_ALIGN_START, line, part)
        ->emphasis
        = emphasis;
    text += length;
    text += strspn (text, " ");
    used++;
  }
  return used;
}

const char *
scene_keep (const SceneBuild *build, SceneNumber number)
{
  return scene_still_text (build->still, number.s);
}

double
scene_number_width (const SceneBuild *build, SceneTextStyle style,
                    SceneNumber number)
{
  return scene_width (build, style, number.s);
}

SceneNumber
scene_widest_page (const SceneContext *context, guint shift)
{
  guint64 highest = 0;
  guint64 count
      = context->machine == NULL ? 0 : vm_machine_op_count (context->machine);

  for (guint64 i = 0; i < count; i++) {
    const struct vm_op *op = vm_machine_op (context->machine, i);
    if (op->kind == VM_OP_MAP)
      highest = MAX (highest, op->values[VM_P_MAP_VA]);
    else if (op->kind == VM_OP_ACCESS)
      highest = MAX (highest, vm_machine_result (context->machine, i)->va.v);
  }
  return scene_number_page (context->geometry, highest >> shift, shift);
}

guint64
scene_first_shown (guint64 count, guint fit)
{
  guint half = MAX (1, fit / 2);

  return count <= fit ? 0 : (count - fit + half - 1) / half * half;
}

SceneRole
scene_level_role (guint level)
{
  return level == 0 ? SCENE_ROLE_OFFSET
                    : (SceneRole) (SCENE_ROLE_LEVEL1 + level - 1);
}

SceneRole
scene_process_role (guint32 process)
{
  return (SceneRole) (SCENE_ROLE_PROCESS_A + process % 3);
}

gboolean
scene_levels_have_names (const struct vm_geometry *geometry)
{
  return geometry->family == VM_FAMILY_X86
         && (geometry->id != VM_GEOMETRY_TOY || geometry->levels <= 2);
}

guint
scene_level_number (const struct vm_geometry *geometry, guint level)
{
  if (geometry->id == VM_GEOMETRY_TOY)
    return level;
  return geometry->family == VM_FAMILY_ARM ? geometry->levels - level
                                           : level - 1;
}

const char *
scene_word (const char *english)
{
  /* The core's own words, listed for the translators. */
  static const char *const words[] = {N_ ("directory"),
                                      N_ ("page directory"),
                                      N_ ("table"),
                                      N_ ("page table"),
                                      N_ ("PML4 table"),
                                      N_ ("frame"),
                                      N_ ("page-directory-pointer table")};

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], english) == 0)
      return _ (words[i]);
  return english;
}

const char *
scene_short_table (const struct vm_geometry *geometry, guint level)
{
  static const char *const names[VM_MAX_LEVELS + 1]
      = {"", "PT", "PD", "PDPT", "PML4", "PML5"};
  static const char *const numbers[VM_MAX_LEVELS]
      = {"L0", "L1", "L2", "L3", "L4"};

  return scene_levels_have_names (geometry)
             ? names[level]
             : numbers[scene_level_number (geometry, level)];
}

void
scene_item_shows (const SceneBuild *build, SceneItem *item,
                  gconstpointer address, gsize width)
{
  item->place
      = vm_tape_place (vm_machine_tape (build->context->machine), address);
  item->place_width = (guint32) width;
}

void
scene_item_shows_memory (const SceneBuild *build, SceneItem *item, guint64 pa,
                         gsize width)
{
  const struct vm_state *state = build->context->state;

  /* Bytes never written share one page of zeros, which is nobody's place. */
  if (vm_memory_touched (state, vm_paddr_of (pa)))
    scene_item_shows (build, item, vm_memory_bytes (state, vm_paddr_of (pa)),
                      width);
}

void
scene_item_means (SceneItem *item, SceneMeaning meaning, guint64 number)
{
  item->meaning = meaning;
  item->meant = number;
}

void
scene_item_means_page (SceneItem *item, guint64 page, guint shift)
{
  scene_item_means (item, SCENE_MEANS_PAGE, (page << shift) + shift);
}

void
scene_item_means_index (SceneItem *item, guint level, guint64 index)
{
  scene_item_means (item, SCENE_MEANS_INDEX, (guint64) level << 32 | index);
}
