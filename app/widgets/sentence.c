/* What a step of a lesson says: to the caption, to the transcript. */

#include "sentence.h"

#include <glib/gi18n-lib.h>

#include "describe.h"
#include "mark.h"

/* Sentences that are asked for together: a few milliseconds' worth. */
#define MOST_SENTENCES 2000

typedef void (*StepRead) (LessonPlay *play, const struct vm_step *step,
                          gpointer data);

/* A step that the tape has forgotten comes back when it is sought. */
static void
read_step (LessonPlay *play, guint64 cursor, StepRead read, gpointer data)
{
  guint64 before = vm_machine_cursor (play->machine);
  const struct vm_step *step = vm_machine_step (play->machine, cursor - 1);

  if (step != NULL) {
    read (play, step, data);
    return;
  }
  if (vm_machine_seek (play->machine, cursor))
    step = vm_machine_step (play->machine, cursor - 1);
  if (step != NULL)
    read (play, step, data);
  vm_machine_seek (play->machine, before);
}

typedef struct {
  char *sentence, *more;
  SceneRole role;
} Words;

static void
read_words (LessonPlay *play, const struct vm_step *step, gpointer data)
{
  Words *words = data;

  words->sentence = scene_describe (play->machine, step);
  words->more = scene_describe_more (play->machine, step);
  if (scene_event_of (step) != SCENE_EVENT_PLAIN)
    words->role = pw_mark_role (scene_event_of (step), step);
}

static void
read_depth (LessonPlay *play, const struct vm_step *step, gpointer data)
{
  *(guint *) data = step->depth;
}

char *
pw_sentence_at (LessonPlay *play, guint64 cursor, char **more, SceneRole *role)
{
  Words words = {.role = SCENE_ROLE_ACCENT};

  if (cursor > play->first_step)
    read_step (play, cursor, read_words, &words);
  if (words.sentence == NULL) {
    words.sentence
        = g_strdup (_ ("The machine is set up. Nothing has happened yet."));
    words.more = g_strdup (_ ("Step forward, or press Play."));
  }
  if (role != NULL)
    *role = words.role;
  if (more != NULL)
    *more = g_steal_pointer (&words.more);
  g_free (words.more);
  return words.sentence;
}

char **
pw_sentences (LessonPlay *play, char ***mores)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) quieter = g_strv_builder_new ();
  guint64 last = MIN (play->end_step, play->first_step + MOST_SENTENCES);

  for (guint64 cursor = play->first_step; cursor <= last; cursor++) {
    g_autofree char *more = NULL;
    g_autofree char *sentence = pw_sentence_at (play, cursor, &more, NULL);

    g_strv_builder_add (sentences, sentence);
    if (more != NULL)
      g_strv_builder_add (quieter, more);
  }
  *mores = g_strv_builder_end (quieter);
  return g_strv_builder_end (sentences);
}

guint
pw_sentence_depth (LessonPlay *play, guint64 cursor)
{
  guint depth = 0;

  if (cursor > play->first_step)
    read_step (play, cursor, read_depth, &depth);
  return depth;
}
