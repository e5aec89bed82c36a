/* SPDX-License-Identifier: Apache-2.0
 *
 * What leaves the printer: the letters' QR codes and the list for mail merge.
 * Everything here is secret: whoever has a letter votes with it.
 */
#ifndef YIHU_PRINT_H
#define YIHU_PRINT_H

#include <sys/types.h>

#include <yihu/token.h>

/* A module of a letter's code: whole dots of a 600 dpi printer. */
#define PAGE_MODULE_MM (18.0 * 25.4 / 600.0)

/* One letter to make. SECRET. */
struct letter {
	const struct yihu_token *token;
	const char *household;       /* label of the roll */
	const char *building, *name; /* "" when unknown */
	uint32_t replaces;           /* 0: none */
};

/* Where QR codes and lists of this election's letters take their fixed parts. */
struct letter_style {
	struct yihu_buf prefix; /* "https://HOST/v#", empty for count desk only */
	uint8_t eid[YIHU_EID_BYTES];
};
/* url NULL: count desk only. YIHU_EARG as yihu_token_url_prefix says. */
int letter_style_init(struct letter_style *s, const char *url,
		      const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err);
/* Frees the prefix. */
void letter_style_finish(struct letter_style *s);

/* qr.c: the code of a token as SVG and as PNG. SECRET. */
int letter_qr_svg(struct yihu_buf *out, const struct letter_style *s, const struct yihu_token *t,
		  struct yihu_error *err);
int letter_qr_png(struct yihu_buf *out, const struct letter_style *s, const struct yihu_token *t,
		  struct yihu_error *err);

typedef void letter_run(void *context, int x, int y, int n);
/* The same as runs of dark modules, a row at a time; x and y count modules with
 * the quiet zone, which side includes. run NULL: only side. SECRET. */
int letter_qr_runs(const struct letter_style *s, const struct yihu_token *t, letter_run *run,
		   void *context, int *side, struct yihu_error *err);
/* The code of any text, at level M. */
int text_qr_runs(const char *text, letter_run *run, void *context, int *side,
		 struct yihu_error *err);

/* letter_files.c: the first line of the mail-merge list, and a letter's.
 * SECRET. */
void letter_list_head(struct yihu_buf *list);
void letter_list_line(struct yihu_buf *list, const struct letter_style *s, const struct letter *l);

#endif
