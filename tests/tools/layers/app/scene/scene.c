/* What the scenes may include, and what not. */

#include "config.h"
#include "document.h"
#include "scene.h"

#include <cairo-svg.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "cli.h"             /* wrong: above */
#include "stage.h"           /* wrong: above */
#include <gdk/gdk.h>         /* wrong: GTK */
#include <libxml/xmlwriter.h> /* wrong: libxml2 */
