/* SPDX-License-Identifier: Apache-2.0
 *
 * Complaints about an election, and what the committee answered in public:
 * shown beside the results, and no part of them (the audit passes over site/).
 *
 * A note by the issuer, site/complaints.txt:
 *
 *     yihu-complaints-v1
 *     eid <hex>
 *     made <time>            of two, the later one holds
 *     filed <number>
 *     answer <line>          an answer's first line
 *     more <line>            its further lines; then the next answer
 */
#ifndef YIHU_COMPLAINTS_H
#define YIHU_COMPLAINTS_H

#include <yihu/charter.h>

#define YIHU_COMPLAINTS_FILE "site/complaints.txt"

struct yihu_complaints {
	uint64_t made; /* unix seconds; 0: there is no note, none were recorded */
	uint32_t filed;
	size_t n_answers;
	char **answers; /* lines parted by LF, none empty */
};
/* Frees the answers and leaves c empty. */
void yihu_complaints_free(struct yihu_complaints *c);

/* The note's text, to be signed. */
void yihu_complaints_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			  const struct yihu_complaints *c);
/* YIHU_EELECTION: of another election. YIHU_ESIGNATURE, YIHU_ESIGNERS: not the
 * issuer's alone. YIHU_EFORMAT: other lines, or more answers than were filed. */
int yihu_complaints_parse(struct yihu_complaints *out, const void *bytes, size_t len,
			  const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_vkey *issuer,
			  struct yihu_error *err);

/* Puts the answers of a text that somebody wrote in place of c's: empty lines
 * part one from the next; a BOM, CRLF and tabs are taken. YIHU_EFORMAT names
 * the line. */
int yihu_complaints_take_answers(struct yihu_complaints *c, const void *text, size_t len,
				 struct yihu_error *err);

#endif
