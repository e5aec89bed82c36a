/* SPDX-License-Identifier: Apache-2.0
 *
 * The sleep of a connection whose answer another thread makes.
 */
#include "exchange.h"

void exchange_sleep(struct exchange *x)
{
	x->suspended = true;
	MHD_suspend_connection(x->connection);
}

void exchange_wake(struct exchange *x)
{
	MHD_resume_connection(x->connection);
}
