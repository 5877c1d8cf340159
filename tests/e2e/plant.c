/*
 * plant FOLDER STATE BUILD: puts rows into a cache that are sealed as they
 * should be and wrong: the blobs whose ids stand on standard input have no
 * findings.
 */
#include <stdio.h>
#include <string.h>

#include "core/facts/facts.h"
#include "hooks/joint/analyse.h"
#include "store/store.h"

static int plant(struct store *store)
{
    struct analyser analyser = { .store = store };
    const struct facts none = FACTS_EMPTY;
    struct buffer value = BUFFER_EMPTY;
    struct object_id id;
    char line[OBJECT_HEX_MAX + 1];
    int count = 0;

    facts_encode(&none, &value);
    while (fgets(line, sizeof(line), stdin)) {
        struct text hex = { line, strcspn(line, "\n") };

        if (object_id_parse(&id, hex) < 0)
            continue;
        analyse_remember(&analyser, 'F', &id, buffer_view(&value));
        count++;
    }
    buffer_release(&value);
    return analyser.trouble ? 0 : count;
}

int main(int argc, char **argv)
{
    struct store_place place;
    struct store *store;
    struct error err;
    int count;

    if (argc != 4)
        return 2;
    place = (struct store_place){ argv[1], argv[2], argv[3] };
    if (store_open(&store, &place, &err) < 0) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    count = plant(store);
    store_close(store);
    printf("%d\n", count);
    return count ? 0 : 1;
}
