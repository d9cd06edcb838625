/* Files as strips of pages: which are in memory, dirty, mapped by whom, and
 * what the disk has of each.
 *
 *      page     |   0   |   1   |   2   |   3   |
 *   F · memory  | 0x0a  |.0x0b  | 0x0c  |       |     . dirty
 *     mapped    |   A   |  A+B  |       |       |
 *     disk      |   –   |x  –   |   –   |   –   |     x older than memory
 */
#include <glib/gi18n-lib.h>

#include "figures/cached_files.h"
#include "figures/kit.h"
#include "figures/window.h"
#include "mm/files.h"

enum {
  PART_KEY = SCENE_PART + 7, /* behind those of cells.h; number: its place */
  PART_WORD,
  PART_NONE
};

#define LEAST_COLUMNS 3
#define USUAL_COLUMNS 12
#define MOST_COLUMNS 32
#define ROWS (SCENE_MOST_FILES * SCENE_FILE_LINES)
#define KEYS 4

typedef struct {
  const char *mark, *word;
  SceneRole role;
} Key;

static void
keys_of (Key keys[KEYS])
{
  keys[0] = (Key){"dot", C_ ("page of a file", "dirty"), SCENE_ROLE_MISS};
  keys[1] = (Key){"diamond", C_ ("page of a file", "being written"),
                  SCENE_ROLE_ACCENT};
  keys[2] = (Key){"ring", C_ ("page of a file", "read-ahead mark"),
                  SCENE_ROLE_FILE};
  keys[3] = (Key){"cross", C_ ("page of a file", "older than memory"),
                  SCENE_ROLE_NEUTRAL};
}

static const char *
line_name (guint line)
{
  static const char *const names[SCENE_FILE_LINES]
      = {[SCENE_FILE_CACHE] = NC_ ("line of a file", "memory"),
         [SCENE_FILE_MAPPED] = NC_ ("line of a file", "mapped by"),
         [SCENE_FILE_DISK] = NC_ ("line of a file", "disk")};

  return g_dpgettext2 (GETTEXT_PACKAGE, "line of a file", names[line]);
}

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  SceneCellsShape shape = {.marks = TRUE, .feet = FALSE};
  double name = scene_width (b, SCENE_TEXT_SMALL, _ ("shared memory"));

  shape.cell = scene_width (b, SCENE_TEXT_MONO_SMALL,
                            scene_number_frame (b->context->geometry, 0).s);
  for (guint line = 0; line < SCENE_FILE_LINES; line++) {
    g_autofree char *head = g_strdup_printf (" · %s", line_name (line));
    shape.head
        = MAX (shape.head, name + scene_width (b, SCENE_TEXT_SMALL, head));
  }
  return shape;
}

static double
key_side (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) * 0.7;
}

static double
key_width (const SceneBuild *b, const Key *key)
{
  return key_side (b) + scene_em (b, 1.2)
         + scene_width (b, SCENE_TEXT_SMALL, key->word);
}

/* Lines that the marks' meanings take in a width. */
static guint
key_lines (const SceneBuild *b, double width)
{
  Key keys[KEYS];
  double used = 0;
  guint lines = 1;

  keys_of (keys);
  for (guint i = 0; i < KEYS; i++) {
    double next = key_width (b, &keys[i]);
    if (used > 0 && used + next > width) {
      lines++;
      used = 0;
    }
    used += next;
  }
  return lines;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);
  guint rows = scene_files_count (b->context) * SCENE_FILE_LINES;

  size->min_width = scene_cells_width (b, &shape, LEAST_COLUMNS) + padding;
  size->width = scene_cells_width (b, &shape, USUAL_COLUMNS) + padding;
  size->height = scene_header (b) + scene_line (b, SCENE_TEXT_SMALL) + padding;
  if (rows > 0)
    size->height += scene_cells_height (b, &shape, rows) + scene_em (b, 0.7)
                    + (key_lines (b, width - padding) - 1)
                          * scene_line (b, SCENE_TEXT_SMALL);
  size->min_height = size->max_height = size->height;
}

static void
add_keys (SceneBuild *b, SceneRect rect)
{
  Key keys[KEYS];
  SceneRect line = rect;
  double side = key_side (b);

  keys_of (keys);
  line.height = scene_line (b, SCENE_TEXT_SMALL);
  for (guint i = 0; i < KEYS; i++) {
    double width = key_width (b, &keys[i]);
    if (line.x > rect.x && line.x + width > rect.x + rect.width)
      line = (SceneRect){rect.x, line.y + line.height, rect.width, line.height};
    SceneItem *mark = scene_still_add (
        b->still, SCENE_ID (SCENE_FIGURE_PAGE_CACHE, PART_KEY, i), b->parent,
        SCENE_MARKER,
        scene_middle ((SceneRect){line.x, line.y, side, line.height}, side));
    mark->text = scene_still_text (b->still, keys[i].mark);
    mark->role = keys[i].role;
    mark->emphasis = SCENE_NORMAL;
    scene_add_text (b, SCENE_ID (SCENE_FIGURE_PAGE_CACHE, PART_WORD, i),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                    (SceneRect){line.x + side + scene_em (b, 0.3), line.y,
                                width - side - scene_em (b, 0.3), line.height},
                    keys[i].word);
    line.x += width;
  }
}

/* The lines of one file. */
static void
fill_file (const SceneBuild *b, guint32 file, guint number, guint64 first,
           guint columns, SceneCellsHead *rows, SceneCellsCell *cells)
{
  for (guint line = 0; line < SCENE_FILE_LINES; line++) {
    rows[line] = (SceneCellsHead){
        .number = (guint64) number * SCENE_FILE_LINES + line,
        .text
        = line == SCENE_FILE_CACHE ? scene_still_printf (
              b->still, "%s · %s", scene_file_title (b, file), line_name (line))
                                   : line_name (line),
        .emphasis = line == SCENE_FILE_CACHE ? SCENE_NORMAL : SCENE_FAINT};
    for (guint i = 0; i < columns; i++)
      scene_file_cell (b, file, (SceneFileLine) line, first + i,
                       &cells[line * columns + i]);
  }
}

static void
add_grid (SceneBuild *b, const guint32 *files, guint count, SceneRect rect)
{
  SceneCellsShape shape = shape_of (b);
  guint64 pages = scene_files_pages (b->context);
  guint columns = (guint) MIN (
      MIN (scene_cells_columns (b, &shape, rect.width), MOST_COLUMNS), pages);
  guint64 first = scene_add_window_across (
      b, rect, pages, columns,
      scene_window_around (pages, columns, scene_files_focus (b->context)));
  SceneCellsHead heads[MOST_COLUMNS] = {{0}}, rows[ROWS] = {{0}};
  g_autofree SceneCellsCell *cells
      = g_new0 (SceneCellsCell, (gsize) columns * ROWS);

  for (guint i = 0; i < columns; i++)
    heads[i] = (SceneCellsHead){
        .number = (first + i) & 0xffffff,
        .text = scene_still_printf (b->still, "%u", (guint) (first + i)),
        .role = SCENE_ROLE_NEUTRAL};
  for (guint i = 0; i < count; i++)
    fill_file (b, files[i], i, first, columns, &rows[i * SCENE_FILE_LINES],
               &cells[(gsize) i * SCENE_FILE_LINES * columns]);
  SceneCells grid = {.columns = heads,
                     .rows = rows,
                     .column_count = columns,
                     .row_count = count * SCENE_FILE_LINES,
                     .slots = columns,
                     .cells = cells,
                     .corner = scene_still_text (b->still, _ ("page"))};
  scene_add_cells (b, SCENE_FIGURE_PAGE_CACHE, &shape, &grid, rect);
}

static const char *
subtitle (const SceneBuild *b)
{
  const struct vm_state *s = b->context->state;
  guint cached = 0;

  for (guint32 file = 1; file < s->file_end; file++)
    cached += s->files[file].kind != VM_FILE_KERNEL ? s->files[file].pages : 0;
  /* Translators: how many pages of files are in memory, how many dirty. */
  return scene_still_printf (b->still, _ ("%u cached · %u dirty"), cached,
                             s->dirty_pages);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  guint32 files[SCENE_MOST_FILES];
  guint count = scene_files_shown (b->context, files);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_PAGE_CACHE, 0, rect,
                                      _ ("Files in memory"), subtitle (b));
  double keys = key_lines (b, inside.width) * scene_line (b, SCENE_TEXT_SMALL);

  if (count == 0) {
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_PAGE_CACHE, PART_NONE, 0), SCENE_TEXT_SMALL,
        SCENE_ALIGN_START,
        scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL), 0),
        _ ("There is no file."));
    return;
  }
  scene_cut_bottom (&inside, 0, scene_em (b, 0.4));
  add_keys (b, scene_cut_bottom (&inside, keys, scene_em (b, 0.3)));
  add_grid (b, files, count, inside);
}

const SceneFigure scene_figure_page_cache = {.id = SCENE_FIGURE_PAGE_CACHE,
                                             .kind = "page-cache",
                                             .title = N_ ("Files in memory"),
                                             .stance = SCENE_STANCE_BAND,
                                             .measure = measure,
                                             .build = build};
