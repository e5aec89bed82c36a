/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally count.
 */
#ifndef YIHU_TOOLS_TALLY_COUNT_H
#define YIHU_TOOLS_TALLY_COUNT_H

int tally_run_count(int argc, char **argv); /* a verb: gives the exit status */

#endif
