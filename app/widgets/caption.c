/* The caption: what the present step is, in one sentence and a quieter one. */

#include "caption.h"

#include <string.h>

#define GAP 4

struct _PwCaption {
  GtkWidget parent_instance;
  GtkWidget *sentence, *more;
  char **sentences, **mores;
  SceneRole role;
  gboolean narrow;
  int reserved_width, reserved_height; /* at a width */
};

G_DEFINE_FINAL_TYPE (PwCaption, pw_caption, GTK_TYPE_WIDGET)

/* The height of the tallest of some texts in a label's font. Only long ones
 * are laid out: one of much fewer letters does not take more lines. */
static int
tallest (GtkWidget *label, char **texts, int width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, NULL);
  gsize longest = 0;
  int most = 0;

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    longest = MAX (longest, strlen (texts[i]));

  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++) {
    int height;

    if (strlen (texts[i]) < longest * 3 / 4)
      continue;
    pango_layout_set_text (layout, texts[i], -1);
    pango_layout_get_pixel_size (layout, NULL, &height);
    most = MAX (most, height);
  }
  return most;
}

static int
reserved (PwCaption *caption, int width)
{
  if (caption->reserved_width == width)
    return caption->reserved_height;
  caption->reserved_width = width;
  caption->reserved_height
      = tallest (caption->sentence, caption->sentences, width) + GAP
        + tallest (caption->more, caption->mores, width);
  return caption->reserved_height;
}

static int
height_of (GtkWidget *label, int width)
{
  int height;

  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width, &height, NULL,
                      NULL, NULL);
  return height;
}

static GtkSizeRequestMode
pw_caption_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pw_caption_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                    int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  PwCaption *caption = PW_CAPTION (widget);
  int min, nat;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (caption->sentence, orientation, -1, minimum, natural,
                        NULL, NULL);
    gtk_widget_measure (caption->more, orientation, -1, &min, &nat, NULL, NULL);
    *minimum = MAX (*minimum, min);
    *natural = MAX (*natural, nat);
    return;
  }

  *minimum = height_of (caption->sentence, for_size) + GAP
             + height_of (caption->more, for_size);
  if (for_size > 0 && !caption->narrow)
    *minimum = MAX (*minimum, reserved (caption, for_size));
  *natural = *minimum;
}

static void
pw_caption_size_allocate (GtkWidget *widget, int width, int height,
                          int baseline)
{
  PwCaption *caption = PW_CAPTION (widget);
  int first = height_of (caption->sentence, width);
  int second = height_of (caption->more, width);
  int y = MAX ((height - first - GAP - second) / 2, 0);

  gtk_widget_size_allocate (caption->sentence,
                            &(GtkAllocation){0, y, width, first}, -1);
  gtk_widget_size_allocate (
      caption->more, &(GtkAllocation){0, y + first + GAP, width, second}, -1);
}

static void
pw_caption_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pw_caption_parent_class)->css_changed (widget, change);
  PW_CAPTION (widget)->reserved_width = -1;
}

static void
pw_caption_dispose (GObject *object)
{
  PwCaption *caption = PW_CAPTION (object);

  g_clear_pointer (&caption->sentence, gtk_widget_unparent);
  g_clear_pointer (&caption->more, gtk_widget_unparent);
  g_clear_pointer (&caption->sentences, g_strfreev);
  g_clear_pointer (&caption->mores, g_strfreev);
  G_OBJECT_CLASS (pw_caption_parent_class)->dispose (object);
}

static void
pw_caption_class_init (PwCaptionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_caption_dispose;
  widget_class->get_request_mode = pw_caption_get_request_mode;
  widget_class->measure = pw_caption_measure;
  widget_class->size_allocate = pw_caption_size_allocate;
  widget_class->css_changed = pw_caption_css_changed;
  gtk_widget_class_set_css_name (widget_class, "pwcaption");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_STATUS);
}

static GtkWidget *
new_label (PwCaption *caption, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (caption));
  return label;
}

static void
pw_caption_init (PwCaption *caption)
{
  caption->sentence = new_label (caption, "pw-sentence");
  caption->more = new_label (caption, "pw-more");
  caption->role = SCENE_ROLE_ACCENT;
  caption->reserved_width = -1;
  gtk_widget_add_css_class (GTK_WIDGET (caption),
                            scene_role_name (caption->role));
}

GtkWidget *
pw_caption_new (void)
{
  return g_object_new (PW_TYPE_CAPTION, NULL);
}

void
pw_caption_set (PwCaption *caption, const char *sentence, const char *more,
                SceneRole role)
{
  gtk_label_set_text (GTK_LABEL (caption->sentence), sentence);
  gtk_label_set_text (GTK_LABEL (caption->more), more != NULL ? more : "");
  if (role != caption->role) {
    gtk_widget_remove_css_class (GTK_WIDGET (caption),
                                 scene_role_name (caption->role));
    gtk_widget_add_css_class (GTK_WIDGET (caption), scene_role_name (role));
    caption->role = role;
  }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (caption), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, more != NULL ? more : "", -1);
}

void
pw_caption_reserve (PwCaption *caption, const char *const *sentences,
                    const char *const *mores)
{
  g_strfreev (caption->sentences);
  g_strfreev (caption->mores);
  caption->sentences = g_strdupv ((char **) sentences);
  caption->mores = g_strdupv ((char **) mores);
  caption->reserved_width = -1;
  gtk_widget_queue_resize (GTK_WIDGET (caption));
}

void
pw_caption_set_narrow (PwCaption *caption, gboolean narrow)
{
  caption->narrow = narrow;
  gtk_widget_queue_resize (GTK_WIDGET (caption));
}
