/* SPDX-License-Identifier: Apache-2.0
 *
 * What programs call a step's actor, kind and state.
 */
#include "folder/step_table.h"

const char *step_actor_name(enum step_actor a)
{
	static const char *const names[] = {"clerk", "key holder", "operator", "household",
					    "auditor"};
	return names[a];
}

const char *step_kind_name(enum step_kind k)
{
	static const char *const names[] = {"moves", "beside", "at will"};
	return names[k];
}

const char *step_state_name(enum step_state s)
{
	static const char *const names[] = {"done", "due", "waiting", "not needed"};
	return names[s];
}
