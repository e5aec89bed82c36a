/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture made anew: the child's points, and what it says when there are none.
 */
#include "picture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "confined.h"
#include "encode.h"
#include "points.h"

/* The answer: be32 what was found, be32 width, be32 height, the points. */
#define HEAD_BYTES 12
#define CPU_SECONDS 30
#define MEMORY_BYTES ((uint64_t)1 << 30)

static void put_be32(uint8_t to[static 4], uint32_t n)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(n >> (24 - 8 * i));
}

/* In the child. */
static void decode(int to, const void *bytes, size_t len)
{
	struct raster r = {0};
	const struct picture_source s = {.bytes = bytes, .len = len, .side = PICTURE_SIDE_MAX};
	enum picture_found found = picture_decode(&r, &s);
	uint8_t head[HEAD_BYTES];
	put_be32(head, found);
	put_be32(head + 4, r.width);
	put_be32(head + 8, r.height);
	confined_write(to, head, sizeof head);
	if (found == PICTURE_READ)
		confined_write(to, r.rgb, RASTER_BYTES(&r));
}

static int refuse(enum picture_found found, const struct raster *r, struct yihu_error *err)
{
	switch (found) {
	case PICTURE_NONE:
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is no JPEG, PNG or WebP picture; save it as one of them"));
	case PICTURE_HEIC:
		return yihu_fail(
			err, YIHU_EFORMAT,
			_("this is a HEIC picture, as iPhones make them; save it as JPEG"));
	case PICTURE_TOO_MANY:
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("the picture has %u × %u points, and no more than %u million "
				   "are read; save it smaller"),
				 r->width, r->height, PICTURE_POINTS_MAX / 1000000);
	case PICTURE_MOVING:
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the picture moves; save one still picture of it"));
	case PICTURE_TOO_DEAR:
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("the picture takes too much memory or time to read; save it "
				   "anew as JPEG, with at most 4000 points on its longer side"));
	default:
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the picture is damaged or cut off; copy it here again, or "
				   "save it anew"));
	}
}

/* It gave no answer that can be one. */
static int refuse_end(const struct confined_end *end, struct yihu_error *err)
{
	if (end->signal == SIGXCPU || end->signal == SIGKILL)
		return refuse(PICTURE_TOO_DEAR, NULL, err);
	return yihu_fail(err, YIHU_EFORMAT,
			 _("the picture broke the program that reads it, which was stopped (signal "
			   "%d); nothing else was harmed. Do not use this file: save it anew"),
			 end->signal);
}

/* Borrows the points. Nothing that the child says is believed: not that there are
 * as many points, either. */
static int take(struct raster *r, const struct yihu_buf *answer, const struct confined_end *end,
		struct yihu_error *err)
{
	struct yihu_reader reader = yihu_reader(answer->data, answer->len);
	uint32_t found = yihu_read_be32(&reader);
	*r = (struct raster){0};
	r->width = yihu_read_be32(&reader);
	r->height = yihu_read_be32(&reader);
	if (reader.bad || found >= PICTURE_N_FOUND)
		return refuse_end(end, err);
	if (found != PICTURE_READ)
		return refuse((enum picture_found)found, r, err);
	bool sound = r->width >= 1 && r->width <= PICTURE_SIDE_MAX && r->height >= 1 &&
		     r->height <= PICTURE_SIDE_MAX && reader.left == RASTER_BYTES(r);
	if (!sound)
		return refuse_end(end, err);
	r->rgb = answer->data + HEAD_BYTES;
	return 0;
}

int picture_make(struct yihu_buf *jpeg, bool *sealed, const void *bytes, size_t len, size_t most,
		 struct yihu_error *err)
{
	struct confined_limits limits = {
		.cpu_s = CPU_SECONDS,
		.memory = MEMORY_BYTES,
		.answer = HEAD_BYTES + 3 * PICTURE_SIDE_MAX * PICTURE_SIDE_MAX,
	};
	struct confined_end end;
	struct yihu_buf answer = {0};
	struct raster r;
	int rc = confined_run(&answer, &end, &limits, decode, bytes, len, err);
	if (rc == 0)
		rc = take(&r, &answer, &end, err);
	if (rc == 0) {
		picture_encode(jpeg, &r, most);
		*sealed = end.sealed;
	}
	yihu_buf_free(&answer);
	return rc;
}
