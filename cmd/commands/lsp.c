#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/lsp/lsp_server.h"
#include "cmd/lsp/lsp_stream.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "core/base/memory.h"

/* Read so much at once, and so much before it is worked on, in bytes. */
#define READ_SIZE ((size_t)64 << 10)
#define WORK_SIZE ((size_t)1 << 20)

struct run {
    struct lsp_stream stream;
    struct lsp_server *server;
    size_t taken; /* bytes since it was worked on */
    char bytes[READ_SIZE];
};

/* Of the base protocol there is none other for what goes wrong. */
static int broken(const char *why)
{
    return complain(EXIT_FINDINGS, "%s", why);
}

static bool has_more(void)
{
    struct pollfd input = { STDIN_FILENO, POLLIN, 0 };

    return poll(&input, 1, 0) == 1;
}

/* Returns what read(2) does. */
static ssize_t take_some(struct run *run)
{
    ssize_t size;

    do
        size = read(STDIN_FILENO, run->bytes, READ_SIZE);
    while (size < 0 && errno == EINTR);
    if (size > 0) {
        lsp_stream_feed(&run->stream,
                        (struct text){ run->bytes, (size_t)size });
        run->taken += (size_t)size;
    }
    return size;
}

/* All messages that are there. Returns 0, or -1 and *err. */
static int take_messages(struct run *run, struct error *err)
{
    struct text body;
    int found;

    while ((found = lsp_stream_next(&run->stream, &body, err)) == 1)
        lsp_server_take(run->server, body);
    return found;
}

static int work(struct run *run)
{
    struct buffer out = BUFFER_EMPTY;
    int code;

    lsp_server_work(run->server, &out);
    code = output_say(buffer_view(&out));
    buffer_release(&out);
    run->taken = 0;
    return code;
}

static int serve(struct run *run)
{
    struct error err;

    for (;;) {
        ssize_t size = take_some(run);
        int found = take_messages(run, &err);

        if (found == 0 && size > 0 && run->taken < WORK_SIZE && has_more())
            continue;
        if (work(run) != EXIT_CLEAN)
            return EXIT_INCOMPLETE;
        if (lsp_server_ended(run->server) != LSP_GOES_ON)
            return lsp_server_ended(run->server) == LSP_ENDED ? EXIT_CLEAN
                                                              : EXIT_FINDINGS;
        if (found < 0)
            return broken(err.message);
        if (size < 0)
            return broken(strerror(errno));
        if (size == 0)
            return broken("the editor is gone, and did not say 'exit'");
    }
}

int cmd_lsp(const struct options *options)
{
    struct run *run;
    int code;

    if (options->arguments.items_count)
        return complain(EXIT_USAGE, "'lsp' takes no arguments");
    if (isatty(STDIN_FILENO))
        return complain(EXIT_USAGE,
                        "'lsp' is for editors: they start it, and talk to it "
                        "on standard input; see 'tmpguard help lsp'");
    run = memory_new(1, sizeof(*run));
    run->server = lsp_server_open();
    code = serve(run);
    lsp_server_close(run->server);
    lsp_stream_release(&run->stream);
    free(run);
    return code;
}
