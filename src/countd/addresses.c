/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses, and ranges of them.
 */
#include "addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <yihu/text.h>

#define HOUSEHOLD_BYTES 8 /* of IPv6: a /64, and … */
#define NETWORK_BYTES 6   /* … a /48 */
#define BLANKS " \t"

static struct address of_v6(const uint8_t bytes[static 16])
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct address a = {.kind = ADDRESS_V6};
	if (memcmp(bytes, mapped, sizeof mapped) == 0) {
		a.kind = ADDRESS_V4;
		memcpy(a.bytes, bytes + sizeof mapped, 4);
	} else {
		memcpy(a.bytes, bytes, 16);
	}
	return a;
}

struct address address_from(const struct sockaddr *from)
{
	struct address a = {.kind = ADDRESS_NONE};
	if (!from)
		return a;
	if (from->sa_family == AF_UNIX)
		a.kind = ADDRESS_UNIX;
	if (from->sa_family == AF_INET6)
		return of_v6(((const struct sockaddr_in6 *)(const void *)from)->sin6_addr.s6_addr);
	if (from->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const void *)from;
		a.kind = ADDRESS_V4;
		memcpy(a.bytes, &v4->sin_addr, 4);
	}
	return a;
}

bool address_is_loopback(const struct address *a)
{
	static const uint8_t one[16] = {[15] = 1};
	return (a->kind == ADDRESS_V4 && a->bytes[0] == 127) ||
	       (a->kind == ADDRESS_V6 && memcmp(a->bytes, one, sizeof one) == 0);
}

static struct address beginning(const struct address *a, size_t of_v6)
{
	struct address all = *a;
	if (a->kind == ADDRESS_V6)
		memset(all.bytes + of_v6, 0, sizeof all.bytes - of_v6);
	return all;
}

struct address address_household(const struct address *a)
{
	return beginning(a, HOUSEHOLD_BYTES);
}

struct address address_network(const struct address *a)
{
	return beginning(a, NETWORK_BYTES);
}

bool address_same(const struct address *a, const struct address *b)
{
	return a->kind == b->kind && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* ---- text ---- */

static bool from_text(struct address *out, struct yihu_span text)
{
	char copy[INET6_ADDRSTRLEN];
	uint8_t bytes[16] = {0};
	if (text.len == 0 || text.len >= sizeof copy || memchr(text.p, '\0', text.len))
		return false;
	memcpy(copy, text.p, text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET, copy, bytes) == 1) {
		*out = (struct address){.kind = ADDRESS_V4};
		memcpy(out->bytes, bytes, 4);
		return true;
	}
	if (inet_pton(AF_INET6, copy, bytes) != 1)
		return false;
	*out = of_v6(bytes);
	return true;
}

static bool is_port(const char *text, size_t len)
{
	uint64_t port;
	return yihu_decimal(&port, (struct yihu_span){text, len}, 65535);
}

/* "[ADDR]" or "[ADDR]:PORT" */
static bool from_brackets(struct address *out, struct yihu_span text)
{
	const char *end = memchr(text.p, ']', text.len);
	struct address a;
	if (!end)
		return false;
	size_t len = (size_t)(end - text.p) - 1, behind = text.len - len - 2;
	if (behind > 0 && (end[1] != ':' || !is_port(end + 2, behind - 1)))
		return false;
	if (!from_text(&a, (struct yihu_span){text.p + 1, len}) || !memchr(text.p, ':', len + 1))
		return false;
	*out = a;
	return true;
}

/* With one colon what stands behind it is a port; with more it is IPv6. */
static bool from_hop(struct address *out, struct yihu_span text)
{
	const char *colon = memchr(text.p, ':', text.len);
	if (text.len > 0 && *text.p == '[')
		return from_brackets(out, text);
	size_t host = colon ? (size_t)(colon - text.p) : text.len;
	if (!colon || memchr(colon + 1, ':', text.len - host - 1))
		return from_text(out, text);
	return is_port(colon + 1, text.len - host - 1) &&
	       from_text(out, (struct yihu_span){text.p, host});
}

bool address_forwarded(struct address *out, const char *header)
{
	const char *comma = strrchr(header, ','), *hop = comma ? comma + 1 : header;
	hop += strspn(hop, BLANKS);
	size_t len = strlen(hop);
	while (len > 0 && strchr(BLANKS, hop[len - 1]))
		len--;
	return from_hop(out, (struct yihu_span){hop, len});
}

/* ---- ranges ---- */

static unsigned bits_of(enum address_kind kind)
{
	return kind == ADDRESS_V4 ? 32 : kind == ADDRESS_V6 ? 128 : 0;
}

int address_range_parse(struct address_range *out, const char *text, struct yihu_error *err)
{
	const char *slash = strchrnul(text, '/');
	struct address from = {.kind = ADDRESS_UNIX};
	uint64_t bits = 0;
	bool ok = strcmp(text, "unix") == 0;
	if (!ok) {
		ok = from_text(&from, (struct yihu_span){text, (size_t)(slash - text)});
		bits = ok ? bits_of(from.kind) : 0;
		if (ok && *slash)
			ok = yihu_decimal(&bits, yihu_span(slash + 1), bits);
	}
	if (!ok)
		return yihu_fail(err, YIHU_EARG,
				 _("“%s” is no address of a proxy; write it as 192.0.2.1, "
				   "192.0.2.0/24, 2001:db8::1, or unix"),
				 text);
	*out = (struct address_range){.from = from, .bits = (unsigned)bits};
	return 0;
}

static bool begins_alike(const struct address *a, const struct address_range *r)
{
	unsigned bytes = r->bits / 8, rest = r->bits % 8;
	if (a->kind != r->from.kind || memcmp(a->bytes, r->from.bytes, bytes) != 0)
		return false;
	return rest == 0 || ((a->bytes[bytes] ^ r->from.bytes[bytes]) >> (8 - rest)) == 0;
}

bool address_within(const struct address *a, const struct address_range *ranges, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (begins_alike(a, &ranges[i]))
			return true;
	return false;
}
