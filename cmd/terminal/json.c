#include "cmd/terminal/json.h"

#include <stdarg.h>
#include <stdio.h>

#include "cmd/terminal/utf8.h"

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

void json_break(struct json *json, int indentation)
{
    json->indentation = indentation;
}

static void new_line(struct json *json)
{
    if (json->indentation < 0)
        return;
    buffer_format(json->out, "\n%*s", json->indentation, "");
    json->indentation = -1;
}

/* What stands before a value: a comma, a blank or line, the name. */
static void begin(struct json *json, const char *name)
{
    if (json->begun)
        buffer_byte(json->out, ',');
    if (json->indentation < 0 && (json->begun || name))
        buffer_byte(json->out, ' ');
    new_line(json);
    json->begun = true;
    if (name)
        buffer_format(json->out, "\"%s\": ", name);
}

void json_open(struct json *json, const char *name, char bracket)
{
    begin(json, name);
    buffer_byte(json->out, bracket);
    json->begun = false;
}

void json_open_text(struct json *json, struct text name, char bracket)
{
    begin(json, NULL);
    json_string(json->out, name);
    buffer_format(json->out, ": %c", bracket);
    json->begun = false;
}

void json_close(struct json *json, char bracket)
{
    if (json->begun && json->indentation < 0 && bracket == '}')
        buffer_byte(json->out, ' ');
    new_line(json);
    buffer_byte(json->out, bracket);
    json->begun = true;
}

void json_text(struct json *json, const char *name, struct text value)
{
    begin(json, name);
    json_string(json->out, value);
}

void json_words(struct json *json, const char *name, const char *value)
{
    if (value)
        json_text(json, name, text_of(value));
    else
        json_null(json, name);
}

void json_bytes(struct json *json, const char *name, struct text value)
{
    begin(json, name);
    json_base64(json->out, value);
}

void json_value(struct json *json, const char *name, const char *format, ...)
{
    char word[64];
    va_list list;

    va_start(list, format);
    vsnprintf(word, sizeof(word), format, list);
    va_end(list);
    begin(json, name);
    buffer_string(json->out, word);
}

void json_bool(struct json *json, const char *name, bool value)
{
    json_value(json, name, "%s", value ? "true" : "false");
}

void json_null(struct json *json, const char *name)
{
    json_value(json, name, "null");
}
