/* SPDX-License-Identifier: Apache-2.0
 *
 * What the HTTP side asks of the box side. Everything else it answers by itself.
 */
#ifndef YIHU_COUNTD_CALL_H
#define YIHU_COUNTD_CALL_H

/* So many can be under way: one a connection, the auditor's, and that of whoever asks for
 * metrics. */
#define CALLS_AT_ONCE(connections) ((unsigned)(connections) + 2)

enum call {
	CALL_BALLOT = 1, /* body: a ballot; tail: the header Yihu-Work, "" without one */
	CALL_ENTRY,      /* body: letter, then body of R, C, X or W */
	CALL_STATE,
	CALL_TURNOUT,
	CALL_CREDENTIAL, /* tail: a serial */
	CALL_SERIAL,     /* tail: a serial */
	CALL_CODE,       /* tail: a ballot code */
	CALL_CHECKPOINT,
	CALL_AT_CLOSE,
	CALL_TILE, /* tail: log/tile/… */
	CALL_HEALTH,
	CALL_METRICS, /* those of the box side */
	CALL_EXPORT,  /* the closed log into public/log; the answer's body is empty */
	N_CALLS
};

#endif
