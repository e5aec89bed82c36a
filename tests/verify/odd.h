/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of odd things. Each ends with an empty row.
 */
#ifndef TESTS_VERIFY_ODD_H
#define TESTS_VERIFY_ODD_H

#include <stddef.h>

/* The first `old` becomes `with`. */
struct odd_edit {
	const char *old, *with;
	const char *file; /* of notes */
	const char *who;  /* of notes: who signs the text again; NULL: the whole file is edited */
};
extern const struct odd_edit odd_charters[], odd_notes[], odd_definitions[];
extern const char *const odd_origins[], *const odd_names[], *const odd_files[];
struct odd_roll {
	const char *text;
	size_t len;
};
extern const struct odd_roll odd_rolls[];

#endif
