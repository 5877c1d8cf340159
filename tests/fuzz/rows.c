/*
 * A cache file that decayed: the input is what was changed in a sound one, or
 * the whole file. No row may come out of it that was not put in.
 */
#include "store/store.h"

#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "store/files.h"
#include "tests/fuzz/fuzz.h"

#define ROWS      20
#define ROW_SIZE  400
#define FILE_MAX  200000
#define ROOT_SIZE 32
#define PATH_SIZE 64

/* A change: three bytes of offset, one to put there. The first byte of the
 * input says whether these follow, or a file. */
#define CHANGE_SIZE 4

struct ground {
    char root[ROOT_SIZE], folder[PATH_SIZE], state[PATH_SIZE], file[96];
    unsigned char sound[FILE_MAX];
    size_t size;
};

static struct ground the_ground;

static int remove_one(const char *path, const struct stat *about, int kind,
                      struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_ground(void)
{
    nftw(the_ground.root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static struct text key_of(char key[8], unsigned number)
{
    snprintf(key, 8, "row %u", number);
    return text_of(key);
}

static struct text value_of(char value[ROW_SIZE], unsigned number)
{
    for (size_t i = 0; i < ROW_SIZE; i++)
        value[i] = (char)(number * 31 + i * 7 + i / 256);
    return (struct text){ value, ROW_SIZE };
}

static struct store *open_store(const struct ground *ground)
{
    const struct store_place place = { ground->folder, ground->state, "this" };
    struct store *store;
    struct error err;

    return store_open(&store, &place, &err) == 0 ? store : NULL;
}

static void make_sound(struct ground *ground)
{
    struct store *store;
    int file;
    ssize_t size;

    snprintf(ground->root, ROOT_SIZE, "/dev/shm/fuzz-rows-XXXXXX");
    HOLDS(mkdtemp(ground->root));
    HOLDS(atexit(remove_ground) == 0);
    snprintf(ground->folder, PATH_SIZE, "%s/cache", ground->root);
    snprintf(ground->state, PATH_SIZE, "%s/state", ground->root);
    snprintf(ground->file, sizeof(ground->file), "%s/" FILES_DATABASE,
             ground->folder);
    store = open_store(ground);
    HOLDS(store);
    for (unsigned i = 0; i < ROWS; i++) {
        char key[8], value[ROW_SIZE];
        struct error err;

        HOLDS(store_put(store, key_of(key, i), value_of(value, i), &err) == 0);
    }
    store_close(store);
    file = open(ground->file, O_RDONLY);
    size = read(file, ground->sound, FILE_MAX);
    HOLDS(size > 0 && size < FILE_MAX);
    ground->size = (size_t)size;
    close(file);
}

static void write_file(const struct ground *ground, const unsigned char *bytes,
                       size_t size)
{
    int file = open(ground->file, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    HOLDS(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    close(file);
}

static void decay(const struct ground *ground, const uint8_t *bytes,
                  size_t size)
{
    static unsigned char file[FILE_MAX];

    memcpy(file, ground->sound, ground->size);
    for (; size >= CHANGE_SIZE; bytes += CHANGE_SIZE, size -= CHANGE_SIZE) {
        size_t at = (size_t)bytes[0] << 16 | (size_t)bytes[1] << 8 | bytes[2];

        file[at % ground->size] = bytes[3];
    }
    write_file(ground, file, ground->size);
}

static void read_rows(struct store *store)
{
    for (unsigned i = 0; i < ROWS + 1; i++) {
        struct buffer found = BUFFER_EMPTY;
        char key[8], value[ROW_SIZE];
        struct error err;

        if (store_get(store, key_of(key, i), &found, &err) == 1)
            HOLDS(i < ROWS &&
                  text_equal(buffer_view(&found), value_of(value, i)));
        buffer_release(&found);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ground *ground = &the_ground;
    struct store *store;
    struct error err;
    uint64_t dropped;

    if (!ground->size)
        make_sound(ground);
    if (size == 0 || size > FILE_MAX)
        return 0;
    if (bytes[0] & 1)
        write_file(ground, bytes + 1, size - 1);
    else
        decay(ground, bytes + 1, size - 1);
    store = open_store(ground);
    if (!store) {
        store_clear(ground->folder, &err);
        return unlink(ground->file) && 0;
    }
    read_rows(store);
    if (store_verify(store, &dropped, &err) == 0)
        read_rows(store);
    store_close(store);
    return 0;
}
