/* SPDX-License-Identifier: Apache-2.0
 *
 * A build without pages: the daemon serves its API and files alone.
 */
#include "built_pages.h"

const struct built_page pages[] = {{0}};
const size_t n_pages = 0;
