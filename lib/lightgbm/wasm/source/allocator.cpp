// Memory for the module. The compiler's own library rounds each request up to a power of two and never joins what was
// freed: up to half of the 4 GB would be lost, and a freed gigabyte could not be used again in parts.
//
// Blocks lie side by side, each behind a header that knows its size and the block before it, so that free neighbours
// are joined at once. Free blocks stand in lists by size (16 to each power of two), with a bit for each list that is
// not empty: taking and giving back cost the same however many blocks there are. After M. Masmano et al., TLSF: a new
// dynamic memory allocator for real-time systems, ECRTS 2004.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" unsigned char __heap_base;

namespace {

constexpr uint32_t kHeader = 8;
constexpr uint32_t kUnit = 16;  // all sizes are multiples of it, all addresses handed out are aligned to it
constexpr uint32_t kSteps = 16;  // lists to each power of two
constexpr uint32_t kLevels = 25;  // below 256 bytes, where each size has a list of its own, and one to each power of two to 4 GB
constexpr uint32_t kPage = 65536;
constexpr uint32_t kLeastGrowth = 16 * kPage;
constexpr uint32_t kMost = 0xffff0000u - kPage;

struct Block {
  Block* before;  // the one that ends where this one begins, or null
  uint32_t size_and_free;  // size with its header, and in the lowest bit whether it is free
  Block* next;  // in its list, if free; else the first of the caller's bytes
  Block* previous;

  uint32_t size() const { return size_and_free & ~1u; }
  bool is_free() const { return size_and_free & 1u; }
  void set(uint32_t size, bool free) { size_and_free = size | (free ? 1u : 0u); }
  Block* after() { return reinterpret_cast<Block*>(reinterpret_cast<uintptr_t>(this) + size()); }
  void* memory() { return reinterpret_cast<unsigned char*>(this) + kHeader; }
  static Block* of(void* memory) { return reinterpret_cast<Block*>(static_cast<unsigned char*>(memory) - kHeader); }
};

Block* lists[kLevels][kSteps];
uint32_t filled_levels;
uint32_t filled_steps[kLevels];
Block* last;  // a block of no bytes at the end of the memory, never free

struct Place {
  uint32_t level, step;
};

Place place_of(uint32_t size) {
  if (size < 256) return {0, size / kUnit};
  uint32_t power = 31 - __builtin_clz(size);
  return {power - 7, (size >> (power - 4)) - kSteps};
}

void enlist(Block* block) {
  Place place = place_of(block->size());
  Block*& first = lists[place.level][place.step];
  block->set(block->size(), true);
  block->previous = nullptr;
  block->next = first;
  if (first) first->previous = block;
  first = block;
  filled_levels |= 1u << place.level;
  filled_steps[place.level] |= 1u << place.step;
}

void delist(Block* block) {
  Place place = place_of(block->size());
  if (block->next) block->next->previous = block->previous;
  if (block->previous) {
    block->previous->next = block->next;
    return;
  }
  lists[place.level][place.step] = block->next;
  if (block->next) return;
  filled_steps[place.level] &= ~(1u << place.step);
  if (filled_steps[place.level] == 0) filled_levels &= ~(1u << place.level);
}

// A free block of a list whose smallest block is large enough, or null.
Block* find(uint32_t size) {
  uint32_t rounded = size;
  if (size >= 256) {
    uint32_t step = 1u << (31 - __builtin_clz(size) - 4);
    if (size > 0xffffffffu - step) return nullptr;
    rounded = size + step - 1;
  }
  Place place = place_of(rounded);
  uint32_t steps = filled_steps[place.level] & (~0u << place.step);
  if (steps == 0) {
    uint32_t levels = place.level + 1 < 32 ? filled_levels & (~0u << (place.level + 1)) : 0;
    if (levels == 0) return nullptr;
    place.level = __builtin_ctz(levels);
    steps = filled_steps[place.level];
  }
  return lists[place.level][__builtin_ctz(steps)];
}

// Makes a block free, joined with its neighbours.
void give(Block* block) {
  Block* after = block->after();
  uint32_t size = block->size();
  if (after->is_free()) {
    delist(after);
    size += after->size();
  }
  if (block->before && block->before->is_free()) {
    block = block->before;
    delist(block);
    size += block->size();
  }
  block->set(size, true);
  block->after()->before = block;
  enlist(block);
}

// Ends the block after `size` bytes and frees the rest of it.
void cut(Block* block, uint32_t size) {
  uint32_t rest = block->size() - size;
  if (rest < kUnit) return;
  block->set(size, false);
  Block* tail = block->after();
  tail->before = block;
  tail->set(rest, false);
  tail->after()->before = tail;
  give(tail);
}

// Takes a stretch of memory in; it begins where the last one ended, or far from it.
void take_in(uintptr_t begin, uintptr_t end) {
  uintptr_t last_end = reinterpret_cast<uintptr_t>(last) + kHeader;
  Block* block;
  if (last && begin == last_end) {
    block = last;
  } else {
    block = reinterpret_cast<Block*>(((begin + kHeader + kUnit - 1) & ~uintptr_t(kUnit - 1)) - kHeader);
    block->before = nullptr;
  }
  uintptr_t room = end - reinterpret_cast<uintptr_t>(block) - kHeader;
  block->set(static_cast<uint32_t>(room) & ~(kUnit - 1), false);
  last = block->after();
  last->before = block;
  last->set(0, false);
  give(block);
}

bool extend(uint32_t pages) {
  size_t before = __builtin_wasm_memory_grow(0, pages);
  if (before == SIZE_MAX) return false;
  take_in(before * kPage, (before + pages) * kPage);
  return true;
}

// More memory, so that a block of this size is found.
bool grow(uint32_t size) {
  if (!last) {
    uintptr_t begin = reinterpret_cast<uintptr_t>(&__heap_base);
    uintptr_t end = __builtin_wasm_memory_size(0) * kPage;
    if (end > begin + 4 * kUnit) take_in(begin, end);
    if (find(size)) return true;
  }
  // What lies free at the end counts, and the search wants a list all of whose blocks are large enough.
  uint32_t at_end = last && last->before->is_free() ? last->before->size() : 0;
  uint32_t wanted = size + (size >> 4) + 4 * kUnit;
  if (wanted < size) wanted = size;
  uint32_t missing = wanted > at_end ? wanted - at_end : kUnit;
  uint32_t pages = (missing - 1) / kPage + 1;
  uint32_t generous = pages < kLeastGrowth / kPage ? kLeastGrowth / kPage : pages;
  return extend(generous) || extend(pages);
}

uint32_t block_size(size_t bytes) { return (static_cast<uint32_t>(bytes) + kHeader + kUnit - 1) & ~(kUnit - 1); }

}  // namespace

extern "C" {

void* malloc(size_t bytes) {
  if (bytes > kMost) {
    errno = ENOMEM;
    return nullptr;
  }
  uint32_t size = block_size(bytes);
  Block* block = find(size);
  if (!block && grow(size)) block = find(size);
  if (!block) {
    errno = ENOMEM;
    return nullptr;
  }
  delist(block);
  block->set(block->size(), false);
  cut(block, size);
  return block->memory();
}

void free(void* memory) {
  if (memory) give(Block::of(memory));
}

size_t malloc_usable_size(void* memory) { return memory ? Block::of(memory)->size() - kHeader : 0; }

void* calloc(size_t count, size_t bytes) {
  size_t product;
  if (__builtin_mul_overflow(count, bytes, &product)) {
    errno = ENOMEM;
    return nullptr;
  }
  void* memory = malloc(product);
  if (memory) memset(memory, 0, product);
  return memory;
}

void* realloc(void* memory, size_t bytes) {
  if (!memory) return malloc(bytes);
  size_t had = malloc_usable_size(memory);
  if (bytes <= had) return memory;
  void* moved = malloc(bytes);
  if (!moved) return nullptr;
  memcpy(moved, memory, had);
  free(memory);
  return moved;
}

void* aligned_alloc(size_t alignment, size_t bytes) {
  if (alignment <= kUnit) return malloc(bytes);
  if (bytes > kMost - alignment - 2 * kUnit) {
    errno = ENOMEM;
    return nullptr;
  }
  void* memory = malloc(bytes + alignment + kUnit);
  if (!memory) return nullptr;
  Block* block = Block::of(memory);
  uintptr_t address = (reinterpret_cast<uintptr_t>(memory) + alignment - 1) & ~uintptr_t(alignment - 1);
  if (uint32_t skipped = static_cast<uint32_t>(address - reinterpret_cast<uintptr_t>(memory))) {
    Block* aligned = Block::of(reinterpret_cast<void*>(address));
    aligned->before = block;
    aligned->set(block->size() - skipped, false);
    aligned->after()->before = aligned;
    block->set(skipped, false);
    give(block);
    block = aligned;
  }
  cut(block, block_size(bytes));
  return block->memory();
}

void* memalign(size_t alignment, size_t bytes) { return aligned_alloc(alignment, bytes); }

int posix_memalign(void** place, size_t alignment, size_t bytes) {
  void* memory = aligned_alloc(alignment, bytes);
  if (!memory) return ENOMEM;
  *place = memory;
  return 0;
}

}  // extern "C"
