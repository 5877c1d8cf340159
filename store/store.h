/*
 * A cache on disk: bytes under a key, in one SQLite file below a folder of
 * the user's own. It knows nothing of what the bytes mean.
 *
 * The cache may only save time. Whatever is wrong with the file (missing,
 * damaged, foreign, newer, locked, full disk, read-only) a caller goes on
 * without it; no value that does not verify is ever handed out. The bytes of
 * `used` and `build`, by which rows are evicted, are not sealed.
 *
 * One thread at a time may use a store. A child must not use its parent's.
 */
#ifndef TMPGUARD_STORE_STORE_H
#define TMPGUARD_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "store/counts.h"

/* Bounds, in bytes; a larger key or value is refused with ERROR_LIMIT. */
#define STORE_KEY_MAX   96
#define STORE_VALUE_MAX ((size_t)8 << 20)

/* The file is kept below this size; when it is full it is cut to the other. */
#define STORE_SIZE_MAX ((uint64_t)64 << 20)
#define STORE_SIZE_LOW (STORE_SIZE_MAX / 5 * 4)

struct store;

/* Where a cache is, and for whom. */
struct store_place {
    const char *folder; /* of its files */
    const char *state;  /* of the secret (secret.h), another folder */
    const char *build;  /* who asks; the rows of others are evicted first */
};

struct store_stats {
    uint64_t entries;   /* rows in the file */
    uint64_t size;      /* of the file, in bytes */
    struct counts run;  /* of this process */
    struct counts ever; /* of all, since the last store_clear */
};

/*
 * Open, or create, the cache in a folder (created with mode 0700; the one
 * above is created too). One process owns the file at a time; this never
 * waits: whoever comes second works without.
 *
 * Returns 0, or -1 with ERROR_STORE or ERROR_SYSTEM, the reason, and *store
 * NULL: then work without it. A damaged file is set aside (as cache.db.bad)
 * and a new one begun; a newer version's or another program's is refused and
 * left as it is, and so is anything that is not a regular file of the user's.
 */
int store_open(struct store **store, const struct store_place *place,
               struct error *err);

/*
 * The same when it is first used, if it ever is: a run that looks nothing up
 * does not touch the disk. That use then fails as store_open would, and every
 * later one.
 */
struct store *store_open_later(const struct store_place *place);

/*
 * Look up `key`. Returns 1 and appends the value to *value if it is there and
 * verifies, 0 if not, -1 and *err if the cache can no longer be used. A file
 * found damaged on the way is set aside and begun anew, once: a miss.
 */
int store_get(struct store *store, struct text key, struct buffer *value,
              struct error *err);

/*
 * Keep `value` under `key`, replacing what was there. Written together with
 * others, at the latest by store_flush or store_close. Returns 0, or -1 and
 * *err. With too little room on the disk it is skipped, which is no error.
 */
int store_put(struct store *store, struct text key, struct text value,
              struct error *err);

/* Write what is pending, so that a crash cannot lose it. 0, or -1 and *err. */
int store_flush(struct store *store, struct error *err);

/*
 * Drop what other builds made, and then what was not used for longest until
 * the file is below `size_max` bytes; give the room back. 0, or -1 and *err.
 */
int store_prune(struct store *store, uint64_t size_max, struct error *err);

/*
 * Read every entry; drop those that do not verify and count them in *dropped.
 * Returns 0, or -1 and *err; a damaged file is begun anew, as by store_get.
 */
int store_verify(struct store *store, uint64_t *dropped, struct error *err);

/*
 * A value that came out of it was wrong, though it verified: set the file
 * aside, as one that is damaged, and begin anew. 0, or -1 and *err.
 */
int store_distrust(struct store *store, struct error *err);

/* Fill *stats. Returns 0, or -1 and *err. */
int store_stats(struct store *store, struct store_stats *stats,
                struct error *err);

/* Write what is pending and close. Closing NULL is fine. */
void store_close(struct store *store);

/*
 * Delete the cache files in `folder`, without SQL, so that a broken file goes
 * too; nothing else there is touched, nor another program's database. Returns
 * 0, also when there were none, or -1 and *err, as when it is in use.
 */
int store_clear(const char *folder, struct error *err);

#endif
