#include "cmd/terminal/complain.h"

#include <stdarg.h>
#include <stdio.h>

#include "cmd/terminal/terminal.h"
#include "core/base/buffer.h"

int complain(int code, const char *format, ...)
{
    char message[1024];
    struct buffer line = BUFFER_EMPTY;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    buffer_string(&line, "tmpguard: ");
    terminal_escape(&line, text_of(message));
    buffer_byte(&line, '\n');
    fwrite(line.bytes, 1, line.size, stderr);
    buffer_release(&line);
    return code;
}
