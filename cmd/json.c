#include "cmd/json.h"

#include "cmd/utf8.h"

static void code_unit(struct buffer *out, uint32_t value)
{
    switch (value) {
    case '\n':
        buffer_string(out, "\\n");
        break;
    case '\r':
        buffer_string(out, "\\r");
        break;
    case '\t':
        buffer_string(out, "\\t");
        break;
    default:
        buffer_format(out, "\\u%04x", (unsigned)value);
    }
}

void json_string(struct buffer *out, struct text text)
{
    buffer_byte(out, '"');
    for (size_t at = 0; at < text.size;) {
        struct code_point point = utf8_next(text, at);

        if (point.value == '"' || point.value == '\\')
            buffer_format(out, "\\%c", (char)point.value);
        else if (!point.valid)
            buffer_string(out, "\xEF\xBF\xBD");
        else if (utf8_is_control(point.value))
            code_unit(out, point.value);
        else
            buffer_append(out, text.bytes + at, point.size);
        at += point.size;
    }
    buffer_byte(out, '"');
}

void json_base64(struct buffer *out, struct text bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs"
                                 "tuvwxyz0123456789+/";

    buffer_byte(out, '"');
    for (size_t at = 0; at < bytes.size; at += 3) {
        size_t left = bytes.size - at;
        uint32_t bits = (uint32_t)(unsigned char)bytes.bytes[at] << 16;

        if (left > 1)
            bits |= (uint32_t)(unsigned char)bytes.bytes[at + 1] << 8;
        if (left > 2)
            bits |= (unsigned char)bytes.bytes[at + 2];
        buffer_byte(out, digits[bits >> 18]);
        buffer_byte(out, digits[bits >> 12 & 63]);
        buffer_byte(out, left > 1 ? digits[bits >> 6 & 63] : '=');
        buffer_byte(out, left > 2 ? digits[bits & 63] : '=');
    }
    buffer_byte(out, '"');
}
