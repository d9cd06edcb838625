/* Segments of the x86: the registers, the table in memory, the descriptor that
 * is read, and how an offset becomes a linear address. */
#include <glib/gi18n-lib.h>

#include "figures/gdt.h"

/* Rows of the table: at least, comfortably, and of use at all. */
#define LEAST_ROWS 4
#define GOOD_ROWS 8
#define MOST_ROWS 24

/* How the panels stand: two columns, or one below the other. */
typedef struct {
  gboolean two;
  double left, right; /* widths; of one column the same */
  double gap, space;  /* between columns, between panels */
} Plan;

static double
left_width (const SceneBuild *b, const SceneGdtLook *look)
{
  return MAX (scene_gdt_registers_width (b), scene_gdt_linear_width (b, look));
}

static double
right_width (const SceneBuild *b, const SceneGdtLook *look)
{
  if (!look->table)
    return scene_gdt_linear_width (b, look);
  return MAX (scene_gdt_table_width (b), scene_gdt_descriptor_width (b));
}

static void
plan_make (Plan *p, const SceneBuild *b, const SceneGdtLook *look, double width)
{
  double left = left_width (b, look), right = right_width (b, look);

  *p = (Plan){.left = width,
              .right = width,
              .gap = scene_em (b, 1.6),
              .space = scene_em (b, 1.2)};
  p->two = left + p->gap + right <= width + 0.01;
  if (!p->two)
    return;
  double spare = width - left - p->gap - right;
  p->left = left + spare * 0.35;
  p->right = right + spare * 0.65;
}

static guint
rows_of (const SceneGdtLook *look, guint rows)
{
  return MIN (rows, MAX (look->entries, 1));
}

static double
height_of (const SceneBuild *b, const SceneGdtLook *look, const Plan *p,
           guint rows)
{
  double registers = scene_gdt_registers_height (b, look);
  double linear = scene_gdt_linear_height (b, look);
  double left = registers + p->space + linear;

  if (!look->table)
    return p->two ? MAX (registers, linear) : left;
  double right = scene_gdt_table_height (b, rows_of (look, rows)) + p->space
                 + scene_gdt_descriptor_height (b, p->right);
  return p->two ? MAX (left, right) : left + p->space + right;
}

static const char *
nothing_text (const SceneContext *c)
{
  return c->geometry->family == VM_FAMILY_X86
                 && c->geometry->id != VM_GEOMETRY_TOY
             ? _ ("No segments here: offsets are linear addresses.")
             : _ ("This processor has no segments.");
}

static void
measure_nothing (const SceneBuild *b, SceneFigureSize *size)
{
  double width = scene_width (b, SCENE_TEXT_SMALL, nothing_text (b->context))
                 / 1.6;

  size->min_width = width + 2 * scene_padding (b);
  size->width = size->min_width + scene_em (b, 8);
  size->min_height = scene_header (b) + scene_em (b, 0.8)
                     + 2 * scene_line (b, SCENE_TEXT_SMALL);
  size->height = size->max_height = size->min_height;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneGdtLook look;
  Plan p;

  scene_gdt_look (&look, b->context);
  if (!look.ever) {
    measure_nothing (b, size);
    return;
  }
  plan_make (&p, b, &look, width);
  size->min_width = MAX (left_width (b, &look), right_width (b, &look));
  size->width = left_width (b, &look) + p.gap + right_width (b, &look)
                + scene_em (b, look.table ? 6 : 2);
  size->min_height = height_of (b, &look, &p, LEAST_ROWS);
  size->height = height_of (b, &look, &p, GOOD_ROWS);
  size->max_height = height_of (b, &look, &p, MOST_ROWS);
}

static void
add_nothing (SceneBuild *b, SceneRect rect)
{
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_SEGMENTS,
                                      SCENE_GDT_REGISTERS, rect,
                                      _ ("Segment registers"), NULL);

  scene_add_wrapped (b, scene_gdt_id (SCENE_GDT_EMPTY, 0), SCENE_TEXT_SMALL,
                     inside, 2, SCENE_FAINT, nothing_text (b->context));
}

/* The table takes what height is to spare. */
static void
build_table (SceneBuild *b, const SceneGdtLook *look, const Plan *p,
             SceneRect rect)
{
  double descriptor = scene_gdt_descriptor_height (b, p->right);
  double most = scene_gdt_table_height (b, rows_of (look, look->entries));
  double room = MIN (rect.height - p->space - descriptor, most);
  SceneRect table = scene_cut_top (&rect, room, p->space);

  rect.height = descriptor;
  scene_gdt_add_table (b, look, table);
  b->parent = 0;
  scene_gdt_add_descriptor (b, look, rect);
  b->parent = 0;
}

/* In long mode there are registers, and what they make of an offset. */
static void
build_long (SceneBuild *b, const SceneGdtLook *look, const Plan *p,
            SceneRect rect)
{
  double registers = scene_gdt_registers_height (b, look);
  double linear = scene_gdt_linear_height (b, look);
  double both = MAX (registers, linear);
  SceneRect left = p->two ? scene_cut_left (&rect, p->left, p->gap)
                          : scene_cut_top (&rect, registers, p->space);

  left.height = p->two ? both : registers;
  rect.height = p->two ? both : linear;
  scene_gdt_add_registers (b, look, left);
  b->parent = 0;
  scene_gdt_add_linear (b, look, rect);
}

static void
build_table_of (SceneBuild *b, const SceneGdtLook *look, const Plan *p,
                SceneRect rect)
{
  double registers = scene_gdt_registers_height (b, look);
  double linear = scene_gdt_linear_height (b, look);
  SceneRect left = p->two ? scene_cut_left (&rect, p->left, p->gap) : rect;

  scene_gdt_add_registers (b, look, scene_cut_top (&left, registers, p->space));
  b->parent = 0;
  if (!p->two)
    rect = scene_cut_top (&left, left.height - linear - p->space, p->space);
  build_table (b, look, p, rect);
  left.height = linear;
  scene_gdt_add_linear (b, look, left);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneGdtLook look;
  Plan p;

  b->parent = 0;
  scene_gdt_look (&look, b->context);
  plan_make (&p, b, &look, rect.width);
  if (!look.ever)
    add_nothing (b, rect);
  else if (look.table)
    build_table_of (b, &look, &p, rect);
  else
    build_long (b, &look, &p, rect);
}

const SceneFigure scene_figure_segments = {.id = SCENE_FIGURE_SEGMENTS,
                                           .kind = "segments",
                                           .title = N_ ("Segments"),
                                           .stance = SCENE_STANCE_PART,
                                           .measure = measure,
                                           .build = build};
