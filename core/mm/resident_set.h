/* The books of a replacement policy about pages that are in memory.
 *
 *   local    a pool for each address space: one slot a page that its entries
 *            name, at most resident= of them. The page's number is its address
 *            / 4096. A process that has them all gives one up for the next.
 *   global   one pool for all of memory: slot n is frame n.
 *
 * Here the policies of policy/policy.h, the same code that runs in pools and in
 * replays, choose what leaves the simulated memory. They hear of every access,
 * which no kernel does: a processor tells only what was used since somebody
 * looked. In exchange a single process under a local policy faults where the
 * same references fault in a pool of as many frames.
 *
 *   fault: recall (was the page here?) -> full? evict -> load    each reference
 *   access to a page that is here: hit                           is one of them
 *
 * OPT looks the future up in the references that were declared (string): those
 * of the process with that number of its pages. What is not there is never used
 * again.
 *
 * All functions do nothing unless reclaim goes by a policy of that scope. */
#ifndef VM_RESIDENT_SET_H
#define VM_RESIDENT_SET_H

#include "policy/policy.h"

#define VM_MOST_RESIDENT 64u /* pages of one process, if local */

static inline bool
vm_set_is_local (const struct vm_state *s)
{
  return s->reclaim.how == VM_RECLAIM_POLICY && s->config.local;
}

static inline bool
vm_set_is_global (const struct vm_state *s)
{
  return s->reclaim.how == VM_RECLAIM_POLICY && !s->config.local;
}

/* Where the parts of an address space's pool lie; of a global policy: of the
 * only one. */
struct vm_pool vm_set_of (const struct vm_state *s, uint32_t mm);

/* Makes the pool of a global policy. */
void vm_set_init (struct vm_tape *t, const struct vm_state *s);

/* A page came into an entry of an address space, or left it, or moved with its
 * entry to another address. */
void vm_set_came (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                  uint64_t va, bool write);
void vm_set_went (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                  uint64_t va);
void vm_set_moved (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                   uint64_t from, uint64_t to);

/* A frame got a page that may leave it, or is free again. */
void vm_set_filled (struct vm_tape *t, const struct vm_state *s,
                    uint32_t frame);
void vm_set_emptied (struct vm_tape *t, const struct vm_state *s,
                     uint32_t frame);

/* An access of a process came to a frame. */
void vm_set_note (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                  uint64_t va, uint64_t frame, bool write);

/* A page is about to come to an address: does the policy remember it? True if
 * another one must go first. */
bool vm_set_expects (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, uint64_t va);

/* The policy chooses a victim, and strikes it off its books; returns its slot,
 * or VM_NONE. What it was stands in pages[] of the pool. */
uint32_t vm_set_victim (struct vm_tape *t, const struct vm_state *s,
                        uint32_t mm);

/* It could not go: it is back, as if loaded anew, and passed over until all are
 * let go. */
void vm_set_failed (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                    uint32_t slot);
void vm_set_let_go (struct vm_tape *t, const struct vm_state *s, uint32_t mm);

/* The address space is gone. */
void vm_set_forget (struct vm_tape *t, const struct vm_state *s, uint32_t mm);

#endif
