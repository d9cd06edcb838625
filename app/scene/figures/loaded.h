/* The ELF file that the figures of programs are about. */
#ifndef SCENE_LOADED_H
#define SCENE_LOADED_H

#include "elf/elf.h"
#include "elf/elf_plan.h"
#include "figures/figure.h"

typedef struct {
  struct vm_elf *elf; /* NULL: the machine has none */
  struct vm_elf_plan plan;
  const char *name; /* of its file, safe to show; the still's */
  guint64 length;   /* bytes of the file */
  guint64 bias;     /* what is added to its addresses */
  gboolean called;  /* an operation executes programs: what is mapped is to be
                       seen, not told beforehand */
  guint32 process;  /* that executes it, or is being given it; VM_NONE: none
                       yet; the bias is its */
  guint64 reached;  /* execve has mapped it up to here, excluded */
  guint64 zeroed;   /* ... and made zeros up to here, excluded */
  guint64 now; /* this very step maps or zeroes what begins here; 0: none */
} SceneLoaded;

/* The first file, by the list of operations, whose bytes are an ELF file for
 * x86: it is the same at every step. Free what it holds with
 * scene_loaded_clear. FALSE: there is none. */
gboolean scene_loaded_read (SceneLoaded *loaded, const SceneBuild *build);
void scene_loaded_clear (SceneLoaded *loaded);

/* The process whose program the step is about: its own, else the first that
 * executes one, now or within this operation; VM_NONE: there is none. */
guint32 scene_executing (const SceneContext *context);

/* The steps of the execve that the cursor is in, from the first to the
 * cursor's, excluded; FALSE: it is in none. */
gboolean scene_exec_steps (const SceneContext *context, guint64 *first,
                           guint64 *end);

/* The colour of a segment with these rights, here and in all figures. */
SceneRole scene_loaded_role (guint32 flags);

/* "r-x" */
const char *scene_loaded_flags (guint32 flags);

/* Names of the sections of a segment that have bytes in the file, as many as a
 * width has room for, and how many more there are: ".init .text +3". */
const char *scene_loaded_sections (const SceneBuild *build,
                                   const SceneLoaded *loaded,
                                   const struct vm_elf_segment *segment,
                                   double width);

/* A name out of the file, safe to show and not long. */
const char *scene_loaded_name (const SceneBuild *build, const char *name);

/* The first of two texts that a width has room for; "…" if it has for none. */
const char *scene_loaded_fitting (const SceneBuild *build, SceneTextStyle style,
                                  double width, const char *text,
                                  const char *shorter);

/* "0x1f" */
const char *scene_loaded_hex (const SceneBuild *build, guint64 number);

/* What is said where there is no program. */
void scene_loaded_add_none (SceneBuild *build, SceneFigureId figure,
                            SceneRect rect);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneLoaded, scene_loaded_clear)

#endif
