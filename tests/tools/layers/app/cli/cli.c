/* What the command line may include, and what not. */

#include "cli.h"
#include "scene.h"

#include <stdio.h>

#include "stage.h"     /* wrong: a widget */
#include <gtk/gtk.h>   /* wrong: GTK */
#include <gtk.h>       /* wrong: GTK */
#include <adwaita.h>   /* wrong: libadwaita */
