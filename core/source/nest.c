#include "core/source/nest.h"

enum line_scope nest_enter(struct nest *nest, uint32_t column)
{
    while (nest->count && nest->items[nest->count - 1].column >= column)
        nest->count--;
    return nest->count ? nest->items[nest->count - 1].kind : IN_MODULE;
}

void nest_define(struct nest *nest, uint32_t column, enum line_scope kind)
{
    nest->items[nest->count++] = (struct nest_item){ column, kind };
}
