/* The table of step kinds. */
#include "tape/steps.h"

#include <assert.h>

#define NUMBER(name)                                                           \
  {                                                                            \
    name, VM_VALUE_NUMBER                                                      \
  }
#define FLAG(name)                                                             \
  {                                                                            \
    name, VM_VALUE_FLAG                                                        \
  }
#define VADDR(name)                                                            \
  {                                                                            \
    name, VM_VALUE_VADDR                                                       \
  }
#define PADDR(name)                                                            \
  {                                                                            \
    name, VM_VALUE_PADDR                                                       \
  }
#define FRAME(name)                                                            \
  {                                                                            \
    name, VM_VALUE_FRAME                                                       \
  }
#define RAW(name)                                                              \
  {                                                                            \
    name, VM_VALUE_RAW                                                         \
  }
#define SIZE(name)                                                             \
  {                                                                            \
    name, VM_VALUE_SIZE                                                        \
  }
#define PROCESS(name)                                                          \
  {                                                                            \
    name, VM_VALUE_PROCESS                                                     \
  }

/* An entry of a page table: where it lies and what is in it. */
#define ENTRY                                                                  \
  {                                                                            \
    NUMBER ("level"), NUMBER ("index"), FRAME ("table"), PADDR ("entry-pa"),   \
        RAW ("raw"), FRAME ("frame")                                           \
  }

/* A region of an address space. */
#define REGION NUMBER ("region"), VADDR ("start"), VADDR ("end")
#define REGION_FLAGS(name)                                                     \
  {                                                                            \
    name, VM_VALUE_REGION_FLAGS                                                \
  }
/* What execve puts somewhere. */
#define PART                                                                   \
  {                                                                            \
    "part", VM_VALUE_PART                                                      \
  }

/* An area of the kernel's half. */
#define AREA                                                                   \
  {                                                                            \
    "area", VM_VALUE_AREA                                                      \
  }
#define WINDOW_OF_KMAP                                                         \
  {                                                                            \
    FRAME ("frame"), VADDR ("va"), {"kind", VM_VALUE_KMAP}, NUMBER ("slot"),   \
        NUMBER ("users")                                                       \
  }

/* The kernel's own allocators. */
#define ZONE                                                                   \
  {                                                                            \
    "zone", VM_VALUE_ZONE                                                      \
  }
#define FUNCTION                                                               \
  {                                                                            \
    "function", VM_VALUE_FUNCTION                                              \
  }
#define OBJECT                                                                 \
  {                                                                            \
    SIZE ("size"), FRAME ("frame"), VADDR ("va"), VADDR ("next"),              \
        NUMBER ("used"),                                                       \
    {                                                                          \
      "state", VM_VALUE_SLAB_STATE                                             \
    }                                                                          \
  }

/* A page of a file. */
#define FILE_PAGE {"file", VM_VALUE_NAME}, NUMBER ("page")
/* A program: whose it is, where it lies, how large it is. */
#define PROGRAM PROCESS ("process"), PADDR ("base"), SIZE ("size")

/* A slot of swap. */
#define SLOT NUMBER ("area"), NUMBER ("slot")
#define LIST(name)                                                             \
  {                                                                            \
    name, VM_VALUE_LRU                                                         \
  }
#define FATE(name)                                                             \
  {                                                                            \
    name, VM_VALUE_FATE                                                        \
  }
#define SIGNED(name)                                                           \
  {                                                                            \
    name, VM_VALUE_SIGNED                                                      \
  }

/* One processor tells another about a page. */
#define INTERRUPT(count, other)                                                \
  {                                                                            \
    PROCESS ("process"), VADDR ("va"), NUMBER (count),                         \
    {                                                                          \
      other, VM_VALUE_CPU                                                      \
    }                                                                          \
  }

/* A page in a frame of a pool. */
#define POOLED(a, b)                                                           \
  {                                                                            \
    {"pool", VM_VALUE_NAME}, NUMBER ("page"), NUMBER ("frame"),                \
        {"policy", VM_VALUE_POLICY}, a, b                                      \
  }
#define UNUSED                                                                 \
  {                                                                            \
    NULL, VM_VALUE_UNUSED                                                      \
  }
#define ACCESS                                                                 \
  {                                                                            \
    "access", VM_VALUE_ACCESS_KIND                                             \
  }

/* A page that a pool remembers. */
#define GHOST                                                                  \
  {                                                                            \
    {"pool", VM_VALUE_NAME}, NUMBER ("page"), NUMBER ("list"),                 \
    {                                                                          \
      "policy", VM_VALUE_POLICY                                                \
    }                                                                          \
  }

/* A segment's descriptor: where it lies and what it says. */
#define DESCRIPTOR                                                             \
  {                                                                            \
    NUMBER ("index"), PADDR ("descriptor-pa"), RAW ("raw"), VADDR ("base"),    \
        RAW ("last")                                                           \
  }

static const struct vm_step_info kinds[VM_STEP_KINDS] = {
    [VM_STEP_MACHINE] = {"machine",
                         {{"geometry", VM_VALUE_GEOMETRY},
                          SIZE ("memory"),
                          NUMBER ("tlb-sets"),
                          NUMBER ("tlb-ways")}},
    [VM_STEP_PROCESS] = {"process",
                         {PROCESS ("process"),
                          NUMBER ("pid"),
                          FRAME ("root"),
                          {"name", VM_VALUE_NAME}}},
    [VM_STEP_MAP]
    = {"map",
       {PROCESS ("process"), VADDR ("va"), FRAME ("frame"), SIZE ("size")}},
    [VM_STEP_FRAME_TAKE] = {"frame-take",
                            {FRAME ("frame"),
                             {"role", VM_VALUE_ROLE},
                             NUMBER ("level"),
                             PROCESS ("process")}},
    [VM_STEP_ENTRY_WRITE] = {"entry-write", ENTRY},
    [VM_STEP_ACCESS] = {"access",
                        {VADDR ("va"),
                         {"access", VM_VALUE_ACCESS_KIND},
                         {"mode", VM_VALUE_MODE},
                         NUMBER ("width"),
                         PROCESS ("process")}},
    [VM_STEP_SWITCH]
    = {"switch", {PROCESS ("process"), FRAME ("root"), NUMBER ("dropped")}},
    [VM_STEP_TLB_PROBE]
    = {"tlb-probe",
       {NUMBER ("set"), RAW ("page"), NUMBER ("shift"), NUMBER ("valid")}},
    [VM_STEP_TLB_COMPARE] = {"tlb-compare",
                             {NUMBER ("set"), RAW ("page"), NUMBER ("shift"),
                              NUMBER ("way"), RAW ("tag"), FLAG ("match")}},
    [VM_STEP_TLB_HIT] = {"tlb-hit",
                         {NUMBER ("set"), RAW ("page"), NUMBER ("shift"),
                          NUMBER ("way"), FRAME ("frame")}},
    [VM_STEP_TLB_MISS]
    = {"tlb-miss", {NUMBER ("set"), RAW ("page"), NUMBER ("shift")}},
    [VM_STEP_WALK] = {"walk",
                      {PROCESS ("process"), FRAME ("root"), NUMBER ("levels"),
                       FLAG ("upper")}},
    [VM_STEP_REGISTER_LOAD] = {"register-load", ENTRY},
    [VM_STEP_REGISTER_READ] = {"register-read", ENTRY},
    [VM_STEP_ENTRY_READ] = {"entry-read", ENTRY},
    [VM_STEP_SET_ACCESSED] = {"set-accessed", ENTRY},
    [VM_STEP_PERMISSION] = {"permission",
                            {{"verdict", VM_VALUE_VERDICT},
                             FLAG ("writable"),
                             FLAG ("user"),
                             FLAG ("nx"),
                             {"access", VM_VALUE_ACCESS_KIND},
                             {"mode", VM_VALUE_MODE}}},
    [VM_STEP_SET_DIRTY] = {"set-dirty", ENTRY},
    [VM_STEP_COMPOSE]
    = {"compose",
       {FRAME ("frame"), RAW ("offset"), PADDR ("pa"), NUMBER ("shift")}},
    [VM_STEP_TLB_FILL] = {"tlb-fill",
                          {NUMBER ("set"), RAW ("page"), NUMBER ("shift"),
                           NUMBER ("way"), FRAME ("frame"), FLAG ("evicted")}},
    [VM_STEP_TLB_DROP] = {"tlb-drop",
                          {NUMBER ("set"), RAW ("page"), NUMBER ("shift"),
                           NUMBER ("way"), FRAME ("frame")}},
    [VM_STEP_DATA] = {"data",
                      {PADDR ("pa"),
                       {"access", VM_VALUE_ACCESS_KIND},
                       NUMBER ("width"),
                       RAW ("value")}},
    [VM_STEP_FAULT] = {"fault",
                       {{"fault", VM_VALUE_FAULT_KIND},
                        NUMBER ("vector"),
                        RAW ("error"),
                        VADDR ("address")}},
    [VM_STEP_DUMP] = {"dump", {PROCESS ("process"), NUMBER ("tables")}},
    [VM_STEP_SCHEDULE]
    = {"schedule", {PROCESS ("process"), PROCESS ("before")}},
    [VM_STEP_MODE] = {"mode",
                      {{"mode", VM_VALUE_MODE},
                       FRAME ("root"),
                       NUMBER ("dropped"),
                       PROCESS ("process")}},
    [VM_STEP_TLB_VICTIM] = {"tlb-victim",
                            {NUMBER ("set"),
                             RAW ("page"),
                             NUMBER ("shift"),
                             NUMBER ("way"),
                             {"reason", VM_VALUE_REASON},
                             RAW ("for-page")}},
    [VM_STEP_TLB_PROMOTE]
    = {"tlb-promote",
       {NUMBER ("set"), RAW ("page"), NUMBER ("shift"), NUMBER ("way"),
        FRAME ("frame"), FLAG ("evicted")}},
    [VM_STEP_TLB_PRINT] = {"tlb-print", {NUMBER ("entries")}},
    [VM_STEP_FLUSH] = {"flush",
                       {{"flush", VM_VALUE_FLUSH},
                        VADDR ("va"),
                        NUMBER ("asid"),
                        NUMBER ("dropped"),
                        PROCESS ("process")}},
    [VM_STEP_OWE]
    = {"owe", {PROCESS ("process"), VADDR ("va"), NUMBER ("entries")}},
    [VM_STEP_BEHIND]
    = {"behind", {PROCESS ("process"), VADDR ("va"), NUMBER ("entries")}},
    [VM_STEP_SHOOTDOWN]
    = {"shootdown", {PROCESS ("process"), VADDR ("va"), NUMBER ("processors")}},
    [VM_STEP_IPI_SEND] = {"ipi-send", INTERRUPT ("count", "to")},
    [VM_STEP_IPI_WAIT]
    = {"ipi-wait", {PROCESS ("process"), VADDR ("va"), NUMBER ("awaited")}},
    [VM_STEP_IPI_RECEIVE] = {"ipi-receive", INTERRUPT ("count", "from")},
    [VM_STEP_IPI_ACK] = {"ipi-ack", INTERRUPT ("awaited", "to")},
    [VM_STEP_PSC_HIT]
    = {"psc-hit",
       {NUMBER ("level"), RAW ("prefix"), FRAME ("table"), NUMBER ("saved")}},
    [VM_STEP_PSC_FILL]
    = {"psc-fill", {NUMBER ("level"), RAW ("prefix"), FRAME ("table")}},
    [VM_STEP_POOL] = {"pool",
                      {{"pool", VM_VALUE_NAME},
                       NUMBER ("frames"),
                       NUMBER ("number"),
                       {"policy", VM_VALUE_POLICY}}},
    [VM_STEP_STRING] = {"string", {NUMBER ("references"), NUMBER ("first")}},
    [VM_STEP_REFERENCE]
    = {"reference",
       {NUMBER ("number"), NUMBER ("page"), ACCESS, NUMBER ("pools")}},
    [VM_STEP_PAGE_HIT] = {"page-hit", POOLED (NUMBER ("number"), ACCESS)},
    [VM_STEP_PAGE_MISS] = {"page-miss",
                           {{"pool", VM_VALUE_NAME},
                            NUMBER ("page"),
                            NUMBER ("used"),
                            {"policy", VM_VALUE_POLICY},
                            NUMBER ("number"),
                            ACCESS}},
    [VM_STEP_PAGE_MARK] = {"page-mark", POOLED (UNUSED, UNUSED)},
    [VM_STEP_PAGE_MOVE] = {"page-move", POOLED (NUMBER ("list"), UNUSED)},
    [VM_STEP_PAGE_COUNT] = {"page-count", POOLED (NUMBER ("count"), UNUSED)},
    [VM_STEP_PAGE_SPARE] = {"page-spare", POOLED (NUMBER ("count"), UNUSED)},
    [VM_STEP_PAGE_COMPARE]
    = {"page-compare", POOLED (NUMBER ("key"), NUMBER ("tie"))},
    [VM_STEP_PAGE_VICTIM]
    = {"page-victim", POOLED (NUMBER ("key"), FLAG ("dirty"))},
    [VM_STEP_PAGE_LOAD]
    = {"page-load", POOLED (NUMBER ("list"), FLAG ("dirty"))},
    [VM_STEP_GHOST_KEEP] = {"ghost-keep", GHOST},
    [VM_STEP_GHOST_DROP] = {"ghost-drop", GHOST},
    [VM_STEP_GHOST_HIT] = {"ghost-hit", GHOST},
    [VM_STEP_POOL_TARGET] = {"pool-target",
                             {{"pool", VM_VALUE_NAME},
                              NUMBER ("target"),
                              NUMBER ("before"),
                              {"policy", VM_VALUE_POLICY}}},
    [VM_STEP_POOL_TICK] = {"pool-tick",
                           {{"pool", VM_VALUE_NAME},
                            NUMBER ("interval"),
                            NUMBER ("used"),
                            {"policy", VM_VALUE_POLICY}}},
    [VM_STEP_POKE] = {"poke",
                      {PADDR ("pa"), NUMBER ("width"), RAW ("before"),
                       RAW ("value"), NUMBER ("entries")}},
    [VM_STEP_ENTRY_CHANGE]
    = {"entry-change",
       {NUMBER ("level"), NUMBER ("index"), FRAME ("table"), PADDR ("entry-pa"),
        RAW ("raw"), RAW ("before")}},
    [VM_STEP_FIELD_CHANGE] = {"field-change",
                              {NUMBER ("level"), FLAG ("leaf"), NUMBER ("high"),
                               NUMBER ("low"), RAW ("before"), RAW ("after")}},
    [VM_STEP_FRAME_REFS] = {"frame-refs",
                            {FRAME ("frame"),
                             NUMBER ("frames"),
                             NUMBER ("before"),
                             NUMBER ("after"),
                             {"role", VM_VALUE_ROLE}}},
    [VM_STEP_PSC_OWE]
    = {"psc-owe", {NUMBER ("level"), RAW ("prefix"), FRAME ("table")}},
    [VM_STEP_REGISTER_OWE]
    = {"register-owe",
       {NUMBER ("level"), NUMBER ("index"), FRAME ("table"), PADDR ("entry-pa"),
        RAW ("raw"), RAW ("memory")}},
    [VM_STEP_CALL] = {"call",
                      {{"call", VM_VALUE_CALL},
                       PROCESS ("process"),
                       VADDR ("va"),
                       SIZE ("length"),
                       REGION_FLAGS ("flags"),
                       NUMBER ("file")}},
    [VM_STEP_RETURN] = {"return",
                        {{"call", VM_VALUE_CALL},
                         PROCESS ("process"),
                         {"errno", VM_VALUE_ERRNO},
                         RAW ("value")}},
    [VM_STEP_GAP] = {"gap", {VADDR ("va"), SIZE ("length"), VADDR ("below")}},
    [VM_STEP_LIMIT] = {"limit",
                       {{"limit", VM_VALUE_LIMIT},
                        RAW ("value"),
                        RAW ("most"),
                        FLAG ("within")}},
    [VM_STEP_REGION_LOOK]
    = {"region-look",
       {REGION, VADDR ("va"), {"look", VM_VALUE_LOOK}, REGION_FLAGS ("flags")}},
    [VM_STEP_REGION_FOUND]
    = {"region-found",
       {REGION, VADDR ("va"), FLAG ("inside"), REGION_FLAGS ("flags")}},
    [VM_STEP_REGION_NEW]
    = {"region-new",
       {REGION, REGION_FLAGS ("flags"), NUMBER ("file"), PROCESS ("mm")}},
    [VM_STEP_REGION_GONE]
    = {"region-gone",
       {REGION, REGION_FLAGS ("flags"), NUMBER ("file"), PROCESS ("mm")}},
    [VM_STEP_REGION_RESIZE]
    = {"region-resize",
       {REGION, VADDR ("new-start"), VADDR ("new-end"), PROCESS ("mm")}},
    [VM_STEP_REGION_FLAGS] = {"region-flags",
                              {REGION, REGION_FLAGS ("flags"),
                               REGION_FLAGS ("new-flags"), PROCESS ("mm")}},
    [VM_STEP_REGION_SPLIT]
    = {"region-split",
       {REGION, VADDR ("at"), REGION_FLAGS ("flags"), PROCESS ("mm")}},
    [VM_STEP_REGION_MERGE]
    = {"region-merge",
       {REGION, REGION_FLAGS ("flags"), NUMBER ("other"), VADDR ("at")}},
    [VM_STEP_ANON]
    = {"anon", {REGION, NUMBER ("anon"), NUMBER ("regions"), PROCESS ("mm")}},
    [VM_STEP_HANDLER] = {"handler",
                         {PROCESS ("process"),
                          VADDR ("va"),
                          {"access", VM_VALUE_ACCESS_KIND},
                          {"mode", VM_VALUE_MODE},
                          RAW ("error")}},
    [VM_STEP_DECIDE] = {"decide",
                        {{"question", VM_VALUE_QUESTION},
                         FLAG ("answer"),
                         VADDR ("va"),
                         NUMBER ("region"),
                         RAW ("value"),
                         RAW ("most")}},
    [VM_STEP_HANDLED] = {"handled",
                         {PROCESS ("process"),
                          VADDR ("va"),
                          {"action", VM_VALUE_ACTION},
                          FRAME ("frame"),
                          NUMBER ("pages"),
                          FLAG ("major")}},
    [VM_STEP_SIGNAL] = {"signal",
                        {PROCESS ("process"),
                         {"signal", VM_VALUE_SIGNAL},
                         {"code", VM_VALUE_CODE},
                         VADDR ("address")}},
    [VM_STEP_COPY]
    = {"copy",
       {FRAME ("from"), FRAME ("to"), VADDR ("va"), PROCESS ("process")}},
    [VM_STEP_CACHE_READ]
    = {"cache-read", {NUMBER ("file"), NUMBER ("page"), FRAME ("frame")}},
    [VM_STEP_FRAME_FREE]
    = {"frame-free", {FRAME ("frame"), {"role", VM_VALUE_ROLE}}},
    [VM_STEP_FORK] = {"fork",
                      {PROCESS ("parent"),
                       PROCESS ("child"),
                       NUMBER ("pid"),
                       {"name", VM_VALUE_NAME},
                       FLAG ("shared")}},
    [VM_STEP_FORK_REGION]
    = {"fork-region",
       {REGION, REGION_FLAGS ("flags"), FLAG ("copied"), NUMBER ("anon")}},
    [VM_STEP_FORK_ENTRY] = {"fork-entry",
                            {VADDR ("va"), FRAME ("frame"), NUMBER ("refs"),
                             FLAG ("protected"), PROCESS ("child")}},
    [VM_STEP_EXIT]
    = {"exit", {PROCESS ("process"), NUMBER ("status"), PROCESS ("parent")}},
    [VM_STEP_REAP]
    = {"reap", {PROCESS ("process"), NUMBER ("status"), PROCESS ("parent")}},
    [VM_STEP_WAIT] = {"wait", {PROCESS ("process"), NUMBER ("children")}},
    [VM_STEP_FILE] = {"file",
                      {{"name", VM_VALUE_NAME},
                       SIZE ("size"),
                       FLAG ("in-memory"),
                       FLAG ("cached")}},
    [VM_STEP_OVERCOMMIT] = {"overcommit", {NUMBER ("mode"), NUMBER ("ratio")}},
    [VM_STEP_SET_LIMITS]
    = {"limits", {PROCESS ("process"), SIZE ("stack"), SIZE ("memory")}},
    [VM_STEP_SHOW] = {"show", {PROCESS ("process"), NUMBER ("what")}},
    [VM_STEP_SEGMENTS]
    = {"segments", {FLAG ("flat"), NUMBER ("entries"), FLAG ("table")}},
    [VM_STEP_DESCRIPTOR_WRITE] = {"descriptor-write", DESCRIPTOR},
    [VM_STEP_SEGMENT_LOAD] = {"segment-load",
                              {{"register", VM_VALUE_REGISTER},
                               RAW ("selector"),
                               {"mode", VM_VALUE_MODE}}},
    [VM_STEP_SELECTOR]
    = {"selector",
       {RAW ("selector"), NUMBER ("index"), NUMBER ("ti"), NUMBER ("rpl")}},
    [VM_STEP_DESCRIPTOR_READ] = {"descriptor-read", DESCRIPTOR},
    [VM_STEP_DESCRIPTOR_ACCESSED]
    = {"descriptor-accessed",
       {NUMBER ("index"), PADDR ("descriptor-pa"), RAW ("raw")}},
    [VM_STEP_SEGMENT_CACHE] = {"segment-cache",
                               {{"register", VM_VALUE_REGISTER},
                                RAW ("selector"),
                                VADDR ("base"),
                                RAW ("last")}},
    [VM_STEP_SEGMENT_USE] = {"segment-use",
                             {{"register", VM_VALUE_REGISTER},
                              RAW ("offset"),
                              {"access", VM_VALUE_ACCESS_KIND},
                              {"mode", VM_VALUE_MODE},
                              NUMBER ("width"),
                              PROCESS ("process")}},
    [VM_STEP_SEGMENT_RIGHTS] = {"segment-rights",
                                {{"verdict", VM_VALUE_SEGMENT},
                                 {"register", VM_VALUE_REGISTER},
                                 NUMBER ("cpl"),
                                 NUMBER ("dpl"),
                                 NUMBER ("type"),
                                 FLAG ("loading")}},
    [VM_STEP_SEGMENT_LIMIT] = {"segment-limit",
                               {{"register", VM_VALUE_REGISTER},
                                RAW ("offset"),
                                RAW ("last"),
                                RAW ("lowest"),
                                RAW ("highest"),
                                FLAG ("inside")}},
    [VM_STEP_SEGMENT_ADD] = {"segment-add",
                             {{"register", VM_VALUE_REGISTER},
                              VADDR ("base"),
                              RAW ("offset"),
                              VADDR ("linear")}},
    [VM_STEP_WAY]
    = {"way", {{"translation", VM_VALUE_WAY}, {"before", VM_VALUE_WAY}}},
    [VM_STEP_IDENTITY] = {"identity", {VADDR ("va"), PADDR ("pa")}},
    [VM_STEP_BOUND]
    = {"bound",
       {VADDR ("va"), RAW ("limit"), NUMBER ("width"), FLAG ("below")}},
    [VM_STEP_BASE] = {"base", {VADDR ("va"), PADDR ("base"), PADDR ("pa")}},
    [VM_STEP_BOUNDS_LOAD]
    = {"bounds-load", {PROCESS ("process"), PADDR ("base"), RAW ("limit")}},
    [VM_STEP_TRESPASS]
    = {"trespass", {PROCESS ("process"), PADDR ("pa"), PROCESS ("owner")}},
    [VM_STEP_PROGRAM]
    = {"program", {PROGRAM, PADDR ("linked"), NUMBER ("references")}},
    [VM_STEP_PLACE]
    = {"place",
       {PADDR ("base"), SIZE ("size"), SIZE ("hole"), {"fit", VM_VALUE_FIT}}},
    [VM_STEP_NO_PLACE] = {"no-place",
                          {PROCESS ("process"), SIZE ("size"), SIZE ("largest"),
                           SIZE ("free"), NUMBER ("holes")}},
    [VM_STEP_LEAVE] = {"leave", {PROGRAM}},
    [VM_STEP_OVERWRITE] = {"overwrite", {PROGRAM, PROCESS ("owner")}},
    [VM_STEP_RELOCATE]
    = {"relocate", {PROGRAM, NUMBER ("references"), PADDR ("from")}},
    [VM_STEP_PATCH]
    = {"patch",
       {NUMBER ("index"), PADDR ("pa"), RAW ("before"), RAW ("after")}},
    [VM_STEP_SWAP_OUT]
    = {"swap-out", {PROGRAM, NUMBER ("block"), NUMBER ("blocks")}},
    [VM_STEP_SWAP_IN]
    = {"swap-in", {PROGRAM, NUMBER ("block"), NUMBER ("blocks")}},
    [VM_STEP_DISK] = {"disk", {NUMBER ("block"), PADDR ("pa"), FLAG ("write")}},
    [VM_STEP_COMPACT] = {"compact", {NUMBER ("holes"), SIZE ("free")}},
    [VM_STEP_MOVE] = {"move", {PROGRAM, PADDR ("from")}},
    [VM_STEP_RUN] = {"run", {PROGRAM, NUMBER ("references")}},
    [VM_STEP_FOLLOW]
    = {"follow", {PROCESS ("process"), NUMBER ("index"), VADDR ("va")}},
    [VM_STEP_FOUND]
    = {"found",
       {NUMBER ("index"), RAW ("value"), RAW ("expected"), FLAG ("right")}},
    [VM_STEP_TRANSFER] = {"transfer",
                          {PROCESS ("process"), VADDR ("va"), NUMBER ("file"),
                           SIZE ("offset"), SIZE ("bytes"), FLAG ("to-file")}},
    [VM_STEP_CHUNK_SIZE]
    = {"chunk-size",
       {PROCESS ("process"), SIZE ("bytes"), SIZE ("chunk"), SIZE ("word"),
        SIZE ("threshold")}},
    [VM_STEP_CHUNK] = {"chunk",
                       {PROCESS ("process"),
                        VADDR ("chunk"),
                        SIZE ("bytes"),
                        {"place", VM_VALUE_PLACE},
                        FLAG ("taken")}},
    [VM_STEP_CHUNK_SPLIT]
    = {"chunk-split",
       {PROCESS ("process"), VADDR ("chunk"), SIZE ("bytes"), VADDR ("rest"),
        SIZE ("rest-bytes")}},
    [VM_STEP_CHUNK_JOIN]
    = {"chunk-join",
       {PROCESS ("process"), VADDR ("chunk"), SIZE ("bytes"), VADDR ("other"),
        SIZE ("other-bytes")}},
    [VM_STEP_THRESHOLD]
    = {"threshold", {PROCESS ("process"), SIZE ("old"), SIZE ("new")}},
    [VM_STEP_RMAP] = {"rmap",
                      {FRAME ("frame"), NUMBER ("flags"), NUMBER ("mapping"),
                       NUMBER ("regions"), NUMBER ("mapped")}},
    [VM_STEP_RMAP_LOOK]
    = {"rmap-look",
       {PROCESS ("process"), NUMBER ("region"), VADDR ("va"), FLAG ("found"),
        PADDR ("pa"), FLAG ("writable")}},
    [VM_STEP_WINDOW] = {"window",
                        {PADDR ("first"),
                         PADDR ("last"),
                         {"name", VM_VALUE_NAME},
                         {"window", VM_VALUE_WINDOW},
                         {"space", VM_VALUE_SPACE}}},
    [VM_STEP_ROUTE] = {"route",
                       {PADDR ("address"),
                        {"name", VM_VALUE_NAME},
                        {"window", VM_VALUE_WINDOW},
                        {"space", VM_VALUE_SPACE}}},
    [VM_STEP_SILENCE] = {"silence",
                         {PADDR ("address"),
                          {"access", VM_VALUE_ACCESS_KIND},
                          NUMBER ("width"),
                          RAW ("value"),
                          {"window", VM_VALUE_WINDOW},
                          {"space", VM_VALUE_SPACE}}},
    [VM_STEP_DEVICE] = {"device",
                        {{"device", VM_VALUE_NAME},
                         NUMBER ("offset"),
                         {"access", VM_VALUE_ACCESS_KIND},
                         NUMBER ("width"),
                         RAW ("value"),
                         NUMBER ("count")}},
    [VM_STEP_PORT] = {"port",
                      {RAW ("port"),
                       {"access", VM_VALUE_ACCESS_KIND},
                       NUMBER ("width"),
                       {"mode", VM_VALUE_MODE}}},
    [VM_STEP_INPUT] = {"input",
                       {{"device", VM_VALUE_NAME},
                        NUMBER ("offset"),
                        NUMBER ("width"),
                        RAW ("value")}},
    [VM_STEP_IOMMU]
    = {"iommu", {{"device", VM_VALUE_NAME}, PROCESS ("domain")}},
    [VM_STEP_DMA] = {"dma",
                     {{"device", VM_VALUE_NAME},
                      PADDR ("address"),
                      {"access", VM_VALUE_ACCESS_KIND},
                      NUMBER ("width")}},
    [VM_STEP_IOMMU_WALK] = {"iommu-walk",
                            {{"device", VM_VALUE_NAME},
                             PADDR ("address"),
                             FRAME ("root"),
                             NUMBER ("levels"),
                             PROCESS ("domain")}},
    [VM_STEP_BUS]
    = {"bus", {PADDR ("address"), PADDR ("pa"), FLAG ("translated")}},
    [VM_STEP_DMA_DATA] = {"dma-data",
                          {{"device", VM_VALUE_NAME},
                           PADDR ("pa"),
                           {"access", VM_VALUE_ACCESS_KIND},
                           NUMBER ("width"),
                           RAW ("value")}},
    [VM_STEP_BLOCKED] = {"blocked",
                         {{"device", VM_VALUE_NAME},
                          PADDR ("address"),
                          {"access", VM_VALUE_ACCESS_KIND},
                          {"verdict", VM_VALUE_VERDICT}}},
    [VM_STEP_SWAPON]
    = {"swapon",
       {NUMBER ("area"), NUMBER ("slots"), NUMBER ("block"), NUMBER ("fails")}},
    [VM_STEP_SWAPOFF] = {"swapoff", {NUMBER ("area"), NUMBER ("used")}},
    [VM_STEP_KSWAPD]
    = {"kswapd", {NUMBER ("free"), NUMBER ("low"), NUMBER ("high")}},
    [VM_STEP_DIRECT]
    = {"direct-reclaim",
       {PROCESS ("process"), NUMBER ("free"), NUMBER ("min"), NUMBER ("need")}},
    [VM_STEP_SCAN] = {"scan",
                      {LIST ("list"), NUMBER ("size"), NUMBER ("active"),
                       FLAG ("active-longer")}},
    [VM_STEP_LRU_LOOK] = {"lru-look",
                          {FRAME ("frame"), LIST ("list"), NUMBER ("used"),
                           FLAG ("spared"), FATE ("fate")}},
    [VM_STEP_LRU_MOVE]
    = {"lru-move", {FRAME ("frame"), LIST ("from"), LIST ("to")}},
    [VM_STEP_EVICT]
    = {"evict",
       {FRAME ("frame"), NUMBER ("flags"), NUMBER ("mapping"), NUMBER ("page"),
        NUMBER ("mapped"), PROCESS ("process")}},
    [VM_STEP_EVICTED] = {"evicted", {FRAME ("frame"), FATE ("fate")}},
    [VM_STEP_SLOT_TAKE]
    = {"slot-take", {SLOT, FRAME ("frame"), NUMBER ("used")}},
    [VM_STEP_SLOT_FREE]
    = {"slot-free", {SLOT, FRAME ("frame"), NUMBER ("used")}},
    [VM_STEP_SLOT_COUNT]
    = {"slot-count", {SLOT, NUMBER ("before"), NUMBER ("after")}},
    [VM_STEP_SWAP_ENTRY] = {"swap-entry",
                            {PROCESS ("process"), VADDR ("va"), SLOT,
                             RAW ("raw"), PADDR ("entry-pa")}},
    [VM_STEP_SWAP_WRITE]
    = {"swap-write", {SLOT, FRAME ("frame"), NUMBER ("block"), FLAG ("ok")}},
    [VM_STEP_SWAP_READ]
    = {"swap-read", {SLOT, FRAME ("frame"), NUMBER ("block"), FLAG ("ok")}},
    [VM_STEP_SWAP_FOUND] = {"swap-found", {SLOT, FRAME ("frame")}},
    [VM_STEP_OOM] = {"oom", {PROCESS ("process"), NUMBER ("free")}},
    [VM_STEP_OOM_SCORE]
    = {"oom-score",
       {PROCESS ("process"), SIGNED ("score"), NUMBER ("rss"), NUMBER ("swap"),
        NUMBER ("tables"), SIGNED ("adjust")}},
    [VM_STEP_OOM_KILL] = {"oom-kill", {PROCESS ("process"), SIGNED ("score")}},
    [VM_STEP_LOCK] = {"lock",
                      {PROCESS ("process"), VADDR ("start"), VADDR ("end"),
                       FLAG ("locked"), NUMBER ("pages")}},
    [VM_STEP_PIN]
    = {"pin",
       {PROCESS ("process"), VADDR ("va"), FRAME ("frame"), NUMBER ("pins")}},
    [VM_STEP_RESIDENT]
    = {"resident", {PROCESS ("process"), NUMBER ("pages"), NUMBER ("most")}},
    [VM_STEP_EXEC] = {"exec",
                      {PROCESS ("process"),
                       {"file", VM_VALUE_NAME},
                       NUMBER ("kernel"),
                       FLAG ("random"),
                       NUMBER ("seed")}},
    [VM_STEP_EXEC_HEADER] = {"exec-header",
                             {{"file", VM_VALUE_NAME},
                              NUMBER ("bits"),
                              FLAG ("moves"),
                              VADDR ("entry"),
                              NUMBER ("segments"),
                              NUMBER ("content")}},
    [VM_STEP_EXEC_INTERPRETER]
    = {"exec-interpreter",
       {NUMBER ("content"), NUMBER ("offset"), {"file", VM_VALUE_NAME}}},
    [VM_STEP_EXEC_LEAVE] = {"exec-leave",
                            {PROCESS ("process"), NUMBER ("regions"),
                             NUMBER ("pages"), FLAG ("shared")}},
    [VM_STEP_EXEC_DRAW]
    = {"exec-draw", {PART, NUMBER ("bits"), SIZE ("bytes"), VADDR ("result")}},
    [VM_STEP_EXEC_LAYOUT]
    = {"exec-layout",
       {PROCESS ("process"), VADDR ("task-size"), VADDR ("stack-top"),
        SIZE ("gap"), VADDR ("mmap-base")}},
    [VM_STEP_EXEC_STRINGS]
    = {"exec-strings", {PART, VADDR ("va"), SIZE ("bytes"), NUMBER ("count")}},
    [VM_STEP_EXEC_STACK]
    = {"exec-stack",
       {PROCESS ("process"), VADDR ("start"), VADDR ("end"),
        REGION_FLAGS ("flags"), FLAG ("header")}},
    [VM_STEP_EXEC_PLACE] = {"exec-place",
                            {{"file", VM_VALUE_NAME},
                             VADDR ("start"),
                             SIZE ("size"),
                             VADDR ("bias"),
                             NUMBER ("rule"),
                             SIZE ("align")}},
    [VM_STEP_EXEC_SEGMENT] = {"exec-segment",
                              {NUMBER ("segment"),
                               VADDR ("start"),
                               VADDR ("end"),
                               SIZE ("offset"),
                               REGION_FLAGS ("flags"),
                               {"file", VM_VALUE_NAME}}},
    [VM_STEP_EXEC_TRIM] = {"exec-trim", {VADDR ("start"), VADDR ("end")}},
    [VM_STEP_EXEC_ZERO]
    = {"exec-zero",
       {VADDR ("start"), VADDR ("end"), NUMBER ("segment"), FLAG ("writes")}},
    [VM_STEP_EXEC_BSS] = {"exec-bss",
                          {VADDR ("start"), VADDR ("end"), NUMBER ("segment"),
                           REGION_FLAGS ("flags")}},
    [VM_STEP_EXEC_SPECIAL]
    = {"exec-special", {PART, VADDR ("start"), VADDR ("end")}},
    [VM_STEP_EXEC_TABLES]
    = {"exec-tables",
       {PROCESS ("process"), VADDR ("stack"), NUMBER ("argc"), NUMBER ("envc"),
        NUMBER ("auxc")}},
    [VM_STEP_EXEC_PUT]
    = {"exec-put", {PART, VADDR ("va"), SIZE ("bytes"), NUMBER ("count")}},
    [VM_STEP_EXEC_AUX]
    = {"exec-aux", {VADDR ("va"), {"type", VM_VALUE_AUX}, VADDR ("value")}},
    [VM_STEP_EXEC_BRK]
    = {"exec-brk",
       {PROCESS ("process"), VADDR ("start"), VADDR ("end"), FLAG ("moved")}},
    [VM_STEP_EXEC_NUMBERS]
    = {"exec-numbers",
       {PROCESS ("process"), VADDR ("start-code"), VADDR ("end-code"),
        VADDR ("start-data"), VADDR ("end-data")}},
    [VM_STEP_EXEC_START]
    = {"exec-start",
       {PROCESS ("process"), VADDR ("instruction"), VADDR ("stack"),
        VADDR ("entry"), FLAG ("linker")}},
    [VM_STEP_LINK] = {"link", {PROCESS ("process"), {"file", VM_VALUE_NAME}}},
    [VM_STEP_LINK_NEED] = {"link-need",
                           {NUMBER ("content"),
                            NUMBER ("offset"),
                            {"file", VM_VALUE_NAME},
                            FLAG ("known"),
                            {"by", VM_VALUE_NAME}}},
    [VM_STEP_LINK_OBJECT] = {"link-object",
                             {{"file", VM_VALUE_NAME},
                              VADDR ("start"),
                              SIZE ("size"),
                              VADDR ("bias"),
                              NUMBER ("segments")}},
    [VM_STEP_LINK_RELRO]
    = {"link-relro", {{"file", VM_VALUE_NAME}, VADDR ("start"), VADDR ("end")}},
    [VM_STEP_START_BLOCK] = {"start-block",
                             {{"file", VM_VALUE_NAME},
                              VADDR ("start"),
                              SIZE ("size"),
                              SIZE ("variables")}},
    [VM_STEP_START_CONSTRUCT]
    = {"start-construct", {{"file", VM_VALUE_NAME}, SIZE ("bytes")}},
    [VM_STEP_READAHEAD] = {"readahead",
                           {FILE_PAGE,
                            NUMBER ("pages"),
                            NUMBER ("marker"),
                            {"why", VM_VALUE_READAHEAD},
                            NUMBER ("asked")}},
    [VM_STEP_AROUND] = {"fault-around",
                        {FILE_PAGE, NUMBER ("pages"), NUMBER ("mapped"),
                         VADDR ("va"), PROCESS ("process")}},
    [VM_STEP_DIRTY] = {"dirty", {FILE_PAGE, FRAME ("frame"), NUMBER ("dirty")}},
    [VM_STEP_WRITEBACK]
    = {"writeback", {FILE_PAGE, FRAME ("frame"), NUMBER ("block")}},
    [VM_STEP_CLEAN]
    = {"clean",
       {FILE_PAGE, FRAME ("frame"), PROCESS ("process"), VADDR ("va")}},
    [VM_STEP_DISK_ERROR]
    = {"disk-error", {FILE_PAGE, FRAME ("frame"), NUMBER ("errors")}},
    [VM_STEP_FLUSHER]
    = {"flusher",
       {{"why", VM_VALUE_FLUSHER}, NUMBER ("dirty"), NUMBER ("limit")}},
    [VM_STEP_TICK] = {"tick", {NUMBER ("seconds"), NUMBER ("now")}},
    [VM_STEP_TRUNCATE]
    = {"truncate", {{"file", VM_VALUE_NAME}, SIZE ("size"), SIZE ("old")}},
    [VM_STEP_ZERO_TAIL]
    = {"zero-tail", {FILE_PAGE, FRAME ("frame"), NUMBER ("from")}},
    [VM_STEP_CACHE_DROP]
    = {"cache-drop",
       {{"file", VM_VALUE_NAME}, NUMBER ("pages"), NUMBER ("kept")}},
    [VM_STEP_CACHE_GONE] = {"cache-gone", {FILE_PAGE, FRAME ("frame")}},
    [VM_STEP_UNLINK] = {"unlink", {{"file", VM_VALUE_NAME}, NUMBER ("users")}},
    [VM_STEP_SLOT_FILE] = {"slot-file", {SLOT, FILE_PAGE, FLAG ("out")}},
    [VM_STEP_SWAP_AHEAD] = {"swap-ahead",
                            {SLOT, NUMBER ("size"), NUMBER ("asked"),
                             NUMBER ("pages"), NUMBER ("hits")}},
    [VM_STEP_KERNEL] = {"kernel",
                        {{"version", VM_VALUE_VERSION},
                         FLAG ("random"),
                         VADDR ("page-offset"),
                         SIZE ("direct"),
                         SIZE ("leaf")}},
    [VM_STEP_KERNEL_OWN]
    = {"kernel-own", {FRAME ("frame"), NUMBER ("count"), AREA}},
    [VM_STEP_KERNEL_MAPS] = {"kernel-maps",
                             {VADDR ("va"), FRAME ("frame"), NUMBER ("count"),
                              SIZE ("size"), FRAME ("table"), AREA}},
    [VM_STEP_KERNEL_USER]
    = {"kernel-user",
       {FRAME ("root"), VADDR ("va"), VADDR ("text"), SIZE ("size")}},
    [VM_STEP_VMALLOC] = {"vmalloc",
                         {SIZE ("bytes"),
                          NUMBER ("pages"),
                          VADDR ("va"),
                          {"owner", VM_VALUE_NAME}}},
    [VM_STEP_VMALLOC_AREA]
    = {"vmalloc-area",
       {NUMBER ("pages"), VADDR ("behind"), VADDR ("va"), VADDR ("guard")}},
    [VM_STEP_VFREE] = {"vfree",
                       {SIZE ("bytes"),
                        NUMBER ("pages"),
                        VADDR ("va"),
                        {"owner", VM_VALUE_NAME}}},
    [VM_STEP_VMALLOC_SYNC]
    = {"vmalloc-sync",
       {PROCESS ("process"), NUMBER ("index"), VADDR ("va"), FRAME ("table")}},
    [VM_STEP_KMAP] = {"kmap", WINDOW_OF_KMAP},
    [VM_STEP_KUNMAP] = {"kunmap", WINDOW_OF_KMAP},
    [VM_STEP_KMAP_FLUSH]
    = {"kmap-flush", {NUMBER ("cleared"), NUMBER ("slots")}},
    [VM_STEP_KERNEL_ADDRESS] = {"kernel-address",
                                {VADDR ("va"),
                                 AREA,
                                 {"rule", VM_VALUE_RULE},
                                 PADDR ("pa"),
                                 FLAG ("mapped")}},
    [VM_STEP_KERNEL_COPY]
    = {"kernel-copy",
       {FRAME ("root"), FRAME ("from"), NUMBER ("first"), NUMBER ("count")}},
    [VM_STEP_ZONE_TRY] = {"zone-try",
                          {ZONE,
                           NUMBER ("order"),
                           NUMBER ("free"),
                           NUMBER ("mark"),
                           {"verdict", VM_VALUE_TRY},
                           {"gfp", VM_VALUE_GFP}}},
    [VM_STEP_BLOCK_SPLIT]
    = {"block-split",
       {FRAME ("frame"), FRAME ("buddy"), NUMBER ("order"), ZONE}},
    [VM_STEP_BLOCK_MERGE]
    = {"block-merge",
       {FRAME ("frame"), FRAME ("buddy"), NUMBER ("order"), ZONE}},
    [VM_STEP_KERNEL_CALL] = {"kernel-call",
                             {FUNCTION,
                              RAW ("argument"),
                              {"gfp", VM_VALUE_GFP},
                              {"module", VM_VALUE_NAME}}},
    [VM_STEP_KERNEL_RETURN] = {"kernel-return",
                               {FUNCTION,
                                VADDR ("va"),
                                FRAME ("frame"),
                                SIZE ("bytes"),
                                SIZE ("asked"),
                                {"error", VM_VALUE_ERRNO}}},
    [VM_STEP_SLAB_NEW]
    = {"slab-new",
       {SIZE ("size"), FRAME ("frame"), NUMBER ("order"), NUMBER ("objects")}},
    [VM_STEP_SLAB_PICK] = {"slab-pick",
                           {SIZE ("size"),
                            FRAME ("frame"),
                            NUMBER ("order"),
                            NUMBER ("objects"),
                            NUMBER ("used"),
                            {"state", VM_VALUE_SLAB_STATE}}},
    [VM_STEP_SLAB_FIND] = {"slab-find",
                           {SIZE ("size"), FRAME ("frame"), VADDR ("va"),
                            FRAME ("tail"), NUMBER ("object")}},
    [VM_STEP_OBJECT_TAKE] = {"object-take", OBJECT},
    [VM_STEP_OBJECT_PUT] = {"object-put", OBJECT},
    [VM_STEP_SLAB_GONE] = {"slab-gone",
                           {SIZE ("size"), FRAME ("frame"), NUMBER ("order"),
                            NUMBER ("objects"), NUMBER ("used")}},
    [VM_STEP_BAD_FREE] = {"bad-free", {FUNCTION, VADDR ("va")}},
    [VM_STEP_RMMOD] = {"rmmod", {{"module", VM_VALUE_NAME}, NUMBER ("grants")}},
    [VM_STEP_LEAK] = {"leak",
                      {{"module", VM_VALUE_NAME},
                       {"memory", VM_VALUE_GRANT},
                       VADDR ("va"),
                       SIZE ("bytes")}},
    [VM_STEP_HUGE_SPLIT]
    = {"huge-split",
       {PROCESS ("process"), VADDR ("va"), FRAME ("frame"), NUMBER ("pages")}},
    [VM_STEP_CLONE] = {"clone",
                       {PROCESS ("parent"),
                        PROCESS ("child"),
                        NUMBER ("pid"),
                        {"name", VM_VALUE_NAME},
                        {"flags", VM_VALUE_CLONE_FLAGS},
                        NUMBER ("tgid")}},
    [VM_STEP_CLONE_REFUSED] = {"clone-refused",
                               {PROCESS ("process"),
                                {"flags", VM_VALUE_CLONE_FLAGS},
                                {"rule", VM_VALUE_CLONE_RULE}}},
    [VM_STEP_CLONE_OBJECT] = {"clone-object",
                              {{"object", VM_VALUE_OBJECT},
                               FLAG ("shared"),
                               PROCESS ("of"),
                               NUMBER ("users"),
                               PROCESS ("child")}},
    [VM_STEP_CLONE_WAIT]
    = {"clone-wait", {PROCESS ("parent"), PROCESS ("child")}},
    [VM_STEP_DETHREAD]
    = {"de-thread",
       {PROCESS ("process"), PROCESS ("leader"), NUMBER ("threads")}},
    [VM_STEP_KTHREAD]
    = {"kthread",
       {PROCESS ("process"), NUMBER ("pid"), {"name", VM_VALUE_NAME}}},
    [VM_STEP_TASK_SAVE] = {"task-save", {PROCESS ("process")}},
    [VM_STEP_TASK_LOAD]
    = {"task-load", {PROCESS ("process"), NUMBER ("switches")}},
    [VM_STEP_SAME_SPACE]
    = {"same-space", {PROCESS ("process"), PROCESS ("before"), PADDR ("cr3")}},
    [VM_STEP_BORROW] = {"borrow",
                        {PROCESS ("process"), PROCESS ("mm"),
                         NUMBER ("references"), PADDR ("cr3")}},
    [VM_STEP_GENERATION] = {"generation",
                            {PROCESS ("process"), NUMBER ("seen"),
                             NUMBER ("now"), FLAG ("flush"), PADDR ("cr3")}},
    [VM_STEP_LAZY_SKIP] = {"lazy-skip",
                           {PROCESS ("process"), VADDR ("va"),
                            NUMBER ("entries"), NUMBER ("generation")}},
    [VM_STEP_LAZY_LEAVE] = {"lazy-leave",
                            {PROCESS ("process"),
                             PROCESS ("mm"),
                             NUMBER ("dropped"),
                             {"from", VM_VALUE_CPU}}},
    [VM_STEP_MM_DROP]
    = {"mm-drop", {PROCESS ("process"), PROCESS ("mm"), NUMBER ("references")}},
    [VM_STEP_MM_FREE] = {"mm-free", {PROCESS ("mm"), FRAME ("root")}},
    [VM_STEP_CHDIR] = {"chdir",
                       {PROCESS ("process"),
                        {"folder", VM_VALUE_NAME},
                        NUMBER ("users"),
                        PROCESS ("of")}},
    [VM_STEP_SIGACTION]
    = {"sigaction",
       {PROCESS ("process"), NUMBER ("signal"), VADDR ("handler"),
        NUMBER ("users"), PROCESS ("of"), FLAG ("refused")}},
};

const struct vm_step_info *
vm_step_info_of (enum vm_step_kind kind)
{
  assert (kind < VM_STEP_KINDS);
  return &kinds[kind];
}

const char *
vm_access_kind_name (enum vm_access_kind kind)
{
  static const char *const names[] = {"read", "write", "fetch"};
  return names[kind];
}

const char *
vm_mode_name (enum vm_mode mode)
{
  static const char *const names[] = {"kernel", "user"};
  return names[mode];
}

const char *
vm_fault_kind_name (enum vm_fault_kind kind)
{
  static const char *const names[] = {"none",     "not-present",   "protection",
                                      "reserved", "non-canonical", "segment"};
  return names[kind];
}

const char *
vm_frame_role_name (enum vm_frame_role role)
{
  static const char *const names[] = {"free", "kernel", "table", "data"};
  return names[role];
}

const char *
vm_verdict_name (enum vm_verdict verdict)
{
  static const char *const names[]
      = {"allowed",    "not-present", "reserved",  "supervisor", "read-only",
         "no-execute", "smep",        "smap",      "user-page",  "no-read",
         "no-flag",    "no-leaf",     "upper-bits"};
  return names[verdict];
}

const char *
vm_flush_kind_name (enum vm_flush_kind kind)
{
  static const char *const names[VM_FLUSH_KINDS]
      = {"all", "address", "asid", "global", "spaces", "noflush"};
  return names[kind];
}

const char *
vm_victim_reason_name (enum vm_victim_reason reason)
{
  static const char *const names[] = {"lru", "plru", "fifo", "random", "empty"};
  return names[reason];
}

const char *
vm_call_name (enum vm_call call)
{
  static const char *const names[]
      = {"mmap",    "munmap",   "mprotect", "mremap",     "brk",
         "madvise", "read",     "write",    "malloc",     "free",
         "mlock",   "munlock",  "mlockall", "munlockall", "open",
         "close",   "truncate", "msync",    "fsync"};
  return names[call];
}

const char *
vm_chunk_place_name (enum vm_chunk_place place)
{
  static const char *const names[]
      = {"tcache", "fast", "small", "large", "unsorted", "top", "mmap"};
  return names[place];
}

const char *
vm_errno_name (enum vm_errno errno_code)
{
  static const char *const names[] = {"none",   "EPERM",  "EAGAIN",  "ENOMEM",
                                      "EACCES", "EFAULT", "EEXIST",  "EINVAL",
                                      "ECHILD", "E2BIG",  "ENOEXEC", "EIO",
                                      "EBADF",  "EMFILE", "EBUSY"};
  return names[errno_code];
}

const char *
vm_limit_name (enum vm_limit limit)
{
  static const char *const names[] = {"regions", "addresses", "overcommit",
                                      "stack",   "lowest",    "task-size",
                                      "locked"};
  return names[limit];
}

const char *
vm_look_name (enum vm_look look)
{
  static const char *const names[] = {"left", "right", "inside"};
  return names[look];
}

const char *
vm_question_name (enum vm_question question)
{
  static const char *const names[]
      = {"user-address", "fixup",     "region",  "inside", "grows-down",
         "stack-limit",  "guard-gap", "allowed", "huge",   "empty",
         "swapped",      "file",      "in-file", "cached", "write",
         "shared",       "protected", "zero",    "sole",   "memory",
         "swap-cached"};
  return names[question];
}

const char *
vm_action_name (enum vm_action action)
{
  static const char *const names[]
      = {"nothing", "zero-page", "anonymous", "zero-replaced", "huge",   "copy",
         "reuse",   "file",      "file-copy", "notify",        "swap-in"};
  return names[action];
}

const char *
vm_signal_name (enum vm_signal signal)
{
  static const char *const names[] = {"none", "SIGKILL", "SIGBUS", "SIGSEGV"};
  return names[signal];
}

const char *
vm_signal_code_name (enum vm_signal_code code)
{
  static const char *const names[]
      = {"MAPERR", "ACCERR", "KERNEL", "ADRERR", "NO_MEMORY"};
  return names[code];
}

const char *
vm_segment_register_name (enum vm_segment_register which)
{
  static const char *const names[VM_SEGMENT_REGISTERS]
      = {"es", "cs", "ss", "ds", "fs", "gs"};
  return names[which];
}

const char *
vm_segment_verdict_name (enum vm_segment_verdict verdict)
{
  static const char *const names[VM_SEGMENT_VERDICTS]
      = {"allowed",   "null",        "beyond-table", "system",  "wrong-type",
         "privilege", "not-present", "no-read",      "no-write"};
  return names[verdict];
}

const char *
vm_way_name (enum vm_way way)
{
  static const char *const names[VM_WAYS] = {"paging", "none", "base-bounds"};
  return names[way];
}

const char *
vm_fit_name (enum vm_fit fit)
{
  static const char *const names[VM_FITS] = {"first", "best", "worst"};
  return names[fit];
}

const char *
vm_window_kind_name (enum vm_window_kind kind)
{
  static const char *const names[VM_WINDOW_KINDS]
      = {"ram", "rom", "device", "hole"};
  return names[kind];
}

const char *
vm_space_name (enum vm_space space)
{
  static const char *const names[VM_SPACES] = {"memory", "ports"};
  return names[space];
}

const char *
vm_lru_name (enum vm_lru list)
{
  static const char *const names[] = {"inactive-anon", "active-anon",
                                      "inactive-file", "active-file",
                                      "unevictable",   "none"};
  return names[list];
}

const char *
vm_fate_name (enum vm_fate fate)
{
  static const char *const names[VM_FATES]
      = {"evict",   "activate", "keep",    "locked",   "pinned", "freed",
         "dropped", "shared",   "no-slot", "no-write", "dirty",  "no-table"};
  return names[fate];
}

const char *
vm_part_name (enum vm_part part)
{
  static const char *const names[VM_PARTS]
      = {"execfn",      "environment", "arguments", "platform", "random-bytes",
         "auxv",        "envp",        "argv",      "argc",     "stack",
         "stack-bytes", "mmap-base",   "program",   "brk",      "vvar",
         "vvar-vclock", "vdso"};
  return names[part];
}

const char *
vm_aux_name (uint64_t type)
{
  static const char *const names[] = {"AT_NULL",
                                      [3] = "AT_PHDR",
                                      [4] = "AT_PHENT",
                                      [5] = "AT_PHNUM",
                                      [6] = "AT_PAGESZ",
                                      [7] = "AT_BASE",
                                      [8] = "AT_FLAGS",
                                      [9] = "AT_ENTRY",
                                      [11] = "AT_UID",
                                      [12] = "AT_EUID",
                                      [13] = "AT_GID",
                                      [14] = "AT_EGID",
                                      [15] = "AT_PLATFORM",
                                      [16] = "AT_HWCAP",
                                      [17] = "AT_CLKTCK",
                                      [23] = "AT_SECURE",
                                      [25] = "AT_RANDOM",
                                      [26] = "AT_HWCAP2",
                                      [27] = "AT_RSEQ_FEATURE_SIZE",
                                      [28] = "AT_RSEQ_ALIGN",
                                      [31] = "AT_EXECFN",
                                      [32] = "AT_SYSINFO",
                                      [33] = "AT_SYSINFO_EHDR",
                                      [51] = "AT_MINSIGSTKSZ"};
  const char *name = type < sizeof names / sizeof *names ? names[type] : NULL;
  return name != NULL ? name : "";
}

const char *
vm_readahead_why_name (enum vm_readahead_why why)
{
  static const char *const names[VM_READAHEADS]
      = {"first", "sequential", "context", "random", "around", "advice"};
  return names[why];
}

const char *
vm_flusher_why_name (enum vm_flusher_why why)
{
  static const char *const names[VM_FLUSHERS]
      = {"background", "old", "throttle", "sync"};
  return names[why];
}

const char *
vm_kmap_kind_name (enum vm_kmap_kind kind)
{
  static const char *const names[VM_KMAP_KINDS] = {"direct", "pkmap", "local"};
  return names[kind];
}

const char *
vm_gfp_name (enum vm_gfp gfp)
{
  static const char *const names[VM_GFPS]
      = {"GFP_KERNEL", "GFP_ATOMIC", "GFP_DMA", "GFP_DMA32", "GFP_HIGHUSER"};
  return names[gfp];
}

const char *
vm_kernel_function_name (enum vm_kernel_function function)
{
  static const char *const names[VM_FUNCTIONS]
      = {"get_pages", "free_pages", "kmalloc", "kfree"};
  return names[function];
}

const char *
vm_zone_try_name (enum vm_zone_try verdict)
{
  static const char *const names[VM_ZONE_TRIES]
      = {"gives", "too-low", "no-block", "takes-reserve"};
  return names[verdict];
}

const char *
vm_slab_state_name (enum vm_slab_state state)
{
  static const char *const names[VM_SLAB_STATES]
      = {"active", "partial", "full", "empty"};
  return names[state];
}

const char *
vm_grant_kind_name (enum vm_grant_kind kind)
{
  static const char *const names[VM_GRANTS]
      = {"none", "pages", "object", "large", "vmalloc"};
  return names[kind];
}

const char *
vm_object_name (enum vm_object object)
{
  static const char *const names[VM_OBJECTS]
      = {"mm", "files", "fs", "sighand", "thread-group"};
  return names[object];
}

const char *
vm_clone_rule_name (enum vm_clone_rule rule)
{
  static const char *const names[VM_CLONE_RULES] = {
      "none", "thread-needs-sighand", "sighand-needs-vm", "sighand-and-clear"};
  return names[rule];
}

const char *
vm_clone_flag_name (uint32_t bit)
{
  static const char *const names[VM_CLONE_FLAGS]
      = {"vm",     "fs",    "files",  "sighand",
         "thread", "vfork", "parent", "clear-sighand"};
  return names[bit];
}
