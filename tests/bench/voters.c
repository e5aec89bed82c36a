/* SPDX-License-Identifier: Apache-2.0
 *
 * Honest voters, one thread for all of them.
 */
#include "voters.h"

#include <assert.h>
#include <load.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "caller.h"
#include "crypto/proof_of_work.h"
#include "measure.h"

/* As web/ui/voting.ts waits, and web/ui/api.ts for an answer. */
static const double wait_s[] = {1, 2, 4, 8};
#define WAITS (sizeof wait_s / sizeof *wait_s)
#define WAIT_S_MAX 15.0
#define ASK_S 10.0

#define VOTERS_NET 0x7f010001u /* 127.1.0.1 and on */

struct voter {
	struct caller caller;
	const struct yihu_buf *ballot;
	struct yihu_buf request;
	uint32_t address;
	unsigned tries;
	bool ended; /* it has its receipt, or its patience was over when that came */
	double wished, asked, again; /* seconds: when; `again` while no question is under way */
};
struct crowd {
	struct voter *all;
	uint32_t n, begun, ended, served;
	int epoll, port;
	double *latency_us;
};

static double now_s(void)
{
	return measure_us(CLOCK_MONOTONIC) / 1e6;
}

static void again_later(struct voter *v, unsigned retry_after)
{
	double least = v->tries <= WAITS ? wait_s[v->tries - 1] : WAIT_S_MAX;
	caller_close(&v->caller);
	v->again = now_s() + fmin(fmax(retry_after, least), WAIT_S_MAX);
}

static void ask(struct crowd *c, struct voter *v)
{
	v->tries++;
	v->asked = now_s();
	caller_ask(&v->caller, v->request.data, v->request.len);
	if (!caller_open(&v->caller, c->epoll, v, v->address, c->port))
		again_later(v, 0);
}

/* header: a line more, with its CRLF, or "". */
static void put_request(struct voter *v, const char *header)
{
	yihu_buf_reset(&v->request);
	yihu_buf_fmt(&v->request,
		     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		     "%sContent-Length: %zu\r\n\r\n",
		     header, v->ballot->len);
	yihu_buf_put(&v->request, v->ballot->data, v->ballot->len);
}

static void begin(struct crowd *c, struct voter *v, const struct yihu_buf *ballot, double wished)
{
	*v = (struct voter){.caller.fd = -1,
			    .ballot = ballot,
			    .wished = wished,
			    .address = VOTERS_NET + c->begun};
	put_request(v, "");
	c->begun++;
	ask(c, v);
}

/* As the page does: what the answer asks for. */
static bool does_work(struct crowd *c, struct voter *v)
{
	static const char nonce[] = "\"nonce\":\"", bits[] = "\"bits\":";
	const struct yihu_buf *in = &v->caller.in;
	const char *n = memmem(in->data, in->len, nonce, strlen(nonce));
	const char *b = memmem(in->data, in->len, bits, strlen(bits));
	struct work_ask asked = {.bits = b ? (unsigned)strtoul(b + strlen(bits), NULL, 10) : 0};
	struct yihu_buf header = {0};
	if (!n || !b ||
	    !yihu_unhex(asked.nonce, sizeof asked.nonce,
			(struct yihu_span){n + strlen(nonce), 2 * sizeof asked.nonce}))
		return false;
	yihu_buf_str(&header, WORK_HEADER ": ");
	work_write(&header, &asked, work_do(&asked, v->ballot->data, v->ballot->len));
	yihu_buf_str(&header, "\r\n");
	put_request(v, (const char *)header.data);
	yihu_buf_free(&header);
	caller_close(&v->caller);
	ask(c, v);
	return true;
}

static void go_on(struct crowd *c, struct voter *v)
{
	int status = v->caller.fd >= 0 ? caller_step(&v->caller) : 0;
	if (status == 0)
		return;
	if (status == 503 && does_work(c, v))
		return;
	if (status != 200 && status != 201) {
		again_later(v, status > 0 ? caller_retry_after(&v->caller) : 0);
		return;
	}
	double took = now_s() - v->wished;
	caller_close(&v->caller);
	v->ended = true;
	c->ended++;
	if (took <= VOTERS_PATIENCE_S)
		c->latency_us[c->served++] = took * 1e6;
}

/* Those whose wait is over ask again; those whose question was not answered give it up. */
static void look_after(struct crowd *c)
{
	double now = now_s();
	for (uint32_t i = 0; i < c->begun; i++) {
		struct voter *v = &c->all[i];
		if (v->ended)
			continue;
		if (v->caller.fd >= 0 && now - v->asked > ASK_S)
			again_later(v, 0);
		else if (v->caller.fd < 0 && now >= v->again)
			ask(c, v);
	}
}

static void serve(struct crowd *c, uint32_t first, double rate)
{
	struct epoll_event ready[64];
	double from = now_s(), last = from;
	while (c->ended < c->n && now_s() - last < VOTERS_PATIENCE_S) {
		while (c->begun < c->n && (now_s() - from) * rate >= c->begun) {
			last = from + c->begun / rate;
			begin(c, &c->all[c->begun], &load_homes[first + c->begun].ballot, last);
		}
		int n = epoll_wait(c->epoll, ready, sizeof ready / sizeof *ready, 2);
		for (int i = 0; i < n; i++)
			go_on(c, ready[i].data.ptr);
		look_after(c);
	}
}

static struct voters sum_up(struct crowd *c)
{
	struct voters r = {.n = c->n, .served = c->served};
	for (uint32_t i = 0; i < c->n; i++)
		r.tries += c->all[i].tries;
	if (r.served == 0)
		return r;
	r.p50_ms = measure_median(c->latency_us, r.served) / 1e3;
	r.p99_ms = c->latency_us[(size_t)r.served * 99 / 100] / 1e3;
	r.max_ms = c->latency_us[r.served - 1] / 1e3;
	return r;
}

struct voters voters_run(int port, uint32_t first, uint32_t n, double rate)
{
	struct crowd c = {.n = n, .port = port, .epoll = epoll_create1(EPOLL_CLOEXEC)};
	assert(c.epoll >= 0);
	c.all = yihu_calloc(n, sizeof *c.all);
	c.latency_us = yihu_calloc(n, sizeof *c.latency_us);
	serve(&c, first, rate);
	struct voters r = sum_up(&c);
	for (uint32_t i = 0; i < c.begun; i++) {
		caller_close(&c.all[i].caller);
		yihu_buf_free(&c.all[i].caller.in);
		yihu_buf_free(&c.all[i].request);
	}
	close(c.epoll);
	free(c.latency_us);
	free(c.all);
	return r;
}
