#include "cmd/terminal/xml.h"

#include "cmd/terminal/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* XML 1.0, 2.2: of the controls below a blank these three are characters. */
static bool is_allowed(uint32_t value)
{
    return value >= 0x20 || value == '\t' || value == '\n' || value == '\r';
}

static const char *reference(uint32_t value)
{
    switch (value) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case 0xFFFE:
    case 0xFFFF:
        return REPLACEMENT;
    default:
        return NULL;
    }
}

void xml_text(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.size;) {
        struct code_point point = utf8_next(text, at);
        const char *other = reference(point.value);

        if (!point.valid)
            buffer_string(out, REPLACEMENT);
        else if (other)
            buffer_string(out, other);
        else if (!is_allowed(point.value))
            buffer_format(out, "\\x%02x", (unsigned)point.value);
        else if (utf8_is_control(point.value))
            buffer_format(out, "&#x%X;", (unsigned)point.value);
        else
            buffer_append(out, text.bytes + at, point.size);
        at += point.size;
    }
}

void xml_attribute(struct buffer *out, const char *name, const char *value)
{
    buffer_format(out, " %s=\"", name);
    xml_text(out, text_of(value));
    buffer_byte(out, '"');
}
