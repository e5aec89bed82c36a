/* SPDX-License-Identifier: Apache-2.0
 *
 * What a step is called while it is half done: who has, and who has not.
 */
#ifndef YIHU_FOLDER_STEP_WORDS_H
#define YIHU_FOLDER_STEP_WORDS_H

#include "folder/facts.h"

/* struct folder_step's say. Each returns the words of the step of its name as things
 * are, translated; NULL where the step's own words say all. The caller frees. */
typedef char *step_say(const struct folder_facts *x);

step_say say_announce, say_deal, say_accept;
step_say say_deliver, say_daemon, say_vote;
step_say say_broken, say_gone; /* the two boxes that take no ballot */
step_say say_box, say_shuffle, say_open, say_sign, say_sign_clerk;
step_say say_poster_of_results, say_poster_of_end;
step_say say_final, say_retire, say_files_left;

#endif
