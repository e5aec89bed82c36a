/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of what is said (proposal_text.h).
 */
#include "lists/proposal_text.h"

const char *proposal_column(enum proposal_text t)
{
	static const char *const columns[N_PROPOSAL_TEXTS] = {
		[T_NAME] = "name",         [T_NAME_EN] = "name_en",
		[T_TEXT] = "description",  [T_TEXT_EN] = "description_en",
		[T_PLACE] = "place",       [T_PROPOSER] = "proposer",
		[T_CATEGORY] = "category", [T_TARGET] = "target",
		[T_CONTACT] = "contact",   [T_LINK] = "link",
		[T_IMAGE] = "image",
	};
	return columns[t];
}
