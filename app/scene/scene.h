/* A still: everything a figure shows at one step, as a flat list of items.
 *
 *   machine at a step  --figures-->  items  --+--> cairo (screen, PNG, PDF)
 *                                             +--> SVG
 *                                             +--> hit test, card, copy
 *                                             +--> screen reader
 *                                             +--> golden text
 *
 * An item is plain: a shape, a rectangle, a text, a role that the palette
 * turns into colours. The painter knows nothing of page tables and a figure
 * nothing of colours or fonts. */
#ifndef SCENE_SCENE_H
#define SCENE_SCENE_H

#include <glib.h>

/* Stable from step to step: the same datum keeps its id, wherever it moves.
 * figure (8 bits) | part of the figure (8 bits) | number (48 bits). */
typedef guint64 SceneId;

#define SCENE_ID(figure, part, number)                                         \
  (((guint64) (figure) << 56) | ((guint64) (part) << 48)                       \
   | ((guint64) (number) &G_GUINT64_CONSTANT (0xffffffffffff)))
#define SCENE_ID_FIGURE(id) ((guint) ((id) >> 56))

typedef struct {
  double x, y, width, height;
} SceneRect;

typedef struct {
  double x, y;
} ScenePoint;

typedef enum {
  SCENE_PANEL,     /* a card with a border: a figure's ground */
  SCENE_BOX,       /* a rounded box: a row, a field, a cell, a frame */
  SCENE_CHIP,      /* a pill behind a short text */
  SCENE_TEXT,      /* text alone; without, only pointed at and read out */
  SCENE_RULE,      /* a thin line across its rectangle */
  SCENE_EDGE,      /* a coloured bar at the left of a panel */
  SCENE_CONNECTOR, /* points, with an arrow head at the last */
  SCENE_LINE,      /* points, joined: a curve of a plot, a branch, a lens */
  SCENE_MARKER     /* a small glyph, which text names: tick, cross, dot; or a
                      point of a plot: ring, square, diamond, triangle */
} SceneKind;

/* What a colour means. The palette has a fill, a line and a text colour for
 * each; LEVEL1 is the table read last, as everywhere in the book. */
typedef enum {
  SCENE_ROLE_NEUTRAL,
  SCENE_ROLE_ACCENT,
  SCENE_ROLE_LEVEL1,
  SCENE_ROLE_LEVEL2,
  SCENE_ROLE_LEVEL3,
  SCENE_ROLE_LEVEL4,
  SCENE_ROLE_LEVEL5,
  SCENE_ROLE_OFFSET,
  SCENE_ROLE_PROCESS_A,
  SCENE_ROLE_PROCESS_B,
  SCENE_ROLE_PROCESS_C,
  SCENE_ROLE_KERNEL,
  SCENE_ROLE_TABLE,
  SCENE_ROLE_FILE,
  SCENE_ROLE_FREE,
  SCENE_ROLE_HIT,
  SCENE_ROLE_MISS,
  SCENE_ROLE_FAULT,
  SCENE_ROLES
} SceneRole;

typedef enum {
  SCENE_FAINT, /* not concerned: present, but quiet */
  SCENE_NORMAL,
  SCENE_STRONG, /* took part in this operation */
  SCENE_ACTIVE  /* what this step is about: thick line, filled */
} SceneEmphasis;

typedef enum {
  SCENE_TEXT_SMALL, /* labels, legends */
  SCENE_TEXT_BODY,
  SCENE_TEXT_BOLD,  /* panel titles */
  SCENE_TEXT_LARGE, /* the caption */
  SCENE_TEXT_MONO,  /* numbers, tabular */
  SCENE_TEXT_MONO_BOLD,
  SCENE_TEXT_MONO_SMALL,
  SCENE_TEXT_STYLES
} SceneTextStyle;

/* How a line is drawn, so that two of them differ not in colour alone. */
typedef enum {
  SCENE_STROKE_SOLID,
  SCENE_STROKE_DASHED, /* of a CONNECTOR: nothing was read there yet */
  SCENE_STROKE_DOTTED
} SceneStroke;

typedef enum {
  SCENE_ALIGN_START,
  SCENE_ALIGN_CENTER,
  SCENE_ALIGN_END
} SceneAlign;

#define SCENE_NO_PLACE G_MAXUINT32

/* Roles that a shape may have besides its own. */
#define SCENE_MOST_ALSO 2

/* What an item's number means. A frame is the same frame wherever its number
 * stands: in an entry, in the TLB, in an address, as a cell of memory. */
typedef enum {
  SCENE_MEANS_NOTHING,
  SCENE_MEANS_FRAME,   /* number: of the frame */
  SCENE_MEANS_PAGE,    /* its first address, plus log2 of its size */
  SCENE_MEANS_INDEX,   /* level << 32 | index: a field of the address, a row */
  SCENE_MEANS_OFFSET,  /* in the page */
  SCENE_MEANS_PHYSICAL /* an address */
} SceneMeaning;

typedef struct {
  SceneId id, parent; /* parent 0: the figure's panel, or the stage */
  SceneKind kind;
  SceneRole role;
  SceneRole also[SCENE_MOST_ALSO]; /* of PANEL, BOX, CHIP, EDGE: a shape that is
                                      shared is cut upright into equal parts,
                                      one a role; NEUTRAL ends the list */
  SceneEmphasis emphasis;
  SceneTextStyle style;
  SceneAlign align; /* of text in rect; always centred vertically */
  SceneRect rect;   /* in stage pixels at scale 1 */
  guint first_point, point_count; /* CONNECTOR, LINE: the still's points */
  SceneStroke stroke;             /* of CONNECTOR, LINE */
  const char *text;               /* drawn; NULL for none; owned by the still */
  const char *name;   /* for the screen reader; NULL: not mirrored */
  const char *detail; /* longer description for card and reader, or NULL */
  guint32 place, place_width; /* bytes of the machine state it shows */
  SceneMeaning meaning;
  guint64 meant;  /* the number that is meant */
  gboolean badge; /* of CHIP: a sign of whose something is, filled at every step
                     and so never what a step is about */
} SceneItem;

/* A datum that travels when the step before this still is played. */
typedef struct {
  SceneId from, to; /* items: from may lie in the still before */
  SceneRole role;
  const char *text;  /* owned by the still */
  double start, end; /* part of the step's time, 0 to 1 */
} SceneFlight;

/* Rows of a figure of which only some are seen: which, and of how many. The
 * others can be scrolled to. */
typedef struct {
  SceneId id;     /* of the panel that they stand in */
  SceneRect rect; /* the rows that are seen */
  guint64 first, total;
  guint visible;
} SceneWindow;

/* Fonts, measured. The same figures are laid out with pango on screen and with
 * fixed widths in golden tests. */
typedef struct _SceneMetrics SceneMetrics;
struct _SceneMetrics {
  double em;                      /* height of body text's line box */
  double line[SCENE_TEXT_STYLES]; /* line height of each style */
  double size[SCENE_TEXT_STYLES]; /* font size of each style, in pixels */
  double (*measure) (const SceneMetrics *metrics, SceneTextStyle style,
                     const char *text); /* width of one line */
  gpointer data;
};

typedef struct {
  guint64 cursor; /* the machine's cursor when it was made */
  double width, height;
  GArray *items;   /* of SceneItem, in painting order */
  GArray *points;  /* of ScenePoint */
  GArray *flights; /* of SceneFlight */
  GArray *windows; /* of SceneWindow */
  GStringChunk *strings;
  GHashTable *places; /* id -> index into items + 1; see scene_still_find */
} SceneStill;

SceneStill *scene_still_new (void);
void scene_still_free (SceneStill *still);

/* Copies a text into the still; NULL stays NULL. */
const char *scene_still_text (SceneStill *still, const char *text);
const char *scene_still_printf (SceneStill *still, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Appends an item and returns it, valid until the next is appended. */
SceneItem *scene_still_add (SceneStill *still, SceneId id, SceneId parent,
                            SceneKind kind, SceneRect rect);

/* Appends a point to a connector or line that was just added. The rectangle
 * becomes the one round its points. */
void scene_still_add_point (SceneStill *still, SceneItem *item, double x,
                            double y);
void scene_still_add_flight (SceneStill *still, SceneId from, SceneId to,
                             SceneRole role, const char *text, double start,
                             double end);

/* The item with that id (the first, should there be two), or NULL. */
const SceneItem *scene_still_find (const SceneStill *still, SceneId id);

/* How many roles share an item's shape, and which is the i-th, from the
 * left. */
guint scene_item_shares (const SceneItem *item);
SceneRole scene_item_share (const SceneItem *item, guint i);

/* True of what is points and not a rectangle: CONNECTOR and LINE. */
gboolean scene_kind_is_stroke (SceneKind kind);

/* The topmost item with a name at a point, or NULL; a connector or line is hit
 * within a few pixels of it. */
const SceneItem *scene_still_hit (const SceneStill *still, double x, double y);

/* The rows at a point that can be scrolled, or NULL. */
const SceneWindow *scene_still_window (const SceneStill *still, double x,
                                       double y);

/* One line an item, without coordinates: what a golden test compares. To be
 * freed with g_free. */
char *scene_still_to_text (const SceneStill *still);

/* Names of the enumerations, stable and in English: "box", "level1", "active",
 * "mono-bold". */
const char *scene_kind_name (SceneKind kind);
const char *scene_role_name (SceneRole role);
const char *scene_emphasis_name (SceneEmphasis emphasis);
const char *scene_style_name (SceneTextStyle style);

/* Fixed metrics: every character of a style is equally wide (a Chinese one
 * twice as wide). */
const SceneMetrics *scene_metrics_fixed (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneStill, scene_still_free)

#endif
