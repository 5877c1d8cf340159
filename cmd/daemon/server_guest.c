#include "cmd/daemon/server_parts.h"

#include <inttypes.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "cmd/daemon/reply.h"
#include "cmd/daemon/request.h"
#include "cmd/daemon/sandbox.h"
#include "hooks/install/approvals.h"

bool server_is_outdated(const struct server *server)
{
    struct wire_program now;

    return request_program(&now, server->program_path) < 0 ||
           !wire_same_program(&now, &server->program);
}

static void refuse(struct guest *guest, const char *words)
{
    reply_words(guest->socket, WIRE_NO, guest->head.nonce, words);
    guest_close(guest);
}

/* Who would do the work itself is this program, and sees the same files. */
static const char *stranger(const struct server *server,
                            const struct wire_request *request)
{
    const struct wire_request *roots = &server->roots;

    if (!wire_same_program(&request->program, &server->program))
        return "the daemon is another program";
    if (request->mounts != roots->mounts ||
        !wire_same_place(&request->root, &roots->root))
        return "the daemon sees other files";
    return NULL;
}

static struct text payload_of(const struct guest *guest)
{
    struct text all = buffer_view(&guest->in);

    return text_slice(all, WIRE_HEAD_SIZE, WIRE_HEAD_SIZE + guest->head.size);
}

/* Nobody has to work for it: true if it was answered. */
static bool remember(struct server *server, struct guest *guest,
                     const struct wire_request *request)
{
    struct memo memo;

    if (!recall_find(&server->recall, request, &memo))
        return false;
    if (memo.code == 0 && request->flags & WIRE_RECORD)
        approvals_add(memo.common_dir.bytes, &memo.tree);
    reply_again(guest->socket, guest->head.nonce, (int)memo.code, memo.out);
    server->recalled++;
    warmth_remember(&server->warmth, memo.git_dir.bytes, request);
    guest_close(guest);
    return true;
}

static void check(struct server *server, struct guest *guest)
{
    const struct crew_job job = { guest->socket, guest->head.nonce,
                                  payload_of(guest) };

    guest->job = crew_give(&server->crew, &job);
    if (!guest->job)
        refuse(guest, "busy");
}

static void watch(struct server *server, struct guest *guest)
{
    const struct crew_job job = { -1, 0, payload_of(guest) };

    crew_give(&server->crew, &job);
    reply_words(guest->socket, WIRE_STATE, guest->head.nonce, "watched");
    guest_close(guest);
}

static void tell(const struct server *server, struct guest *guest,
                 const char *strange)
{
    struct buffer words = BUFFER_EMPTY;

    buffer_format(&words,
                  "pid %ld\nversion " TMPGUARD_VERSION "\nrequests %" PRIu64
                  "\nrepositories %zu\nprepared %" PRIu64 "\nrecalled %" PRIu64
                  "\nchecked %" PRIu64 "\ndiffered %" PRIu64 "\nsandbox %s\n%s",
                  (long)getpid(), server->requests,
                  warmth_count(&server->warmth), server->prepared,
                  server->recalled, server->checked, server->differed,
                  sandbox_words(sandbox_kinds()), strange ? "other\n" : "");
    reply_words(guest->socket, WIRE_STATE, guest->head.nonce, words.bytes);
    buffer_release(&words);
    guest_close(guest);
}

static void obey(struct server *server, struct guest *guest,
                 const struct wire_request *request)
{
    const char *strange = stranger(server, request);
    bool works =
        guest->head.kind == WIRE_CHECK || guest->head.kind == WIRE_WATCH;

    if (guest->head.kind == WIRE_STATUS) {
        tell(server, guest, strange);
    } else if (guest->head.kind == WIRE_STOP) {
        reply_words(guest->socket, WIRE_STATE, guest->head.nonce, "stops");
        guest_close(guest);
        server_leave(server, "told to stop");
    } else if (works && !strange) {
        server->requests++;
        server->asked_ms = ask_clock_ms();
        if (guest->head.kind != WIRE_CHECK)
            watch(server, guest);
        else if (!remember(server, guest, request))
            check(server, guest);
    } else {
        refuse(guest, strange ? strange : "no such request");
    }
    if (strange && server_is_outdated(server))
        server_leave(server, "the program was replaced");
}

void server_hear(struct server *server, struct guest *guest)
{
    struct wire_request request;
    int there;

    if (guest->job) {
        if (guest_has_gone(guest)) {
            crew_cancel(&server->crew, guest->job);
            guest_close(guest);
        }
        return;
    }
    there = guest_read(guest, &request);
    if (there < 0)
        guest_close(guest);
    else if (there == 1)
        obey(server, guest, &request);
}
