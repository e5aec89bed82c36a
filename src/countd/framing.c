/* SPDX-License-Identifier: Apache-2.0
 *
 * Headers that are counted before anything is believed of them.
 */
#include "framing.h"

#include <string.h>
#include <yihu/text.h>

struct framing_seen {
	unsigned hosts, lengths, encodings;
	bool wrong;
};

/* A name as RFC 9110 §5.1 has it has no blank in it or behind it. */
static bool name_ok(const char *name)
{
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7f)
			return false;
	return *name != '\0';
}

static enum MHD_Result see(void *context, enum MHD_ValueKind kind, const char *name,
			   const char *value)
{
	struct framing_seen *s = context;
	(void)kind;
	if (!name_ok(name)) {
		s->wrong = true;
	} else if (strcasecmp(name, "Host") == 0) {
		s->hosts++;
	} else if (strcasecmp(name, "Content-Length") == 0) {
		s->lengths++;
		s->wrong = s->wrong || !value || *value == '\0' ||
			   value[strspn(value, "0123456789")] != '\0';
	} else if (strcasecmp(name, "Transfer-Encoding") == 0) {
		s->encodings++;
		s->wrong = s->wrong || !value || strcasecmp(value, "chunked") != 0;
	}
	return MHD_YES;
}

enum framing framing_of(struct MHD_Connection *connection, const char *version)
{
	struct framing_seen s = {0};
	MHD_get_connection_values(connection, MHD_HEADER_KIND, see, &s);
	bool old = strcmp(version, "HTTP/1.1") != 0;
	if (s.wrong || s.hosts > 1 || s.lengths + s.encodings > 1 || (s.encodings > 0 && old))
		return FRAMING_WRONG;
	if (s.encodings > 0)
		return FRAMING_CHUNKS;
	return s.lengths + s.encodings > 0 ? FRAMING_BODY : FRAMING_NONE;
}

const char *path_of(const char *target)
{
	size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
			: strncasecmp(target, "https://", 8) == 0 ? 8
								  : 0;
	if (scheme == 0)
		return target;
	const char *path = strchr(target + scheme, '/');
	return path ? path : "/";
}
