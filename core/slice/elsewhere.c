#include "core/slice/elsewhere.h"

void elsewhere_ask(struct elsewhere *elsewhere, enum chunk_ask ask,
                   struct text name)
{
    struct buffer key = BUFFER_EMPTY;

    if (!elsewhere)
        return;
    buffer_byte(&key, (char)ask);
    buffer_text(&key, name);
    intern_add(&elsewhere->asked, buffer_view(&key));
    buffer_release(&key);
}

struct text elsewhere_asked(const struct intern *asked, uint32_t number,
                            enum chunk_ask *ask)
{
    struct text key = intern_text(asked, number);

    *ask = (enum chunk_ask)key.bytes[0];
    return text_slice(key, 1, key.size);
}

void elsewhere_release(struct elsewhere *elsewhere)
{
    intern_release(&elsewhere->asked);
    *elsewhere = ELSEWHERE_EMPTY;
}
