#include "cmd/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/complain.h"
#include "cmd/exit.h"
#include "cmd/terminal.h"
#include "core/base/memory.h"

#define OPEN_FLAGS (O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY)

static int write_all(int descriptor, struct text text)
{
    while (text.size > 0) {
        ssize_t size = write(descriptor, text.bytes, text.size);

        if (size > 0)
            text = text_slice(text, (size_t)size, text.size);
        else if (size == 0 || errno != EINTR)
            return -1;
    }
    return 0;
}

int output_say(struct text text)
{
    if (write_all(STDOUT_FILENO, text) < 0)
        return complain(EXIT_INCOMPLETE, "cannot write to standard output: %s",
                        strerror(errno));
    return EXIT_CLEAN;
}

static int open_one(struct output *output, struct error *err)
{
    output->descriptor = STDOUT_FILENO;
    if (!output->file)
        return 0;
    output->descriptor = open(output->file, OPEN_FLAGS | O_EXCL, 0666);
    output->made = output->descriptor >= 0;
    if (!output->made)
        output->descriptor = open(output->file, OPEN_FLAGS, 0666);
    if (output->descriptor < 0)
        return error_set_errno(err, "cannot write to '%s'", output->file);
    return 0;
}

/* "NAME" goes where --output says, "NAME=FILE" to that file. */
static int add(struct outputs *outputs, const char *name, const char *file,
               struct error *err)
{
    const char *equals = strchr(name, '=');
    size_t size = equals ? (size_t)(equals - name) : strlen(name);
    const struct format *format = format_find((struct text){ name, size }, err);
    struct output *output;

    if (!format)
        return -1;
    if (equals && !equals[1])
        return error_set(err, ERROR_USAGE, "'--format %s' names no file", name);
    output = ARRAY_PUSH(outputs->items);
    output->format = format;
    output->file = equals ? equals + 1 : file;
    return open_one(output, err);
}

/* Of several formats without a file the last one holds. */
static int open_all(struct outputs *outputs, const struct options *options,
                    struct error *err)
{
    const struct strings *formats = &options->formats;
    const char *usual = options->json ? "json" : "text";
    const char *plain = formats->items_count ? NULL : usual;

    for (size_t i = 0; i < formats->items_count; i++) {
        if (!strchr(formats->items[i], '='))
            plain = formats->items[i];
        else if (add(outputs, formats->items[i], NULL, err) < 0)
            return -1;
    }
    if (!plain && options->output)
        plain = usual;
    return plain ? add(outputs, plain, options->output, err) : 0;
}

int outputs_open(struct outputs *outputs, const struct options *options,
                 struct error *err)
{
    *outputs = (struct outputs){ .items = NULL };
    return open_all(outputs, options, err);
}

static int write_one(const struct output *output, struct text text)
{
    struct stat status;

    if (output->file && fstat(output->descriptor, &status) == 0 &&
        S_ISREG(status.st_mode) && ftruncate(output->descriptor, 0) < 0)
        return -1;
    return write_all(output->descriptor, text);
}

static int failed(const struct output *output)
{
    return complain(-1, "cannot write the report to %s: %s",
                    output->file ? output->file : "standard output",
                    strerror(errno));
}

static void render_one(struct buffer *bytes, const struct output *output,
                       const struct report *report, const struct style *style)
{
    struct style own = *style;

    own.color = terminal_colors(style->when, output->descriptor);
    own.width = terminal_width(output->descriptor);
    output->format->render(bytes, report, &own);
}

int outputs_write(struct outputs *outputs, const struct report *report,
                  const struct style *style)
{
    int result = 0;

    for (size_t i = 0; i < outputs->items_count; i++) {
        struct output *output = &outputs->items[i];
        struct buffer bytes = BUFFER_EMPTY;

        output->made = false;
        render_one(&bytes, output, report, style);
        if (write_one(output, buffer_view(&bytes)) < 0)
            result = failed(output);
        buffer_release(&bytes);
    }
    return result;
}

static int answer(struct outputs *outputs, output_make *make, const void *what)
{
    int code = EXIT_CLEAN;

    for (size_t i = 0; i < outputs->items_count; i++) {
        struct output *output = &outputs->items[i];
        struct buffer bytes = BUFFER_EMPTY;

        output->made = false;
        make(&bytes, output->format->render == render_json, what);
        if (write_one(output, buffer_view(&bytes)) < 0) {
            failed(output);
            code = EXIT_INCOMPLETE;
        }
        buffer_release(&bytes);
    }
    return code;
}

int output_answer(const struct options *options, output_make *make,
                  const void *what)
{
    struct outputs outputs;
    struct error err;
    int code;

    if (outputs_open(&outputs, options, &err) < 0)
        code = complain(EXIT_USAGE, "%s", err.message);
    else
        code = answer(&outputs, make, what);
    outputs_close(&outputs);
    return code;
}

static void close_one(const struct output *output)
{
    if (!output->file || output->descriptor < 0)
        return;
    if (output->made)
        unlink(output->file);
    close(output->descriptor);
}

void outputs_close(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->items_count; i++)
        close_one(&outputs->items[i]);
    free(outputs->items);
    *outputs = (struct outputs){ .items = NULL };
}
