/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is at the other end: the address of a connection, or the one that a trusted
 * proxy names in X-Forwarded-For, in the form in which they are compared.
 */
#ifndef YIHU_COUNTD_ADDRESSES_H
#define YIHU_COUNTD_ADDRESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <yihu/error.h>

enum address_kind {
	ADDRESS_NONE, /* nobody in particular */
	ADDRESS_V4,
	ADDRESS_V6,
	ADDRESS_UNIX /* a program of this computer, by a socket with a path */
};
struct address {
	enum address_kind kind;
	uint8_t bytes[16]; /* 4 of them, 16, or none; the others are zero */
};
/* An IPv4 address within IPv6 (::ffff:…) is that IPv4 address. NULL: none. */
struct address address_from(const struct sockaddr *from);
bool address_is_loopback(const struct address *a);
/* What a household or a company has: of IPv6 the /64. */
struct address address_household(const struct address *a);
/* What a provider gives out at once: of IPv6 the /48. */
struct address address_network(const struct address *a);
bool address_same(const struct address *a, const struct address *b);

/* The last address of a header X-Forwarded-For, which the proxy itself wrote; what
 * stands before it anybody may have. With or without a port, IPv6 with or without
 * brackets. false, *out untouched: it is no address. */
bool address_forwarded(struct address *out, const char *header);

/* Addresses that begin alike. */
struct address_range {
	struct address from;
	unsigned bits;
};
/* "192.0.2.1", "192.0.2.0/24", "2001:db8::/32", "unix". YIHU_EARG. */
int address_range_parse(struct address_range *out, const char *text, struct yihu_error *err);
bool address_within(const struct address *a, const struct address_range *ranges, size_t n);

#endif
