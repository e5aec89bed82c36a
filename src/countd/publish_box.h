/* SPDX-License-Identifier: Apache-2.0
 *
 * What the box holds now, for those who read it without box_lock.
 */
#ifndef YIHU_COUNTD_PUBLISH_BOX_H
#define YIHU_COUNTD_PUBLISH_BOX_H

struct countd;
/* Under box_lock, or while no thread runs yet. */
void countd_publish(struct countd *d);

#endif
