/* What the widgets may include, and what not. */

#include "scene.h"
#include "stage.h"

#include <gtk/gtk.h>

#include "window.h"          /* wrong: above */
#include <adwaita.h>         /* wrong: libadwaita */
#include <libxml/parser.h>   /* wrong: libxml2 */
