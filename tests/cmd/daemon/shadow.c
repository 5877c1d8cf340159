#include "tests/test.h"

#include "cmd/daemon/shadow.h"

/* The key that facts of a blob are kept under. */
static struct buffer the_key;

static int get_nothing(void *payload, struct text key, struct buffer *value)
{
    (void)payload, (void)key, (void)value;
    return 0;
}

static void take_key(void *payload, struct text key, struct text value)
{
    (void)payload, (void)value;
    buffer_clear(&the_key);
    buffer_text(&the_key, key);
}

static struct text key_of(char kind, const struct object_id *id)
{
    const struct analyse_rows rows = { get_nothing, take_key, NULL, NULL };
    struct analyser analyser = { .rows = &rows };

    analyse_remember(&analyser, kind, id, TEXT(""));
    return buffer_view(&the_key);
}

static const struct object_id an_id = { { 1, 2, 3 }, 20 };

static void one_hit_in_a_hundred_is_remembered(void **state)
{
    struct shadow shadow = { .hits = 7 };

    (void)state;
    for (unsigned i = 0; i < 3 * SHADOW_ONE_IN; i++)
        shadow_note(&shadow, key_of('F', &an_id), TEXT("value"));
    assert_int_equal(3, shadow.count);
    assert_true(
        text_equal(key_of('F', &an_id), buffer_view(&shadow.rows[2].key)));
    assert_true(text_equal(TEXT("value"), buffer_view(&shadow.rows[2].value)));
    for (unsigned i = 0; i < 10 * SHADOW_ONE_IN; i++)
        shadow_note(&shadow, key_of('F', &an_id), TEXT("value"));
    assert_int_equal(SHADOW_MAX, shadow.count);
    shadow_release(&shadow);
    assert_int_equal(0, shadow.count);
}

static void only_facts_of_blobs_are(void **state)
{
    struct shadow shadow = { .hits = SHADOW_ONE_IN - 1 };

    (void)state;
    shadow_note(&shadow, key_of('S', &an_id), TEXT("y"));
    shadow_note(&shadow, key_of(ANALYSE_KIND_TREE, &an_id), TEXT("tree"));
    shadow_note(&shadow, TEXT("F"), TEXT("value"));
    shadow_note(&shadow, TEXT(""), TEXT("value"));
    assert_int_equal(0, shadow.count);
    shadow_note(&shadow, key_of('F', &an_id), TEXT("value"));
    assert_int_equal(1, shadow.count);
    shadow_release(&shadow);
}

static void a_key_of_facts_names_its_blob(void **state)
{
    static const struct object_id ids[] = { { { 9, 8 }, 20 }, { { 7 }, 32 } };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct text key = key_of('F', &ids[i]);
        struct object_id id;

        assert_true(analyse_is_facts(key, &id));
        assert_int_equal(0, object_id_compare(&ids[i], &id));
        assert_false(analyse_is_facts(text_slice(key, 0, key.size - 1), &id));
        assert_false(analyse_is_facts(text_slice(key, 0, 10), &id));
    }
}

static int teardown(void **state)
{
    (void)state;
    buffer_release(&the_key);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_hit_in_a_hundred_is_remembered),
        cmocka_unit_test(only_facts_of_blobs_are),
        cmocka_unit_test(a_key_of_facts_names_its_blob),
    };

    return cmocka_run_group_tests(tests, NULL, teardown);
}
