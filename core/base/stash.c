/*
 * Chains of entries that never change, newest first; what falls off the end of
 * one stays alive till all is forgotten, which waits for threads to leave.
 */
#include "core/base/stash.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define CHAINS    ((size_t)1 << 17)
#define LOCKS     64
#define CHAIN_MAX 8

#define MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)
#define LANES      4

struct entry {
    struct entry *older, *made_before; /* in the chain; of the lock's */
    uint64_t hash;
    struct text key;
    void *value;
};

struct lock {
    pthread_mutex_t mutex;
    struct entry *made;
};

struct stash {
    pthread_rwlock_t users;
    struct lock locks[LOCKS];
    struct entry *_Atomic chains[CHAINS];
    atomic_size_t size;
    size_t size_max;
    void (*release)(void *value);
};

struct stash *stash_open(size_t size_max, void (*release)(void *value))
{
    struct stash *stash = memory_new(1, sizeof(*stash));

    stash->size_max = size_max;
    stash->release = release;
    if (pthread_rwlock_init(&stash->users, NULL) != 0)
        abort();
    for (size_t i = 0; i < LOCKS; i++)
        if (pthread_mutex_init(&stash->locks[i].mutex, NULL) != 0)
            abort();
    return stash;
}

static struct entry *_Atomic *chain_of(struct stash *stash, uint64_t hash)
{
    return &stash->chains[hash % CHAINS];
}

static void forget(struct stash *stash)
{
    for (size_t i = 0; i < LOCKS; i++) {
        struct entry *entry = stash->locks[i].made, *next;

        for (; entry; entry = next) {
            next = entry->made_before;
            atomic_store_explicit(chain_of(stash, entry->hash), NULL,
                                  memory_order_relaxed);
            stash->release(entry->value);
            free(entry);
        }
        stash->locks[i].made = NULL;
    }
    atomic_store(&stash->size, 0);
}

void stash_close(struct stash *stash)
{
    if (!stash)
        return;
    forget(stash);
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&stash->locks[i].mutex);
    pthread_rwlock_destroy(&stash->users);
    free(stash);
}

static bool is_full(struct stash *stash)
{
    return atomic_load(&stash->size) > stash->size_max;
}

void stash_enter(struct stash *stash)
{
    if (is_full(stash)) {
        pthread_rwlock_wrlock(&stash->users);
        if (is_full(stash))
            forget(stash);
        pthread_rwlock_unlock(&stash->users);
    }
    pthread_rwlock_rdlock(&stash->users);
}

void stash_leave(struct stash *stash)
{
    pthread_rwlock_unlock(&stash->users);
}

/* ---- hashes -------------------------------------------------------------- */

static uint64_t mixed(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * MULTIPLIER;
    return hash ^ hash >> 32;
}

uint64_t stash_hash(struct text text)
{
    uint64_t lanes[LANES] = { 1, 2, 3, 4 }, words[LANES], hash = text.size;
    size_t at = 0;

    for (; at + sizeof(words) <= text.size; at += sizeof(words)) {
        memcpy(words, text.bytes + at, sizeof(words));
        for (size_t i = 0; i < LANES; i++)
            lanes[i] = mixed(lanes[i], words[i]);
    }
    memset(words, 0, sizeof(words));
    memcpy(words, text.bytes + at, text.size - at);
    for (size_t i = 0; i < LANES; i++)
        hash = mixed(hash, mixed(lanes[i], words[i]));
    return hash;
}

/* ---- entries ------------------------------------------------------------- */

static struct lock *lock_of(struct stash *stash, uint64_t hash)
{
    return &stash->locks[hash % LOCKS];
}

static void *find(struct stash *stash, uint64_t hash, struct text text,
                  bool start)
{
    struct entry *entry =
        atomic_load_explicit(chain_of(stash, hash), memory_order_acquire);
    size_t count = 0;

    for (; entry && count < CHAIN_MAX; entry = entry->older, count++)
        if (entry->hash == hash && (start || entry->key.size == text.size) &&
            text_starts_with(text, entry->key))
            return entry->value;
    return NULL;
}

void *stash_get(struct stash *stash, uint64_t hash, struct text text)
{
    return find(stash, hash, text, false);
}

void *stash_get_start(struct stash *stash, uint64_t hash, struct text text)
{
    return find(stash, hash, text, true);
}

void stash_put(struct stash *stash, uint64_t hash, struct text key, void *value,
               size_t size)
{
    struct lock *lock = lock_of(stash, hash);
    struct entry *_Atomic *chain = chain_of(stash, hash);
    struct entry *entry = memory_resize(NULL, sizeof(*entry) + key.size, 1);
    char *bytes = (char *)(entry + 1);

    if (key.size)
        memcpy(bytes, key.bytes, key.size);
    entry->hash = hash;
    entry->key = (struct text){ bytes, key.size };
    entry->value = value;
    pthread_mutex_lock(&lock->mutex);
    entry->older = atomic_load_explicit(chain, memory_order_relaxed);
    entry->made_before = lock->made;
    lock->made = entry;
    atomic_store_explicit(chain, entry, memory_order_release);
    pthread_mutex_unlock(&lock->mutex);
    atomic_fetch_add(&stash->size, sizeof(*entry) + key.size + size);
}
