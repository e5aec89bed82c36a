/* SPDX-License-Identifier: Apache-2.0
 *
 * What the Pabulib collection's own checker asks of a file.
 */
#ifndef TEST_PUBLISH_COLLECTION_H
#define TEST_PUBLISH_COLLECTION_H

#include <yihu/bytes.h>

/* Fails the test where the file breaks one of the rules. */
void collection_hold(const struct yihu_buf *file);

#endif
