#include "hooks/git/index.h"

#include "hooks/system/mapping.h"

bool index_read(struct index *index, const char *path, size_t id_size)
{
    struct error ignored;

    *index = INDEX_EMPTY;
    if (mapping_open(&index->bytes, path, &ignored) == 1 &&
        index_layout_read(&index->layout, index->bytes, id_size))
        return true;
    index_release(index);
    return false;
}

void index_release(struct index *index)
{
    index_layout_release(&index->layout);
    mapping_close(&index->bytes);
}
