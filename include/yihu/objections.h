/* SPDX-License-Identifier: Apache-2.0
 *
 * From the result that is open to objections to the final one (PROTOCOL §10.1):
 * two public notes by the issuer. `preliminary` says until when objections are
 * taken; `final`, afterwards, which were made, what was answered, and whether the
 * result stands. Neither changes a result: an objection that is upheld ends in a
 * new vote.
 */
#ifndef YIHU_OBJECTIONS_H
#define YIHU_OBJECTIONS_H

#include <yihu/complaints.h>

#define YIHU_PRELIMINARY_NOTE_BYTES_MAX (8u << 10)
/* The complaints, and some lines. */
#define YIHU_FINAL_NOTE_BYTES_MAX (72u << 10)

struct yihu_preliminary {
	uint8_t results[32];  /* SHA-256 of the text of the note `results` */
	uint64_t made, until; /* unix seconds */
};
/* Appends the note, signed by the charter's issuer, whose key pair kp is. */
void yihu_preliminary_sign(struct yihu_buf *out, const struct yihu_charter *c,
			   const struct yihu_preliminary *p, const struct yihu_keypair *kp);
/* Form, eid, times (YIHU_ETIME: made before the poll's end, or no time for
 * objections), and the signature of the charter's issuer alone. */
int yihu_preliminary_parse(struct yihu_preliminary *out, const void *bytes, size_t len,
			   const struct yihu_charter *c, struct yihu_error *err);

struct yihu_final {
	uint8_t preliminary[32];           /* SHA-256 of the file `preliminary` */
	uint8_t results_json[32];          /* SHA-256 of the file */
	uint32_t upheld;                   /* of the objections filed; not 0: there is a new vote */
	struct yihu_complaints complaints; /* made: when this note was */
};
/* As above. */
void yihu_final_sign(struct yihu_buf *out, const struct yihu_charter *c, const struct yihu_final *f,
		     const struct yihu_keypair *kp);
/* As above; which files it names is for the caller to compare. Caller frees. */
int yihu_final_parse(struct yihu_final *out, const void *bytes, size_t len,
		     const struct yihu_charter *c, struct yihu_error *err);
/* Frees the answers and leaves f empty. */
void yihu_final_finish(struct yihu_final *f);

/* How the result stands, for whoever draws it. All zero: final at once, as in an
 * election from before there were objections. */
struct yihu_standing {
	uint64_t until; /* objections are taken until then; 0: never were */
	bool final;
	struct yihu_final statement; /* with final */
};
/* Of the files as they are, each NULL where it is not there. Caller finishes. Which
 * files they name is not compared: the audit does. */
int yihu_standing_read(struct yihu_standing *out, const struct yihu_buf *preliminary,
		       const struct yihu_buf *final, const struct yihu_charter *c,
		       struct yihu_error *err);
/* The complaints that are shown with it: those of the final statement, else those
 * recorded until now (NULL: none). Borrowed from either. */
const struct yihu_complaints *yihu_standing_complaints(const struct yihu_standing *s,
						       const struct yihu_complaints *recorded);
/* Frees the statement and leaves s empty. */
void yihu_standing_finish(struct yihu_standing *s);

#endif
