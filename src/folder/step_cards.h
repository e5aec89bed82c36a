/* SPDX-License-Identifier: Apache-2.0
 *
 * What people have to know of a step before they take it, as a card: the window shows it,
 * `yihu --text` prints it, and `status --json` has it.
 */
#ifndef YIHU_FOLDER_STEP_CARDS_H
#define YIHU_FOLDER_STEP_CARDS_H

/* All N_(). */
struct step_card {
	const char *id;    /* of the step */
	const char *who;   /* must be there */
	const char *hand;  /* what they need in hand */
	const char *time;  /* how long it takes */
	const char *final; /* what cannot be undone */
	const char *act;   /* what is done by hand */
};
/* Borrowed, for ever. NULL: no step is called so; a test holds that each one has a card. */
const struct step_card *step_card(const char *id);

#endif
