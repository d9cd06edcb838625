/* What the lessons may include, and what not. */

#include "document.h"
#include "machine/machine.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <sys/stat.h>

#include "config.h"    /* wrong: for the application only */
#include "scene.h"     /* wrong: above */
#include <cairo.h>     /* wrong: drawing */
#include <gtk/gtk.h>   /* wrong: GTK */
#include <curl/curl.h> /* wrong: unknown */
