/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening the box that is to be served.
 */
#ifndef YIHU_COUNTD_BOX_TO_SERVE_H
#define YIHU_COUNTD_BOX_TO_SERVE_H

#include <yihu/error.h>

struct countd;
/* d->box, and all that shows it. Says meanwhile how far it is. */
int countd_open_box(struct countd *d, struct yihu_error *err);

#endif
