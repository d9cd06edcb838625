/* What the shell may include, and what not. */

#include "pagewalk-resources.h"
#include "stage.h"
#include "window.h"

#include <adwaita.h>

#include <libxml/parser.h> /* wrong: libxml2 */
