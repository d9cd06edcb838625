/* What replacement policies are called, and what they do, for readers. */
#ifndef SCENE_POLICIES_H
#define SCENE_POLICIES_H

#include "policy/policy.h"

/* The name as books print it, such as "LRU", translated. */
const char *scene_policy_title (enum vm_policy policy);

/* Which page goes, in one line without a full stop, translated. */
const char *scene_policy_rule (enum vm_policy policy);

/* Where the rules stand: paper and section, or source file. */
const char *scene_policy_source (enum vm_policy policy);

#endif
