#include "cmd/lsp/lsp_value.h"

#include <json-c/json.h>
#include <limits.h>
#include <string.h>

struct json_object *lsp_value_read(struct text bytes, struct error *err)
{
    struct json_tokener *tokener = json_tokener_new_ex(LSP_DEPTH_MAX);
    struct json_object *message = NULL;

    if (!tokener)
        abort();
    json_tokener_set_flags(tokener,
                           JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    if (bytes.size < INT_MAX)
        message = json_tokener_parse_ex(tokener, bytes.bytes, (int)bytes.size);
    if (!json_object_is_type(message, json_type_object) ||
        json_tokener_get_parse_end(tokener) < bytes.size) {
        json_object_put(message);
        message = NULL;
        error_set(err, ERROR_FORMAT, "a message is no JSON object");
    }
    json_tokener_free(tokener);
    return message;
}

void lsp_value_free(struct json_object *message)
{
    json_object_put(message);
}

struct json_object *lsp_value_at(struct json_object *value, const char *path)
{
    while (value && *path) {
        size_t size = strcspn(path, ".");
        char name[64];

        if (size >= sizeof(name) ||
            !json_object_is_type(value, json_type_object))
            return NULL;
        memcpy(name, path, size);
        name[size] = '\0';
        if (!json_object_object_get_ex(value, name, &value))
            return NULL;
        path += size + (path[size] == '.');
    }
    return value;
}

int lsp_value_text(struct json_object *value, const char *path,
                   struct text *text)
{
    struct json_object *found = lsp_value_at(value, path);

    if (!json_object_is_type(found, json_type_string))
        return 0;
    *text = (struct text){ json_object_get_string(found),
                           (size_t)json_object_get_string_len(found) };
    return 1;
}

int lsp_value_number(struct json_object *value, const char *path,
                     int64_t *number)
{
    struct json_object *found = lsp_value_at(value, path);

    if (!json_object_is_type(found, json_type_int))
        return 0;
    *number = json_object_get_int64(found);
    return 1;
}

bool lsp_value_is_true(struct json_object *value, const char *path)
{
    struct json_object *found = lsp_value_at(value, path);

    return json_object_is_type(found, json_type_boolean) &&
           json_object_get_boolean(found);
}

size_t lsp_value_count(struct json_object *array)
{
    return json_object_is_type(array, json_type_array)
               ? json_object_array_length(array)
               : 0;
}

struct json_object *lsp_value_item(struct json_object *array, size_t number)
{
    return json_object_array_get_idx(array, number);
}

bool lsp_value_same(struct json_object *one, struct json_object *other)
{
    return one && other &&
           json_object_get_type(one) == json_object_get_type(other) &&
           json_object_equal(one, other);
}
