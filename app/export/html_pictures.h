/* Pictures of all steps in one document: the first one, and what is different
 * in each that follows. */
#ifndef EXPORT_HTML_PICTURES_H
#define EXPORT_HTML_PICTURES_H

#include "export.h"
#include "svg_item.h"

typedef struct _ExportPictures ExportPictures;

/* For stages of a width (and a height, 0: as needed), whose items have ids
 * that begin with the prefix.
 * Colours are collected in `inks`, which must live longer. Free with
 * export_pictures_free. */
ExportPictures *export_pictures_new (const LessonPlay *play, double width,
                                     double height, const char *prefix,
                                     SceneSvgInks *inks);
void export_pictures_free (ExportPictures *pictures);

/* Adds what the stage shows with the machine where it stands: step 0 first,
 * then one step after the other. */
void export_pictures_add (ExportPictures *pictures, const LessonPlay *play);

/* The fonts that all is laid out with. Owned by the pictures. */
const SceneMetrics *export_pictures_metrics (const ExportPictures *pictures);

/* The first picture as an <svg> with a name for screen readers. */
void export_pictures_first (const ExportPictures *pictures, const char *id,
                            const char *name, GString *out);

/* {"parts":["<g…", …],"first":[part, …],"steps":[[at, away, count, part, …],
 * …]}
 *
 * A picture is a list of parts. A step changes it by some cuts, each of them
 * four or more numbers: where, how many parts go, how many come, and which. */
void export_pictures_json (const ExportPictures *pictures, GString *out);

/* The rules for its fonts, below an element with that id. */
void export_pictures_css (const ExportPictures *pictures, GString *css);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExportPictures, export_pictures_free)

#endif
