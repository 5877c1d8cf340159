#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/history/history_forms.h"

static struct intern names;
static struct forms forms;

static int begin(void **state)
{
    (void)state;
    names = INTERN_EMPTY;
    forms_begin(&forms, &names);
    /* Numbers are not in the order of the names. */
    intern_add(&names, TEXT("c"));
    intern_add(&names, TEXT("a"));
    intern_add(&names, TEXT("b"));
    return 0;
}

static int end(void **state)
{
    (void)state;
    forms_release(&forms);
    intern_release(&names);
    return 0;
}

/* "a1 B2 -c": the file a with blob 1, the folder b with form 2, no file c. */
static uint32_t make(uint32_t base, const char *words)
{
    struct form_items items = { .at = NULL };
    uint32_t form;

    for (; *words; words++) {
        bool gone = *words == '-';
        char letter = words[gone];
        bool folder = letter < 'a';
        char name = (char)(folder ? letter - 'A' + 'a' : letter);

        if (letter == ' ')
            continue;
        *ARRAY_PUSH(items.at) = (struct form_item){
            .name = intern_add(&names, (struct text){ &name, 1 }),
            .folder = folder,
            .kind = gone     ? FORM_GONE
                    : folder ? FORM_TREE
                             : FORM_FILE,
            .value = gone ? 0 : (uint32_t)(words[1] - '0'),
        };
        words++;
    }
    form = forms_make(&forms, base, &items);
    free(items.at);
    return form;
}

static void expect(uint32_t form, const char *want)
{
    struct buffer got = BUFFER_EMPTY;
    struct form_item item;

    buffer_string(&got, "");
    for (size_t at = 0; forms_item(&forms, form, at, &item); at++) {
        char name = intern_text(&names, item.name).bytes[0];

        buffer_format(&got, "%s%c%u", at ? " " : "",
                      item.folder ? name - 'a' + 'A' : name, item.value);
    }
    if (strcmp(got.size ? got.bytes : "", want) != 0)
        fail_msg("got '%s', want '%s'", got.bytes, want);
    buffer_release(&got);
}

static void equal_trees_have_equal_numbers_in_any_order(void **state)
{
    (void)state;
    assert_int_equal(FORM_EMPTY, make(FORM_EMPTY, ""));
    assert_int_equal(make(FORM_EMPTY, "a1 b2 C3"),
                     make(FORM_EMPTY, "C3 b2 a1"));
    assert_int_not_equal(make(FORM_EMPTY, "a1"), make(FORM_EMPTY, "A1"));
    assert_int_not_equal(make(FORM_EMPTY, "a1"), make(FORM_EMPTY, "a2"));
    expect(make(FORM_EMPTY, "c3 a1 A4 b2"), "a1 A4 b2 c3");
}

static void a_form_is_another_one_with_changes(void **state)
{
    uint32_t base = make(FORM_EMPTY, "a1 b2 C3");

    (void)state;
    expect(make(base, ""), "a1 b2 C3");
    expect(make(base, "b4"), "a1 b4 C3");
    expect(make(base, "-b"), "a1 C3");
    expect(make(base, "-B -c"), "a1 b2 C3");
    expect(make(base, "c5 d6"), "a1 b2 c5 C3 d6");
    expect(make(base, "-a -b -C"), "");
    assert_int_equal(FORM_EMPTY, make(base, "-a -b -C"));
    assert_int_equal(base, make(make(base, "-a B1"), "a1 -B"));
}

static void of_what_is_there_twice_the_first_counts(void **state)
{
    (void)state;
    expect(make(FORM_EMPTY, "b2 a1 b3 a4"), "a1 b2");
}

static void an_item_is_found_by_its_name_and_kind(void **state)
{
    uint32_t form = make(FORM_EMPTY, "a1 A2 b3");
    struct form_item item;

    (void)state;
    assert_true(forms_find(&forms, form, TEXT("a"), false, &item));
    assert_int_equal(1, item.value);
    assert_true(forms_find(&forms, form, TEXT("a"), true, &item));
    assert_int_equal(2, item.value);
    assert_false(forms_find(&forms, form, TEXT("b"), true, &item));
    assert_false(forms_find(&forms, form, TEXT("x"), false, &item));
    assert_false(forms_find(&forms, FORM_EMPTY, TEXT("a"), false, &item));
}

static void an_unreadable_tree_is_equal_to_itself_alone(void **state)
{
    uint32_t lost = forms_lost(&forms, 7), tree;
    struct form_item item;

    (void)state;
    assert_int_equal(lost, forms_lost(&forms, 7));
    assert_int_not_equal(lost, forms_lost(&forms, 8));
    assert_true(forms_is_lost(&forms, lost, &tree));
    assert_int_equal(7, tree);
    assert_false(forms_item(&forms, lost, 0, &item));
    assert_false(forms_is_lost(&forms, FORM_EMPTY, &tree));
    assert_false(forms_is_lost(&forms, make(FORM_EMPTY, "a1"), &tree));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            equal_trees_have_equal_numbers_in_any_order, begin, end),
        cmocka_unit_test_setup_teardown(a_form_is_another_one_with_changes,
                                        begin, end),
        cmocka_unit_test_setup_teardown(of_what_is_there_twice_the_first_counts,
                                        begin, end),
        cmocka_unit_test_setup_teardown(an_item_is_found_by_its_name_and_kind,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            an_unreadable_tree_is_equal_to_itself_alone, begin, end),
    };

    return cmocka_run_group_tests_name("hooks/history/history_forms", tests,
                                       NULL, NULL);
}
