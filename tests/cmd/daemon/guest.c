#include "tests/test.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cmd/daemon/guest.h"

/* A request of `size` bytes, whose folder is "/". */
static size_t frame(unsigned char *bytes)
{
    static const char strings[] = "/\0A=b";
    const struct wire_request request = { .mounts = 9 };
    struct wire_head head = { WIRE_CHECK, WIRE_FIXED_SIZE + sizeof(strings),
                              5 };

    wire_put_head(bytes, &head);
    wire_put_request(bytes + WIRE_HEAD_SIZE, &request);
    memcpy(bytes + WIRE_HEAD_SIZE + WIRE_FIXED_SIZE, strings, sizeof(strings));
    return WIRE_HEAD_SIZE + head.size;
}

static int invite(struct guest *guest)
{
    int ends[2];

    assert_int_equal(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    *guest = (struct guest){ .socket = ends[0] };
    return ends[1];
}

static void a_request_in_pieces_is_waited_for(void **state)
{
    unsigned char bytes[256];
    size_t size = frame(bytes);
    struct wire_request request;
    struct guest guest;
    int client = invite(&guest);

    (void)state;
    for (size_t i = 0; i < size; i++) {
        assert_int_equal(0, guest_read(&guest, &request));
        assert_int_equal(1, write(client, bytes + i, 1));
    }
    assert_int_equal(1, guest_read(&guest, &request));
    assert_string_equal("/", request.path);
    assert_true(guest.head.nonce == 5 && request.mounts == 9);
    close(client);
    guest_close(&guest);
}

static void a_reply_is_no_request(void **state)
{
    const struct wire_head head = { WIRE_STATE, 0, 0 };
    unsigned char bytes[WIRE_HEAD_SIZE];
    struct wire_request request;
    struct guest guest;
    int client = invite(&guest);

    (void)state;
    wire_put_head(bytes, &head);
    assert_int_equal(sizeof(bytes), write(client, bytes, sizeof(bytes)));
    assert_int_equal(-1, guest_read(&guest, &request));
    close(client);
    guest_close(&guest);
}

static void one_that_hangs_up_has_gone(void **state)
{
    struct wire_request request;
    struct guest guest;
    int client = invite(&guest);

    (void)state;
    assert_false(guest_has_gone(&guest));
    close(client);
    assert_true(guest_has_gone(&guest));
    assert_int_equal(-1, guest_read(&guest, &request));
    guest_close(&guest);
}

static void one_that_says_nothing_is_sent_away(void **state)
{
    static struct guests guests;
    int silent, waiting;
    char byte;

    (void)state;
    guests_open(&guests);
    silent = invite(&guests.guests[3]);
    waiting = invite(&guests.guests[4]);
    guests.guests[3].since_ms = 1000;
    guests.guests[4].job = 1;
    assert_int_equal(1000 + GUEST_REQUEST_MS, guests_expire(&guests, 1001));
    assert_int_equal(-1, guests_expire(&guests, 1000 + GUEST_REQUEST_MS));
    assert_int_equal(0, read(silent, &byte, 1));
    assert_int_equal(1, guests_count(&guests));
    assert_ptr_equal(&guests.guests[4], guests_find(&guests, 1));
    assert_null(guests_find(&guests, 0));
    close(silent);
    close(waiting);
    guests_close(&guests);
    assert_int_equal(0, guests_count(&guests));
}

static void one_too_many_is_turned_away(void **state)
{
    static struct guests guests;
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    socklen_t size = sizeof(name);
    int clients[GUESTS_MAX + 1];
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct guest *guest;
    char byte;

    (void)state;
    guests_open(&guests);
    /* A name that the kernel chooses. */
    bind(listener, (const struct sockaddr *)&name, sizeof(name.sun_family));
    getsockname(listener, (struct sockaddr *)&name, &size);
    assert_int_equal(0, listen(listener, GUESTS_MAX + 1));
    for (size_t i = 0; i <= GUESTS_MAX; i++) {
        clients[i] = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(
            0, connect(clients[i], (const struct sockaddr *)&name, size));
        assert_int_equal(1, guests_accept(&guests, listener, &guest));
        assert_int_equal(i < GUESTS_MAX, guest != NULL);
    }
    assert_int_equal(0, guests_accept(&guests, listener, &guest));
    assert_int_equal(0, read(clients[GUESTS_MAX], &byte, 1));
    for (size_t i = 0; i <= GUESTS_MAX; i++)
        close(clients[i]);
    close(listener);
    guests_close(&guests);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_in_pieces_is_waited_for),
        cmocka_unit_test(a_reply_is_no_request),
        cmocka_unit_test(one_that_hangs_up_has_gone),
        cmocka_unit_test(one_that_says_nothing_is_sent_away),
        cmocka_unit_test(one_too_many_is_turned_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
