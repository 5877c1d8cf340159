/*
 * What every test program includes: cmocka 1.1 wants these headers first.
 */
#ifndef TMPGUARD_TESTS_TEST_H
#define TMPGUARD_TESTS_TEST_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
