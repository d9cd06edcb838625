/* Lays the first stack of a program out, byte for byte. */
#include "process/exec_parts.h"

#include "mm/mmap.h"

#include <string.h>

#define MOST_STRINGS (UINT64_C (6) << 20) /* three quarters of 8 MiB */
#define LEAST_STRINGS (UINT64_C (128) << 10)
#define MOST_STRING (UINT64_C (128) << 10) /* of one */
#define STACK_EXPAND (UINT64_C (128) << 10)
#define STACK_BYTES 8192u
#define RANDOM_BYTES 16u
#define MOST_AUX 28u

/* Types of the auxiliary vector (include/uapi/linux/auxvec.h). */
enum {
  AT_NULL = 0,
  AT_PHDR = 3,
  AT_PHENT = 4,
  AT_PHNUM = 5,
  AT_PAGESZ = 6,
  AT_BASE = 7,
  AT_FLAGS = 8,
  AT_ENTRY = 9,
  AT_UID = 11,
  AT_EUID = 12,
  AT_GID = 13,
  AT_EGID = 14,
  AT_PLATFORM = 15,
  AT_HWCAP = 16,
  AT_CLKTCK = 17,
  AT_SECURE = 23,
  AT_RANDOM = 25,
  AT_HWCAP2 = 26,
  AT_RSEQ_FEATURE_SIZE = 27,
  AT_RSEQ_ALIGN = 28,
  AT_EXECFN = 31,
  AT_SYSINFO = 32,
  AT_SYSINFO_EHDR = 33,
  AT_MINSIGSTKSZ = 51
};

struct aux {
  uint64_t type, value;
};

struct auxv {
  uint32_t count;
  struct aux pairs[MOST_AUX];
};

static uint64_t
page_down (uint64_t address)
{
  return address & ~(uint64_t) (VM_PAGE_SIZE - 1);
}

uint32_t
vm_exec_count (const struct vm_exec_strings *strings)
{
  uint32_t count = 0;

  for (uint64_t i = 0; i < strings->size; i++)
    count += strings->bytes[i] == 0;
  return count;
}

/* argv without any string gets an empty one (bprm_execve since 5.18). */
static uint32_t
argc_of (const struct vm_exec_request *r)
{
  uint32_t argc = vm_exec_count (&r->argv);

  return argc > 0 ? argc : 1;
}

static bool
has_long_string (const struct vm_exec_strings *strings)
{
  uint64_t start = 0;

  for (uint64_t i = 0; i < strings->size; i++) {
    if (i - start >= MOST_STRING)
      return true;
    if (strings->bytes[i] == 0)
      start = i + 1;
  }
  return false;
}

bool
vm_exec_too_big (const struct vm_exec_work *w)
{
  const struct vm_exec_request *r = w->request;
  uint64_t limit = vm_mm_of (w->s, r->process)->stack_limit / 4;
  uint64_t pointers = ((uint64_t) argc_of (r) + vm_exec_count (&r->envp))
                      * w->kernel_word;

  limit = limit > MOST_STRINGS ? MOST_STRINGS : limit;
  limit = limit < LEAST_STRINGS ? LEAST_STRINGS : limit;
  if (has_long_string (&r->argv) || has_long_string (&r->envp))
    return true;
  return limit <= pointers
         || r->argv.size + r->envp.size + r->execfn.size > limit - pointers;
}

static bool
put (struct vm_exec_work *w, uint64_t va, const void *bytes, uint64_t size)
{
  return vm_user_put (w->t, w->s, &w->user, va, size, bytes);
}

/* Strings go below what is there. */
static bool
push_strings (struct vm_exec_work *w, enum vm_part part,
              const struct vm_exec_strings *strings)
{
  w->sp -= strings->size;
  if (strings->size == 0)
    return true;
  vm_step_begin (w->t, VM_STEP_EXEC_STRINGS,
                 (uint64_t[VM_STEP_VALUES]){part, w->sp, strings->size,
                                            vm_exec_count (strings)});
  bool done = put (w, w->sp, strings->bytes, strings->size);
  vm_step_end (w->t);
  return done;
}

/* Flags of the stack: what the program says in PT_GNU_STACK; without it, an
 * i386 program may execute whatever it may read. */
static uint32_t
stack_flags (const struct vm_exec_work *w)
{
  uint32_t flags = VM_REGION_READ | VM_REGION_WRITE | VM_REGION_MAY_ACCESS
                   | VM_REGION_GROWS_DOWN | VM_REGION_ACCOUNT;

  return w->record.flags & VM_EXEC_STACK_EXECUTES ? flags | VM_REGION_EXEC
                                                  : flags;
}

/* The region, as large as the strings need it. */
static uint32_t
make_stack (struct vm_exec_work *w, uint64_t bytes)
{
  uint64_t end = w->record.stack_end;
  struct vm_region new = {
      .start = page_down (end - w->kernel_word - bytes),
      .end = end,
      .mm = w->s->processes[w->request->process].mm,
      .flags = stack_flags (w),
  };

  new.offset = new.start >> VM_PAGE_SHIFT;
  return vm_region_add (w->t, w->s, &new);
}

static bool
has_stack_header (const struct vm_elf *elf)
{
  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_GNU_STACK)
      return true;
  return false;
}

/* 128 KiB more than the strings take, within the limit (setup_arg_pages). */
static void
expand_stack (struct vm_exec_work *w, uint32_t region)
{
  const struct vm_region *r = vm_region_at (w->s, region);
  uint64_t limit
      = page_down (vm_mm_of (w->s, w->request->process)->stack_limit);
  uint64_t size = r->end - r->start + STACK_EXPAND;

  size = size > limit ? limit : size;
  uint64_t start = r->end - size < r->start ? r->end - size : r->start;
  vm_step_begin (w->t, VM_STEP_EXEC_STACK,
                 (uint64_t[VM_STEP_VALUES]){w->request->process, start, r->end,
                                            r->flags,
                                            has_stack_header (w->elf)});
  if (start < r->start)
    vm_region_resize (w->t, w->s, region, start, r->end);
  vm_step_end (w->t);
}

enum vm_errno
vm_exec_copy_strings (struct vm_exec_work *w)
{
  static const uint8_t nothing[1] = {0};
  const struct vm_exec_request *r = w->request;
  struct vm_exec_strings argv = r->argv;

  if (argv.size == 0)
    argv = (struct vm_exec_strings){nothing, 1};
  uint64_t bytes = r->execfn.size + r->envp.size + argv.size;
  uint32_t region = make_stack (w, bytes);
  if (region == 0)
    return VM_ENOMEM;
  w->sp -= w->kernel_word;
  bool done = push_strings (w, VM_PART_EXECFN, &r->execfn);
  w->record.execfn = w->sp;
  done = done && push_strings (w, VM_PART_ENVIRONMENT, &r->envp);
  w->env_start = w->sp;
  w->env_end = w->sp + r->envp.size;
  done = done && push_strings (w, VM_PART_ARGUMENTS, &argv);
  w->arg_start = w->sp;
  w->record.argc = argc_of (r);
  w->record.envc = vm_exec_count (&r->envp);
  if (!done)
    return VM_ENOMEM;
  expand_stack (w, region);
  return VM_ERRNO_NONE;
}

static void
add_aux (struct auxv *v, uint64_t type, uint64_t value)
{
  v->pairs[v->count++] = (struct aux){type, value};
}

/* What the architecture puts first (ARCH_DLINFO). */
static void
add_first (const struct vm_exec_work *w, struct auxv *v)
{
  if (w->record.vdso != 0 && w->word == 4)
    add_aux (v, AT_SYSINFO, w->record.vdso + VM_EXEC_SYSINFO);
  if (w->record.vdso != 0)
    add_aux (v, AT_SYSINFO_EHDR, w->record.vdso);
  add_aux (v, AT_MINSIGSTKSZ, w->request->signal_stack);
}

static void
add_program (const struct vm_exec_work *w, struct auxv *v)
{
  add_aux (v, AT_PHDR, w->record.headers);
  add_aux (v, AT_PHENT, w->word == 8 ? 56 : 32);
  add_aux (v, AT_PHNUM, w->elf->segment_count);
  add_aux (v, AT_BASE, w->record.linker);
  add_aux (v, AT_FLAGS, 0);
  add_aux (v, AT_ENTRY, w->record.entry);
}

static void
add_person (const struct vm_exec_request *r, struct auxv *v)
{
  add_aux (v, AT_UID, r->uid);
  add_aux (v, AT_EUID, r->uid);
  add_aux (v, AT_GID, r->gid);
  add_aux (v, AT_EGID, r->gid);
  add_aux (v, AT_SECURE, 0);
}

/* The auxiliary vector, in the kernel's order. */
static void
make_auxv (const struct vm_exec_work *w, struct auxv *v)
{
  const struct vm_exec_request *r = w->request;

  v->count = 0;
  add_first (w, v);
  add_aux (v, AT_HWCAP, r->hwcap);
  add_aux (v, AT_PAGESZ, VM_PAGE_SIZE);
  add_aux (v, AT_CLKTCK, 100);
  add_program (w, v);
  add_person (r, v);
  add_aux (v, AT_RANDOM, w->record.random);
  add_aux (v, AT_HWCAP2, r->hwcap2);
  add_aux (v, AT_EXECFN, w->record.execfn);
  add_aux (v, AT_PLATFORM, w->record.platform);
  if (r->kernel >= 3) {
    add_aux (v, AT_RSEQ_FEATURE_SIZE, 28);
    add_aux (v, AT_RSEQ_ALIGN, 32);
  }
  add_aux (v, AT_NULL, 0);
}

static bool
put_word (struct vm_exec_work *w, uint64_t *at, uint64_t value)
{
  bool done = put (w, *at, &value, w->word);

  *at += w->word;
  return done;
}

/* Pointers to strings that lie one behind the other, 0 last. */
static bool
put_pointers (struct vm_exec_work *w, enum vm_part part, uint64_t at,
              uint64_t string, const struct vm_exec_strings *strings,
              uint32_t count)
{
  uint64_t from = at, i = 0;
  bool done = true;

  vm_step_begin (w->t, VM_STEP_EXEC_PUT,
                 (uint64_t[VM_STEP_VALUES]){
                     part, at, (count + 1) * (uint64_t) w->word, count});
  for (uint32_t n = 0; n < count && done; n++) {
    done = put_word (w, &from, string + i);
    while (i < strings->size && strings->bytes[i] != 0)
      i++;
    i++;
  }
  done = done && put_word (w, &from, 0);
  vm_step_end (w->t);
  return done;
}

static bool
put_auxv (struct vm_exec_work *w, const struct auxv *v)
{
  uint64_t at = w->record.auxv;
  bool done = true;

  vm_step_begin (w->t, VM_STEP_EXEC_PUT,
                 (uint64_t[VM_STEP_VALUES]){VM_PART_AUXV, at,
                                            v->count * 2 * (uint64_t) w->word,
                                            v->count});
  for (uint32_t i = 0; i < v->count && done; i++) {
    vm_step_leaf (
        w->t, VM_STEP_EXEC_AUX,
        (uint64_t[VM_STEP_VALUES]){at, v->pairs[i].type, v->pairs[i].value});
    done = put_word (w, &at, v->pairs[i].type)
           && put_word (w, &at, v->pairs[i].value);
  }
  vm_step_end (w->t);
  return done;
}

/* Bytes below what is there. */
static bool
push_bytes (struct vm_exec_work *w, enum vm_part part, const void *bytes,
            uint64_t size, uint64_t *at)
{
  w->sp -= size;
  *at = w->sp;
  vm_step_begin (w->t, VM_STEP_EXEC_PUT,
                 (uint64_t[VM_STEP_VALUES]){part, w->sp, size, 1});
  bool done = put (w, w->sp, bytes, size);
  vm_step_end (w->t);
  return done;
}

/* Down to a multiple of 16, or a random number of bytes further
 * (arch_align_stack). */
static void
align_stack (struct vm_exec_work *w)
{
  uint64_t bytes = vm_exec_draw (w, VM_PART_STACK_BYTES) % STACK_BYTES;
  uint64_t sp = (w->sp - bytes) & ~UINT64_C (15);

  vm_exec_tell_draw (w, VM_PART_STACK_BYTES, 13, w->sp - sp, sp);
  w->sp = sp;
}

static bool
push_small (struct vm_exec_work *w)
{
  const char *platform = w->word == 8 ? "x86_64" : "i686";
  uint64_t random[2];

  random[0] = vm_exec_draw (w, VM_PART_RANDOM_BYTES);
  random[1] = random[0] * UINT64_C (0x9e3779b97f4a7c15) ^ random[0] >> 29;
  align_stack (w);
  return push_bytes (w, VM_PART_PLATFORM, platform, strlen (platform) + 1,
                     &w->record.platform)
         && push_bytes (w, VM_PART_RANDOM_BYTES, random, RANDOM_BYTES,
                        &w->record.random);
}

/* Where the vectors lie, all below the strings; a multiple of 16 at the end. */
static void
place_vectors (struct vm_exec_work *w, uint32_t pairs)
{
  uint64_t items = (uint64_t) w->record.argc + 1 + w->record.envc + 1 + 1;

  w->record.auxc = pairs;
  w->sp = (w->sp - 2 * (uint64_t) pairs * w->word - items * w->word)
          & ~UINT64_C (15);
  w->record.argv = w->sp + w->word;
  w->record.envp = w->record.argv + ((uint64_t) w->record.argc + 1) * w->word;
  w->record.auxv = w->record.envp + ((uint64_t) w->record.envc + 1) * w->word;
}

static bool
put_argc (struct vm_exec_work *w)
{
  uint64_t at = w->sp;

  vm_step_begin (
      w->t, VM_STEP_EXEC_PUT,
      (uint64_t[VM_STEP_VALUES]){VM_PART_ARGC, at, w->word, w->record.argc});
  bool done = put_word (w, &at, w->record.argc);
  vm_step_end (w->t);
  return done;
}

static void
put_numbers (const struct vm_exec_work *w)
{
  const struct vm_mm *mm = vm_mm_of (w->s, w->request->process);
  uint64_t size = w->request->argv.size;

  vm_put_u64 (w->t, &mm->start_stack, w->sp);
  vm_put_u64 (w->t, &mm->arg_start, w->arg_start);
  vm_put_u64 (w->t, &mm->arg_end, w->arg_start + (size > 0 ? size : 1));
  vm_put_u64 (w->t, &mm->env_start, w->env_start);
  vm_put_u64 (w->t, &mm->env_end, w->env_end);
}

static bool
put_vectors (struct vm_exec_work *w, const struct auxv *v)
{
  const struct vm_exec_request *r = w->request;

  return put_argc (w)
         && put_pointers (w, VM_PART_ARGV, w->record.argv, w->arg_start,
                          &r->argv, w->record.argc)
         && put_pointers (w, VM_PART_ENVP, w->record.envp, w->env_start,
                          &r->envp, w->record.envc)
         && put_auxv (w, v);
}

enum vm_errno
vm_exec_make_tables (struct vm_exec_work *w)
{
  struct auxv v;

  if (!push_small (w))
    return VM_ENOMEM;
  make_auxv (w, &v);
  place_vectors (w, v.count);
  vm_step_begin (w->t, VM_STEP_EXEC_TABLES,
                 (uint64_t[VM_STEP_VALUES]){w->request->process, w->sp,
                                            w->record.argc, w->record.envc,
                                            v.count});
  put_numbers (w);
  bool done = put_vectors (w, &v);
  vm_step_end (w->t);
  return done ? VM_ERRNO_NONE : VM_ENOMEM;
}
