/* SPDX-License-Identifier: Apache-2.0
 *
 * Host and port of a URL, and the origins built on them.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include <yihu/charter.h>

#include "host.h"

#define HOST_MAX 253 /* RFC 1035: longest name as text */
#define LABEL_MAX 63

static bool label_valid(struct yihu_span s)
{
	if (s.len < 1 || s.len > LABEL_MAX || s.p[0] == '-' || s.p[s.len - 1] == '-')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return true;
}

static struct yihu_span until(struct yihu_span s, const char *stops)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] == '\0' || strchr(stops, s.p[i]))
			return (struct yihu_span){s.p, i};
	return s;
}

static struct yihu_span after(struct yihu_span s, size_t n)
{
	return (struct yihu_span){s.p + n, s.len - n};
}

static bool address(int family, struct yihu_span host, uint8_t out[static 16])
{
	char text[INET6_ADDRSTRLEN];
	if (host.len >= sizeof(text))
		return false;
	memcpy(text, host.p, host.len);
	text[host.len] = '\0';
	return inet_pton(family, text, out) == 1;
}

/* A name whose last label begins with a digit is an IPv4 address to a browser,
 * in spellings ("10.1", "0x7f.1") that people read wrongly: only the full
 * dotted form is one here. */
static bool name_valid(struct yihu_span host)
{
	struct yihu_span rest = host, label;
	uint8_t ip[16];
	if (host.len > HOST_MAX)
		return false;
	for (;;) {
		label = until(rest, ".");
		if (!label_valid(label))
			return false;
		if (label.len == rest.len)
			break;
		rest = after(rest, label.len + 1);
	}
	return !isdigit((unsigned char)label.p[0]) || address(AF_INET, host, ip);
}

/* The host without its port; for IPv6 with its brackets. */
static struct yihu_span host_of(struct yihu_span host_port)
{
	struct yihu_span host;
	if (host_port.len == 0 || host_port.p[0] != '[')
		return until(host_port, ":");
	host = until(host_port, "]");
	if (host.len < host_port.len)
		host.len++;
	return host;
}

static bool ipv6(struct yihu_span host, uint8_t out[static 16])
{
	if (host.len < 3 || host.p[0] != '[' || host.p[host.len - 1] != ']')
		return false;
	for (size_t i = 0; i < host.len; i++)
		if (isupper((unsigned char)host.p[i]))
			return false;
	return address(AF_INET6, (struct yihu_span){host.p + 1, host.len - 2}, out);
}

bool yihu_host_next(struct yihu_span *rest, struct yihu_span *host_port)
{
	struct yihu_span hp = until(*rest, "/?#"), host = host_of(hp), port = after(hp, host.len);
	uint64_t number;
	uint8_t ip[16];
	if (!name_valid(host) && !ipv6(host, ip))
		return false;
	if (port.len > 0 &&
	    (port.p[0] != ':' || !yihu_decimal(&number, after(port, 1), 65535) || number == 0))
		return false;
	*rest = after(*rest, hp.len);
	*host_port = hp;
	return true;
}

bool yihu_host_is_private(struct yihu_span host_port)
{
	static const uint8_t loopback6[16] = {[15] = 1};
	struct yihu_span host = host_of(host_port);
	uint8_t ip[16];
	if (yihu_span_is(host, "localhost"))
		return true;
	if (ipv6(host, ip))
		return memcmp(ip, loopback6, sizeof(ip)) == 0 || (ip[0] & 0xfe) == 0xfc;
	if (!address(AF_INET, host, ip))
		return false;
	return ip[0] == 127 || ip[0] == 10 || (ip[0] == 172 && (ip[1] & 0xf0) == 16) ||
	       (ip[0] == 192 && ip[1] == 168) || (ip[0] == 169 && ip[1] == 254);
}

/* One path segment: RFC 3986's pchar without '+', which no key's name holds,
 * and not "." or "..", which a browser takes out of a path. */
static bool segment_valid(struct yihu_span s)
{
	if (s.len == 0 || yihu_span_is(s, ".") || yihu_span_is(s, ".."))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '%') {
			if (s.len - i < 3 || !isxdigit((unsigned char)s.p[i + 1]) ||
			    !isxdigit((unsigned char)s.p[i + 2]))
				return false;
			i += 2;
		} else if (c >= 0x80 || (!isalnum(c) && !strchr("-._~!$&'()*,;=:@", c))) {
			return false;
		}
	}
	return true;
}

bool yihu_origin_valid(const char *origin)
{
	struct yihu_span rest = yihu_span(origin), host;
	if (rest.len > YIHU_NAME_MAX || !yihu_host_next(&rest, &host))
		return false;
	while (rest.len > 0) {
		struct yihu_span segment;

		if (rest.p[0] != '/')
			return false;
		rest = after(rest, 1);
		segment = until(rest, "/");
		if (!segment_valid(segment))
			return false;
		rest = after(rest, segment.len);
	}
	return true;
}
