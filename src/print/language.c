/* SPDX-License-Identifier: Apache-2.0
 *
 * Which language a paper is printed in.
 */
#include "print/paper.h"

#include <stdlib.h>

int paper_language(enum language *out, const char *root, const char *wanted, struct yihu_error *err)
{
	char *letters = wanted ? NULL : paper_option(root, "language");
	const char *name = wanted ? wanted : letters;
	*out = LANGUAGE_DEFAULT;
	int r = name ? words_language(out, name, err) : 0;
	free(letters);
	return r;
}
