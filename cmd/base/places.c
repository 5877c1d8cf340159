#include "cmd/base/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/base/environment.h"
#include "core/base/buffer.h"
#include "core/base/memory.h"

static char *below(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/%s", folder, name);
    return buffer_detach(&path);
}

static const char *find_of_user(struct places *places)
{
    places->state = environment_state_folder();
    places->config = environment_config_folder();
    places->git_config = environment_git_config();
    if (!places->state || !places->config || !places->git_config)
        return "there is no home folder for --global or --template: set HOME";
    return NULL;
}

/* The folder may stand behind '=' or be the argument. */
static const char *template_of(const struct options *options)
{
    const struct strings *values = &options->templates;
    const char *value = values->items[values->items_count - 1];

    if (!value[0] && options->arguments.items_count > 0)
        value = options->arguments.items[0];
    return value;
}

/* Its record is not that of --global. */
static const char *find_template(struct places *places,
                                 struct install_options *asked,
                                 const struct options *options)
{
    const char *trouble = find_of_user(places), *value = template_of(options);
    char *state = places->state;

    if (trouble)
        return trouble;
    environment_forget_repository();
    if (environment_has_template())
        return "GIT_TEMPLATE_DIR is set, and git would use that template: "
               "unset it";
    places->state = below(state, "template");
    free(state);
    if (value[0])
        places->template = environment_absolute(value);
    asked->template_folder = places->template;
    return NULL;
}

/* PREFIX of PREFIX/bin/tmpguard, for free(), or NULL. */
static char *prefix_of(const char *program)
{
    static const char bin[] = "/bin";
    const char *slash = strrchr(program, '/');
    size_t size = slash ? (size_t)(slash - program) : 0;

    if (size < sizeof(bin) - 1 ||
        strncmp(slash - (sizeof(bin) - 1), bin, sizeof(bin) - 1) != 0)
        return NULL;
    return memory_copy(program, size - (sizeof(bin) - 1));
}

/* As the file system hierarchy has it; a prefix of its own is kept whole. */
static const char *find_of_machine(struct places *places)
{
    char *prefix = prefix_of(places->program);

    if (!prefix)
        return "--system is for a program that is installed, as "
               "PREFIX/bin/tmpguard";
    places->config = below(prefix, "lib/tmpguard");
    if (strcmp(prefix, "") == 0 || strcmp(prefix, "/usr") == 0 ||
        strcmp(prefix, "/usr/local") == 0)
        places->state = below("/var", "lib/tmpguard");
    else
        places->state = below(prefix, "var/lib/tmpguard");
    free(prefix);
    return NULL;
}

static const char *enter(struct places *places, const char *folder)
{
    struct buffer trouble = BUFFER_EMPTY;

    if (chdir(folder) == 0)
        return NULL;
    buffer_format(&trouble,
                  "cannot enter %s: %s; --server takes the folder of a bare "
                  "repository ('git init --bare' makes one), or one with "
                  "GitLab's custom_hooks",
                  folder, strerror(errno));
    return places->trouble = buffer_detach(&trouble);
}

static const char *find(struct places *places, struct install_options *asked,
                        const struct options *options)
{
    if (!places->program)
        return "the path of this program cannot be found";
    if (options->global + options->system + (options->under != NULL) +
            (options->server != NULL) + (options->templates.items_count > 0) >
        1)
        return "--global, --system, --template, --under and --server do not "
               "go together";
    if (options->server) {
        asked->reach = INSTALL_SERVER;
        environment_forget_repository();
        return enter(places, options->server);
    }
    if (options->templates.items_count > 0) {
        asked->reach = INSTALL_CLONES;
        return find_template(places, asked, options);
    }
    if (options->global) {
        asked->reach = INSTALL_USER;
        return find_of_user(places);
    }
    if (options->system) {
        asked->reach = INSTALL_MACHINE;
        return find_of_machine(places);
    }
    return NULL;
}

const char *places_find(struct places *places, struct install_options *asked,
                        const struct options *options)
{
    const char *trouble;

    places->program = environment_program();
    trouble = find(places, asked, options);
    asked->program = places->program;
    asked->state_folder = places->state;
    asked->config_folder = places->config;
    asked->git_config = places->git_config;
    return trouble;
}

void places_release(struct places *places)
{
    free(places->program);
    free(places->state);
    free(places->config);
    free(places->git_config);
    free(places->template);
    free(places->trouble);
    *places = PLACES_EMPTY;
}
