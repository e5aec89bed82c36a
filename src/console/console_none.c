/* SPDX-License-Identifier: Apache-2.0
 *
 * In a build without pages there is no window; the terminal says the steps.
 */
#include "built_console.h"

const unsigned char console_page[] = "";
const size_t console_page_len = 0;
const char console_csp[] = "default-src 'none'";
const unsigned char console_scanner[] = "";
const size_t console_scanner_len = 0;
const struct console_file console_handbook[] = {{0}};
const size_t console_handbook_n = 0;
const char console_handbook_csp[] = "";
