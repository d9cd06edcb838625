/* What the page-fault handler may ask, and where each answer leads. */
#include "figures/fault_path.h"

#include <glib/gi18n-lib.h>

/* A question is a row here, one in fault_words.c, and its exits below. Where a
 * question has several nodes, the handler means the first one behind the
 * question before. */
enum {
  NODE_USER,
  NODE_REGION,
  NODE_INSIDE,
  NODE_GROWS,
  NODE_LIMIT,
  NODE_GAP,
  NODE_ALLOWED,
  NODE_EMPTY,
  NODE_PROTECTED,
  NODE_SHARED,
  NODE_ZERO,
  NODE_SOLE,
  NODE_HUGE,
  NODE_FILE,
  NODE_WRITE,
  NODE_IN_FILE,
  NODE_CACHED,
  NODE_FILE_WRITE,
  NODE_FILE_SHARED,
  NODE_FIXUP,
  NODE_MEMORY
};

const SceneFaultNode scene_fault_nodes[] = {
    [NODE_USER] = {VM_ASK_USER_ADDRESS, 0, 0, TRUE, FALSE},
    [NODE_REGION] = {VM_ASK_REGION, 1, 0, TRUE, FALSE},
    [NODE_INSIDE] = {VM_ASK_INSIDE, 2, 0, TRUE, FALSE},
    [NODE_GROWS] = {VM_ASK_GROWS_DOWN, 2, 1, TRUE, FALSE},
    [NODE_LIMIT] = {VM_ASK_STACK_LIMIT, 2, 2, TRUE, FALSE},
    [NODE_GAP] = {VM_ASK_GUARD_GAP, 2, 3, TRUE, FALSE},
    [NODE_ALLOWED] = {VM_ASK_ALLOWED, 3, 0, TRUE, FALSE},
    [NODE_EMPTY] = {VM_ASK_EMPTY, 4, 0, TRUE, FALSE},
    [NODE_PROTECTED] = {VM_ASK_PROTECTED, 4, 1, TRUE, FALSE},
    [NODE_SHARED] = {VM_ASK_SHARED, 4, 2, FALSE, FALSE},
    [NODE_ZERO] = {VM_ASK_ZERO, 4, 3, FALSE, FALSE},
    [NODE_SOLE] = {VM_ASK_SOLE, 4, 4, FALSE, FALSE},
    [NODE_HUGE] = {VM_ASK_HUGE, 5, 0, FALSE, FALSE},
    [NODE_FILE] = {VM_ASK_FILE, 6, 0, FALSE, FALSE},
    [NODE_WRITE] = {VM_ASK_WRITE, 7, 0, FALSE, FALSE},
    [NODE_IN_FILE] = {VM_ASK_IN_FILE, 6, 1, TRUE, FALSE},
    [NODE_CACHED] = {VM_ASK_CACHED, 6, 2, TRUE, FALSE},
    [NODE_FILE_WRITE] = {VM_ASK_WRITE, 6, 3, TRUE, FALSE},
    [NODE_FILE_SHARED] = {VM_ASK_SHARED, 6, 4, FALSE, FALSE},
    [NODE_FIXUP] = {VM_ASK_FIXUP, 0, 3, FALSE, TRUE},
    [NODE_MEMORY] = {VM_ASK_MEMORY, 1, 3, TRUE, TRUE},
};
const guint scene_fault_node_count = G_N_ELEMENTS (scene_fault_nodes);

/* In the order of the nodes: a run ends by the first one that fits, from the
 * question asked last on. */
const SceneFaultExit scene_fault_exits[] = {
    {NODE_USER, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_MAPERR, N_ ("no: MAPERR")},
    {NODE_REGION, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_MAPERR, N_ ("no: MAPERR")},
    {NODE_GROWS, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_MAPERR, N_ ("no: MAPERR")},
    {NODE_LIMIT, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_MAPERR, N_ ("no: MAPERR")},
    {NODE_GAP, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_MAPERR, N_ ("no: MAPERR")},
    {NODE_ALLOWED, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_ACCERR,
     N_ ("no: ACCERR")},
    {NODE_PROTECTED, FALSE, SCENE_FAULT_ACTION, VM_DID_NOTHING,
     N_ ("no: all is well")},
    {NODE_SHARED, TRUE, SCENE_FAULT_ACTION, VM_DID_NOTIFY,
     N_ ("yes: allow writes")},
    {NODE_ZERO, TRUE, SCENE_FAULT_ACTION, VM_DID_REPLACE_ZERO,
     N_ ("yes: new frame")},
    {NODE_SOLE, TRUE, SCENE_FAULT_ACTION, VM_DID_REUSE, N_ ("yes: reuse it")},
    {NODE_SOLE, FALSE, SCENE_FAULT_ACTION, VM_DID_COPY, N_ ("no: copy it")},
    {NODE_HUGE, TRUE, SCENE_FAULT_ACTION, VM_DID_HUGE, N_ ("yes: map it")},
    {NODE_WRITE, FALSE, SCENE_FAULT_ACTION, VM_DID_ZERO,
     N_ ("no: frame of zeros")},
    {NODE_WRITE, TRUE, SCENE_FAULT_ACTION, VM_DID_ANONYMOUS,
     N_ ("yes: new frame")},
    {NODE_IN_FILE, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_ADRERR,
     N_ ("no: SIGBUS")},
    {NODE_CACHED, FALSE, SCENE_FAULT_GOES_ON, 0, N_ ("no: read it")},
    {NODE_FILE_WRITE, FALSE, SCENE_FAULT_ACTION, VM_DID_FILE,
     N_ ("no: map it")},
    {NODE_FILE_SHARED, TRUE, SCENE_FAULT_ACTION, VM_DID_FILE,
     N_ ("yes: map it")},
    {NODE_FILE_SHARED, FALSE, SCENE_FAULT_ACTION, VM_DID_FILE_COPY,
     N_ ("no: copy it")},
    {NODE_FIXUP, TRUE, SCENE_FAULT_FIXED, 0, N_ ("yes: EFAULT")},
    {NODE_FIXUP, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_KERNEL, N_ ("no: a bug")},
    {NODE_MEMORY, FALSE, SCENE_FAULT_SIGNAL, VM_CODE_NO_MEMORY,
     N_ ("no: SIGKILL")},
};
const guint scene_fault_exit_count = G_N_ELEMENTS (scene_fault_exits);

G_STATIC_ASSERT (G_N_ELEMENTS (scene_fault_nodes) <= SCENE_FAULT_NODES);
G_STATIC_ASSERT (G_N_ELEMENTS (scene_fault_exits) <= SCENE_FAULT_EXITS);

gboolean
scene_fault_returns (guint node)
{
  const SceneFaultNode *n = &scene_fault_nodes[node];

  if (n->apart || n->column == 0
      || scene_fault_at (n->row, n->column + 1) != SCENE_FAULT_NONE)
    return FALSE;
  for (guint i = 0; i < scene_fault_exit_count; i++)
    if (scene_fault_exits[i].node == node
        && scene_fault_exits[i].answer == n->on)
      return FALSE;
  return TRUE;
}

guint
scene_fault_at (guint row, guint column)
{
  for (guint i = 0; i < scene_fault_node_count; i++)
    if (!scene_fault_nodes[i].apart && scene_fault_nodes[i].row == row
        && scene_fault_nodes[i].column == column)
      return i;
  return SCENE_FAULT_NONE;
}

guint
scene_fault_before (guint node)
{
  const SceneFaultNode *n = &scene_fault_nodes[node];

  if (n->apart || (n->row == 0 && n->column == 0))
    return SCENE_FAULT_NONE;
  return n->column == 0 ? scene_fault_at (n->row - 1, 0)
                        : scene_fault_at (n->row, n->column - 1);
}
