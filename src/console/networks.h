/* SPDX-License-Identifier: Apache-2.0
 *
 * Where other devices reach this computer.
 */
#ifndef YIHU_CONSOLE_NETWORKS_H
#define YIHU_CONSOLE_NETWORKS_H

#include <jansson.h>

/* Its addresses in networks, as ["192.168.1.5"]; none of them loops back. */
json_t *networks_list(void);

#endif
