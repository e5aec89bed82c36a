/* SPDX-License-Identifier: Apache-2.0
 *
 * What a table of projects can say of each in words.
 */
#ifndef YIHU_LISTS_PROPOSAL_TEXT_H
#define YIHU_LISTS_PROPOSAL_TEXT_H

enum proposal_text {
	T_NAME,
	T_NAME_EN,
	T_TEXT,
	T_TEXT_EN,
	T_PLACE,
	T_PROPOSER,
	T_CATEGORY,
	T_TARGET, /* who has something of it */
	T_CONTACT,
	T_LINK,
	T_IMAGE, /* a file's name */
	N_PROPOSAL_TEXTS
};
/* What an election file calls it: "name", "target", … */
const char *proposal_column(enum proposal_text t);

#endif
