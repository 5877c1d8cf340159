#include "cmd/terminal/uri.h"

#include <string.h>

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte && strchr("-._~/", byte));
}

void uri_append(struct buffer *out, const char *path)
{
    if (path[0] == '/')
        buffer_string(out, "file://");
    for (; *path; path++) {
        if (is_plain(*path))
            buffer_byte(out, *path);
        else
            buffer_format(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

bool uri_is_below(const char *path)
{
    return path[0] != '/' && strncmp(path, "../", 3) != 0;
}
