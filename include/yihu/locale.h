/* SPDX-License-Identifier: Apache-2.0
 *
 * Locales on machines that lack them. A catalogue of messages is looked up by
 * the name of the locale, and since version 2.41 the C library looks for none
 * where that is C.UTF-8, whatever LANGUAGE says. A fresh Debian has no other.
 */
#ifndef YIHU_LOCALE_H
#define YIHU_LOCALE_H

#include <stdbool.h>
#include <yihu/api.h>

YIHU_API_BEGIN

/* setlocale(3); where the machine has no data for a locale of this name, the
 * data of C.UTF-8 serves under it. false: not even that is there, and nothing
 * was changed. Not for use beside other threads. */
bool yihu_locale_set(int category, const char *name);

YIHU_API_END

#endif
