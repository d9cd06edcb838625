/* Keeps the table of the files' blocks on the disk. */
#include "mm/blocks.h"

static uint32_t
chain_of (uint32_t file, uint64_t page)
{
  uint64_t mixed = page + file * UINT64_C (0x9e3779b97f4a7c15);
  return (uint32_t) ((mixed ^ mixed >> 17) % VM_BLOCK_CHAINS);
}

/* A block that is free; VM_NONE: the disk is full. */
static uint32_t
take (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t block = s->block_end;

  if (s->block_free != 0) {
    block = s->block_free - 1;
    vm_put_u32 (t, &s->block_free, s->blocks[block].next);
    return block;
  }
  if (block == VM_FILE_BLOCKS)
    return VM_NONE;
  vm_put_u32 (t, &s->block_end, block + 1);
  return block;
}

/* A block for a page that has none. */
static uint32_t
make (struct vm_tape *t, const struct vm_state *s, uint32_t file, uint64_t page)
{
  uint32_t block = take (t, s);
  const uint32_t *chain = &s->block_chains[chain_of (file, page)];

  if (block == VM_NONE || vm_tape_failed (t))
    return VM_NONE;
  const struct vm_block *b = &s->blocks[block];
  vm_put_u32 (t, &b->file, file);
  vm_put_u64 (t, &b->page, page);
  vm_put_u32 (t, &b->next, *chain);
  vm_put_u32 (t, chain, block + 1);
  vm_put_u32 (t, &s->files[file].blocks, s->files[file].blocks + 1);
  vm_put_u32 (t, &s->file_blocks, s->file_blocks + 1);
  return block;
}

static void
drop (struct vm_tape *t, const struct vm_state *s, uint32_t block)
{
  static const uint8_t zeros[VM_SLOT_SIZE];
  const struct vm_block *b = &s->blocks[block];
  const uint32_t *link = &s->block_chains[chain_of (b->file, b->page)];

  while (*link != block + 1 && *link != 0)
    link = &s->blocks[*link - 1].next;
  vm_put_u32 (t, link, b->next);
  vm_put_u32 (t, &s->files[b->file].blocks, s->files[b->file].blocks - 1);
  vm_put_u32 (t, &s->file_blocks, s->file_blocks - 1);
  vm_put_u32 (t, &b->file, 0);
  vm_put_u64 (t, &b->page, 0);
  vm_put_u32 (t, &b->next, s->block_free);
  vm_put_u32 (t, &s->block_free, block + 1);
  vm_disk_put (t, s, VM_DISK_BLOCKS + block, zeros);
}

uint32_t
vm_blocks_find (const struct vm_state *s, uint32_t file, uint64_t page)
{
  uint32_t link = s->block_chains[chain_of (file, page)];

  while (
      link != 0
      && (s->blocks[link - 1].file != file || s->blocks[link - 1].page != page))
    link = s->blocks[link - 1].next;
  return link == 0 ? VM_NONE : link - 1;
}

const uint8_t *
vm_blocks_bytes (const struct vm_state *s, uint32_t block)
{
  return vm_disk_block (s, VM_DISK_BLOCKS + block);
}

bool
vm_blocks_write (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                 uint64_t page, const uint8_t *bytes)
{
  uint64_t number = s->counters.disk_writes + 1;

  vm_put_u64 (t, &s->counters.disk_writes, number);
  if (number == s->config.failing_write)
    return false;
  uint32_t block = vm_blocks_find (s, file, page);
  if (block == VM_NONE)
    block = make (t, s, file, page);
  if (block == VM_NONE)
    return false;
  vm_disk_put (t, s, VM_DISK_BLOCKS + block, bytes);
  return true;
}

void
vm_blocks_drop (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                uint64_t from)
{
  for (uint32_t block = 0;
       block < s->block_end && s->files[file].blocks > 0 && !vm_tape_failed (t);
       block++)
    if (s->blocks[block].file == file && s->blocks[block].page >= from)
      drop (t, s, block);
}
