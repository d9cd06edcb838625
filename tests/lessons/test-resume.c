/* Tests that a reader keeps their place in a lesson that is changed. */
#include "resume.h"
#include "support.h"

#define MORE                                                                   \
  "<beat id=\"extra\"><title>x</title><do>access va=0x5000</do></beat>"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
} Version;

static Version
version (const char *text)
{
  Version made;

  made.play = test_play (text, &made.document);
  return made;
}

static void
version_clear (Version *made)
{
  lesson_play_free (made->play);
  lesson_document_free (made->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Version, version_clear)

/* Two beats; the second is what the tests change. */
static char *
base (void)
{
  g_autofree char *good = test_good_lesson ();

  return test_spoil (
      good, "    <question id=\"which-pa\"",
      "    <beat id=\"again\"><title>x</title><do>access va=0x11223348</do>"
      "<do>access va=0x5000</do><point step=\"access\" nth=\"2\">c</point>"
      "</beat>\n    <question id=\"which-pa\"");
}

static const struct vm_step *
step_before (LessonPlay *play, guint64 cursor)
{
  g_assert_true (vm_machine_seek (play->machine, cursor));
  return vm_machine_step (play->machine, cursor - 1);
}

/* Every step of the old lesson is the same one in the new, which has beats and
 * operations that the old has not. */
static void
assert_kept (const char *before, const char *after)
{
  g_auto (Version) old = version (before), new = version (after);

  for (guint64 n = old.play->first_step + 1; n <= old.play->end_step; n++) {
    guint64 found = lesson_play_resume (old.play, n, new.play);
    const struct vm_step *a = step_before (old.play, n);
    const struct vm_step *b = step_before (new.play, found);
    g_assert_cmpuint (a->kind, ==, b->kind);
    g_assert_cmpmem (a->values, sizeof a->values, b->values, sizeof b->values);
    g_assert_cmpint (lesson_play_beat_at (old.play, n) >= 0, ==,
                     lesson_play_beat_at (new.play, found) >= 0);
  }
  g_assert_cmpuint (
      lesson_play_resume (old.play, old.play->first_step, new.play), ==,
      new.play->first_step);
}

static void
test_unchanged (void)
{
  g_autofree char *text = base ();

  assert_kept (text, text);
}

static void
test_beat_before (void)
{
  g_autofree char *text = base ();
  g_autofree char *after
      = test_spoil (text, "<beat id=\"again\">", MORE "<beat id=\"again\">");

  assert_kept (text, after);
}

static void
test_operation_before (void)
{
  g_autofree char *text = base ();
  g_autofree char *after
      = test_spoil (text, "<do>access va=0x5000</do>",
                    "<do>access va=0x6000</do><do>access va=0x5000</do>");

  g_auto (Version) old = version (text), new = version (after);
  const LessonBeatRange *range
      = &g_array_index (old.play->beats, LessonBeatRange, 1);
  guint64 end = lesson_play_resume (old.play, range->end_step, new.play);

  g_assert_cmpuint (end, ==, new.play->end_step);
  /* The author's point is where the author now puts it. */
  g_assert_cmpuint (
      lesson_play_resume (old.play, range->point_steps[0], new.play), ==,
      g_array_index (new.play->beats, LessonBeatRange, 1).point_steps[0]);
}

static void
test_renamed (void)
{
  g_autofree char *text = base ();
  g_autofree char *after
      = test_spoil (text, "<beat id=\"again\">", "<beat id=\"once-more\">");

  assert_kept (text, after);
}

static void
test_removed (void)
{
  g_autofree char *after = base ();
  g_autofree char *text
      = test_spoil (after, "<beat id=\"again\">", MORE "<beat id=\"again\">");
  g_auto (Version) old = version (text), new = version (after);
  const LessonBeatRange *more
      = &g_array_index (old.play->beats, LessonBeatRange, 1);

  g_assert_cmpstr (more->beat->id, ==, "extra");
  g_assert_cmpuint (
      lesson_play_resume (old.play, more->end_step, new.play), ==,
      g_array_index (new.play->beats, LessonBeatRange, 0).end_step);
}

/* A beat that does something else now: as far in as before, and never beyond
 * its end. */
static void
test_other_steps (void)
{
  g_autofree char *text = base ();
  g_autofree char *after = test_spoil (text, "<do>access va=0x5000</do>",
                                       "<do>access va=0x11223340</do>");
  g_auto (Version) old = version (text), new = version (after);

  for (guint64 n = old.play->first_step; n <= old.play->end_step; n++) {
    guint64 found = lesson_play_resume (old.play, n, new.play);
    g_assert_cmpuint (found, >=, new.play->first_step);
    g_assert_cmpuint (found, <=, new.play->end_step);
    g_assert_cmpint (lesson_play_beat_at (old.play, n), ==,
                     lesson_play_beat_at (new.play, found));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/resume/unchanged", test_unchanged);
  g_test_add_func ("/resume/beat-before", test_beat_before);
  g_test_add_func ("/resume/operation-before", test_operation_before);
  g_test_add_func ("/resume/renamed", test_renamed);
  g_test_add_func ("/resume/removed", test_removed);
  g_test_add_func ("/resume/other-steps", test_other_steps);
  return g_test_run ();
}
