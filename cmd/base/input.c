#include "cmd/base/input.h"

#include <errno.h>
#include <unistd.h>

#define BLOCK ((size_t)64 << 10)

int input_read(struct buffer *bytes, size_t size_max, struct error *err)
{
    while (bytes->size <= size_max) {
        size_t before = bytes->size;
        ssize_t size = read(STDIN_FILENO, buffer_extend(bytes, BLOCK), BLOCK);

        bytes->size = before + (size > 0 ? (size_t)size : 0);
        if (size == 0)
            return 0;
        if (size < 0 && errno != EINTR)
            return error_set_errno(err, "cannot read standard input");
    }
    return error_set(err, ERROR_LIMIT, "standard input has more than %zu bytes",
                     size_max);
}
