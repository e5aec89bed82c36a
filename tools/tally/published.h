/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally's verbs about published results: publish, poster, complaints.
 */
#ifndef YIHU_TOOLS_TALLY_PUBLISHED_H
#define YIHU_TOOLS_TALLY_PUBLISHED_H

int tally_run_publish(int argc, char **argv);
int tally_run_poster(int argc, char **argv);
int tally_run_complaints(int argc, char **argv);

#endif
