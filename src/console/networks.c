/* SPDX-License-Identifier: Apache-2.0
 *
 * By getifaddrs(3); IPv4, as a person can type it.
 */
#include "networks.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdbool.h>

static bool is_one(const struct ifaddrs *a)
{
	return a->ifa_addr && a->ifa_addr->sa_family == AF_INET && (a->ifa_flags & IFF_UP) &&
	       !(a->ifa_flags & IFF_LOOPBACK);
}

json_t *networks_list(void)
{
	struct ifaddrs *all = NULL;
	char text[INET_ADDRSTRLEN];
	json_t *list = json_array();
	if (getifaddrs(&all) != 0)
		return list;
	for (const struct ifaddrs *a = all; a; a = a->ifa_next)
		if (is_one(a) &&
		    inet_ntop(AF_INET,
			      &((const struct sockaddr_in *)(const void *)a->ifa_addr)->sin_addr,
			      text, sizeof text))
			json_array_append_new(list, json_string(text));
	freeifaddrs(all);
	return list;
}
