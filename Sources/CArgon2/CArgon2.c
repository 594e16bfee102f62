#define _DEFAULT_SOURCE
#include "CArgon2.h"

#include <pthread.h>
#include <sys/mman.h>

/* Blocks that wait for the next hash: as many as hash at once, and none that only a foreign hash asks for. */
#define MOST_SPARES 4
#define LARGEST_SPARE (32u << 20)

static struct {
    pthread_mutex_t lock;
    int count;
    struct {
        uint8_t *memory;
        size_t size;
    } blocks[MOST_SPARES];
} spares = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint8_t *take_spare(size_t size) {
    uint8_t *found = NULL;
    pthread_mutex_lock(&spares.lock);
    for (int index = 0; index < spares.count && found == NULL; index++) {
        if (spares.blocks[index].size != size) continue;
        found = spares.blocks[index].memory;
        spares.blocks[index] = spares.blocks[--spares.count];
    }
    pthread_mutex_unlock(&spares.lock);
    return found;
}

static int keep_spare(uint8_t *memory, size_t size) {
    pthread_mutex_lock(&spares.lock);
    int is_kept = size <= LARGEST_SPARE && spares.count < MOST_SPARES;
    if (is_kept) {
        spares.blocks[spares.count].memory = memory;
        spares.blocks[spares.count++].size = size;
    }
    pthread_mutex_unlock(&spares.lock);
    return is_kept;
}

void kargon2_drop_spares(void) {
    pthread_mutex_lock(&spares.lock);
    while (spares.count > 0) {
        spares.count--;
        munmap(spares.blocks[spares.count].memory, spares.blocks[spares.count].size);
    }
    pthread_mutex_unlock(&spares.lock);
}

static int allocate(uint8_t **memory, size_t size) {
    *memory = take_spare(size);
    if (*memory != NULL) return ARGON2_OK;
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) return ARGON2_MEMORY_ALLOCATION_ERROR;
#ifdef MADV_HUGEPAGE
    madvise(block, size, MADV_HUGEPAGE);
#endif
    *memory = block;
    return ARGON2_OK;
}

/* The library has wiped the block. */
static void release(uint8_t *memory, size_t size) {
    if (!keep_spare(memory, size)) munmap(memory, size);
}

int kargon2_hash(
    const kargon2_parameters *parameters, const uint8_t *password, size_t password_length, const uint8_t *salt,
    size_t salt_length, uint8_t *hash, size_t hash_length) {
    /* Neither password nor salt is written to without ARGON2_FLAG_CLEAR_PASSWORD. */
    argon2_context context = {
        .out = hash, .outlen = (uint32_t)hash_length,
        .pwd = (uint8_t *)password, .pwdlen = (uint32_t)password_length,
        .salt = (uint8_t *)salt, .saltlen = (uint32_t)salt_length,
        .t_cost = parameters->passes, .m_cost = parameters->memory, .lanes = parameters->lanes,
        /* The lanes are worked on by this one thread: the hash is the same. */
        .threads = 1, .version = parameters->version,
        .allocate_cbk = allocate, .free_cbk = release, .flags = ARGON2_DEFAULT_FLAGS,
    };
    return argon2_ctx(&context, parameters->type);
}
