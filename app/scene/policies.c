/* The names and rules of replacement policies. */
#include "policies.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *title, *rule, *source;
} policies[VM_POLICIES] = {
    [VM_POLICY_FIFO]
    = {N_ ("FIFO"),
       N_ ("evicts the page loaded longest ago, however often it is used"),
       "Tanenbaum and Bos, Modern Operating Systems, section 3.4.3"},
    [VM_POLICY_LRU] = {N_ ("LRU"), N_ ("evicts the page not used for longest"),
                       "Tanenbaum and Bos, section 3.4.6"},
    [VM_POLICY_MRU] = {N_ ("MRU"), N_ ("evicts the page used last"),
                       "Chou and DeWitt, VLDB 1985, section 2"},
    [VM_POLICY_CLOCK_SET]
    = {N_ ("Clock, bit set at load"),
       N_ ("a hand goes round and evicts the first page whose bit is clear, "
           "clearing bits on its way; loading a page sets its bit"),
       "Tanenbaum and Bos, section 3.4.5"},
    [VM_POLICY_CLOCK_CLEAR]
    = {N_ ("Clock, bit clear at load"),
       N_ ("a hand goes round and evicts the first page whose bit is clear, "
           "clearing bits on its way; only a hit sets the bit"),
       "Tanenbaum and Bos, section 3.4.5"},
    [VM_POLICY_SECOND_CHANCE]
    = {N_ ("Second chance"),
       N_ ("FIFO, but a page whose bit is set joins the queue again, its bit "
           "cleared"),
       "Tanenbaum and Bos, section 3.4.4"},
    [VM_POLICY_NRU]
    = {N_ ("NRU"),
       N_ ("evicts out of the lowest class: not used, not written; not used, "
           "written; used, not written; used and written; then the lowest "
           "frame"),
       "Tanenbaum and Bos, section 3.4.2"},
    [VM_POLICY_AGING]
    = {N_ ("Aging"),
       N_ ("evicts the page of the smallest age, into which a tick shifts the "
           "bit; of equals the lowest frame"),
       "Tanenbaum and Bos, section 3.4.7"},
    [VM_POLICY_LFU]
    = {N_ ("LFU"),
       N_ ("evicts the page used least often since it was loaded; of equals "
           "the one not used for longest"),
       "Tanenbaum and Bos, section 3.4.7"},
    [VM_POLICY_LFU_AGING]
    = {N_ ("LFU with aging"),
       N_ ("evicts the page of the smallest count, which a tick halves; of "
           "equals the one not used for longest"),
       "Robinson and Devarakonda, SIGMETRICS 1990, section 2"},
    [VM_POLICY_RANDOM]
    = {N_ ("Random"), N_ ("evicts the page that is drawn by lot"),
       "Marsaglia, Journal of Statistical Software 8/14, 2003, section 3"},
    [VM_POLICY_OPT]
    = {N_ ("OPT"),
       N_ ("evicts the page needed last, which only the future tells; of those "
           "never needed again the lowest frame"),
       "Belady, IBM Systems Journal 5/2, 1966"},
    [VM_POLICY_TWO_LIST]
    = {N_ ("Two lists"),
       N_ ("evicts the oldest inactive page whose bit is clear; a page found "
           "used twice becomes active, and the longer list feeds the other"),
       "Linux, mm/vmscan.c: folio_check_references, shrink_active_list"},
    [VM_POLICY_2Q]
    = {N_ ("2Q"),
       N_ ("evicts the oldest new page while there are too many of them, else "
           "the one of the others not used for longest; a page that comes back "
           "soon is no longer new"),
       "Johnson and Shasha, VLDB 1994, section 2.2"},
    [VM_POLICY_ARC]
    = {N_ ("ARC"),
       N_ ("evicts the oldest of the pages seen once or of those seen twice; "
           "pages that come back too soon move the border between them"),
       "Megiddo and Modha, FAST 2003, figure 4"},
    [VM_POLICY_SIEVE]
    = {N_ ("SIEVE"),
       N_ ("a hand goes from old to new and evicts the first page whose bit is "
           "clear, clearing bits on its way; pages stay where they are"),
       "Zhang and others, NSDI 2024, algorithm 1"},
    [VM_POLICY_S3_FIFO]
    = {N_ ("S3-FIFO"),
       N_ ("evicts new pages soon unless they are used twice; the others go "
           "round as often as they were used"),
       "Yang and others, SOSP 2023, algorithm 1"},
};

const char *
scene_policy_title (enum vm_policy policy)
{
  return _ (policies[policy].title);
}

const char *
scene_policy_rule (enum vm_policy policy)
{
  return _ (policies[policy].rule);
}

const char *
scene_policy_source (enum vm_policy policy)
{
  return policies[policy].source;
}
