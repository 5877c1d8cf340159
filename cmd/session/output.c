#include "cmd/session/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/base/exit.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/terminal.h"
#include "core/base/memory.h"
#include "hooks/system/disk.h"

/* Of what is no file on a disk; behind what others wrote there. */
#define OPEN_FLAGS (O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY)

int output_say(struct text text)
{
    if (disk_write_all(STDOUT_FILENO, text) < 0)
        return complain(EXIT_INCOMPLETE, "cannot write to standard output: %s",
                        strerror(errno));
    return EXIT_CLEAN;
}

/* Devices, pipes, and what is open already, wherever it leads. */
static bool is_stream(const char *file)
{
    struct stat status;

    return strncmp(file, "/dev/std", 8) == 0 ||
           strncmp(file, "/dev/fd/", 8) == 0 ||
           (stat(file, &status) == 0 && !S_ISREG(status.st_mode) &&
            !S_ISDIR(status.st_mode));
}

static char *folder_of(const char *file)
{
    struct text folder = text_folder(text_of(file));

    if (folder.size)
        return memory_copy(folder.bytes, folder.size);
    return memory_copy(file[0] == '/' ? "/" : ".", 1);
}

static bool may_write(const char *path, int how)
{
    return faccessat(AT_FDCWD, path, how, AT_EACCESS) == 0;
}

/* May a new file take that name? If one has it, it has to be writable, too. */
static bool has_room(const char *file)
{
    char *folder = folder_of(file);
    bool room = may_write(folder, W_OK | X_OK);
    struct stat status;

    free(folder);
    if (!room || stat(file, &status) < 0)
        return room;
    if (!S_ISDIR(status.st_mode))
        return may_write(file, W_OK);
    errno = EISDIR;
    return false;
}

static int open_one(struct output *output, struct error *err)
{
    bool opened;

    output->descriptor = STDOUT_FILENO;
    if (!output->file)
        return 0;
    if (is_stream(output->file)) {
        output->descriptor = open(output->file, OPEN_FLAGS);
        opened = output->descriptor >= 0;
    } else {
        output->descriptor = -1;
        opened = has_room(output->file);
    }
    if (!opened)
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

bool outputs_repair(const struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->items_count; i++)
        if (outputs->items[i].format->repairs)
            return true;
    return false;
}

bool outputs_hint(const struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->items_count; i++)
        if (outputs->items[i].format->render == render_text)
            return true;
    return false;
}

/* That of the file that is replaced, or that of a new one. */
static mode_t mode_of(const char *file)
{
    struct stat status;
    mode_t mask;

    if (stat(file, &status) == 0)
        return status.st_mode & 0777;
    mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A link stays one: what it leads to is replaced. */
static int replace(const char *file, struct text text, struct error *err)
{
    char *path = realpath(file, NULL);
    int result = disk_write(path ? path : file, text, mode_of(file), err);

    free(path);
    return result;
}

static int write_one(const struct output *output, struct text text)
{
    struct error err;

    if (output->descriptor < 0)
        return replace(output->file, text, &err) < 0
                   ? complain(-1, "%s", err.message)
                   : 0;
    if (disk_write_all(output->descriptor, text) < 0)
        return complain(-1, "cannot write the report to %s: %s",
                        output->file ? output->file : "standard output",
                        strerror(errno));
    return 0;
}

static void render_one(struct buffer *bytes, const struct output *output,
                       const struct report *report, const struct style *style)
{
    struct style own = *style;

    own.color = terminal_colors(style->when, output->descriptor);
    own.links = own.color && own.root &&
                (own.links || terminal_links(output->descriptor));
    if (!own.width)
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

        render_one(&bytes, output, report, style);
        if (write_one(output, buffer_view(&bytes)) < 0)
            result = -1;
        buffer_release(&bytes);
    }
    return result;
}

int outputs_answer(struct outputs *outputs, output_make *make, const void *what)
{
    int code = EXIT_CLEAN;

    for (size_t i = 0; i < outputs->items_count; i++) {
        struct output *output = &outputs->items[i];
        struct buffer bytes = BUFFER_EMPTY;

        make(&bytes, output->format->render == render_json, what);
        if (write_one(output, buffer_view(&bytes)) < 0)
            code = EXIT_INCOMPLETE;
        buffer_release(&bytes);
    }
    return code;
}

/* Is it a format that has no words for what is no report? */
static const struct format *only_reports(const struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->items_count; i++) {
        const struct format *format = outputs->items[i].format;

        if (format->render != render_text && format->render != render_json)
            return format;
    }
    return NULL;
}

int outputs_prepare(struct outputs *outputs, const struct options *options)
{
    const struct format *format;
    struct error err;

    if (outputs_open(outputs, options, &err) < 0)
        return complain(EXIT_USAGE, "%s", err.message);
    format = only_reports(outputs);
    if (format)
        return complain(EXIT_USAGE,
                        "the format '%s' is for check and scan; this command "
                        "has text and json",
                        format->name);
    return EXIT_CLEAN;
}

int output_answer(const struct options *options, output_make *make,
                  const void *what)
{
    struct outputs outputs;
    int code = outputs_prepare(&outputs, options);

    if (code == EXIT_CLEAN)
        code = outputs_answer(&outputs, make, what);
    outputs_close(&outputs);
    return code;
}

void outputs_close(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->items_count; i++)
        if (outputs->items[i].file && outputs->items[i].descriptor >= 0)
            close(outputs->items[i].descriptor);
    free(outputs->items);
    *outputs = (struct outputs){ .items = NULL };
}
