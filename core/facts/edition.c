#include "core/facts/edition.h"

#include "edition_word.h" /* written by cmake/Edition.cmake */

const char *edition(void)
{
    return "edition-" EDITION_WORD;
}
