/* SPDX-License-Identifier: Apache-2.0
 *
 * The log as the box has committed it.
 */
#include <yihu/names.h>

#include "box_calls.h"
#include "daemon.h"

#define TEXT "text/plain; charset=utf-8"

void log_checkpoint_handle(struct request *r)
{
	committed_checkpoint(r->d->committed, &r->answer.body);
	answer_body(&r->answer, TEXT);
}

void log_at_close_handle(struct request *r)
{
	if (committed_at_close(r->d->committed, &r->answer.body))
		answer_body(&r->answer, TEXT);
	else
		answer_error(&r->answer, HTTP_NOT_FOUND, YIHU_ENOENT,
			     _("the poll is not over: there is no checkpoint at-close yet"));
}

void log_tile_handle(struct request *r)
{
	struct yihu_public_name name = yihu_public_name(r->tail);
	struct yihu_error err = {0};
	int rc = name.kind == YIHU_PUBLIC_TILE
			 ? yihu_box_view_tile(r->d->view, &name.tile, &r->answer.body, &err)
			 : yihu_fail(&err, YIHU_ENOENT, _("there is no %s"), r->tail);
	if (rc != 0)
		answer_refusal(&r->answer, &err);
	else
		answer_body(&r->answer, "application/octet-stream");
}

void log_export_handle(struct request *r)
{
	struct countd *d = r->d;
	struct yihu_error err = {0};
	struct figures f = committed_figures(d->committed);
	int rc = f.closed || f.called_off ? 0
					  : yihu_fail(&err, YIHU_ESTATE,
						      _("the log is not closed yet: the issuer "
							"closes it when the poll is "
							"over"));
	if (rc == 0) {
		pthread_mutex_lock(&d->box_lock);
		rc = yihu_box_export(d->box, &err);
		pthread_mutex_unlock(&d->box_lock);
	}
	if (rc != 0)
		answer_refusal(&r->answer, &err);
	else
		answer_body(&r->answer, TEXT);
}
