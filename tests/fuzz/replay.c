/*
 * replay FOLDER...: feeds every file below the folders to a fuzz target, and
 * each file cut at a few lengths. A folder without files is a failure.
 */
#include <errno.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

#define DESCRIPTORS_MAX 16
#define CUTS            16

/* nftw has no place for the caller's own data. */
static int replayed;

/* The target sees exactly `size` bytes on the heap: reading over is noticed. */
static void feed(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);

    HOLDS(copy != NULL);
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static int replay(const char *path, const struct stat *stat, int type,
                  struct FTW *ftw)
{
    size_t size = (size_t)stat->st_size;
    uint8_t *bytes;
    FILE *file;

    (void)ftw;
    if (type != FTW_F)
        return 0;
    file = fopen(path, "rb");
    bytes = malloc(size + 1);
    if (!file || !bytes || fread(bytes, 1, size, file) != size) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        exit(1);
    }
    fclose(file);
    for (size_t cut = 0; cut < CUTS; cut++)
        feed(bytes, size / CUTS * cut);
    feed(bytes, size);
    free(bytes);
    replayed++;
    return 0;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        replayed = 0;
        if (nftw(argv[i], replay, DESCRIPTORS_MAX, FTW_PHYS) != 0 ||
            replayed == 0) {
            fprintf(stderr, "%s: nothing to replay\n", argv[i]);
            return 1;
        }
        printf("%s: %d inputs\n", argv[i], replayed);
    }
    return argc > 1 ? 0 : 2;
}
