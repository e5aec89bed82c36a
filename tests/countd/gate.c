/* SPDX-License-Identifier: Apache-2.0
 *
 * A gate before signatures.
 */
#include "gate.h"

#include <pthread.h>
#include <string.h>

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool shut;
	unsigned lets[GATE_SERIALS + 1];  /* so many of a serial through, all the same */
	unsigned held;                    /* verifiers */
	unsigned begun[GATE_SERIALS + 1]; /* of each serial */
} gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void pass_gate(uint32_t serial)
{
	pthread_mutex_lock(&gate.lock);
	gate.begun[serial]++;
	gate.held++;
	pthread_cond_broadcast(&gate.changed);
	while (gate.shut && gate.lets[serial] == 0)
		pthread_cond_wait(&gate.changed, &gate.lock);
	if (gate.shut)
		gate.lets[serial]--;
	gate.held--;
	pthread_mutex_unlock(&gate.lock);
}

/* The linker puts each first one in the other's place. */
int __wrap_yihu_ballot_check_signature(const struct yihu_ballot *b, const void *bytes, size_t len,
				       const uint8_t eid[], struct yihu_error *err);
int __real_yihu_ballot_check_signature(const struct yihu_ballot *b, const void *bytes, size_t len,
				       const uint8_t eid[], struct yihu_error *err);
bool __wrap_yihu_change_signed(const struct yihu_change *c, const uint8_t eid[],
			       const uint8_t issuer_pk[]);
bool __real_yihu_change_signed(const struct yihu_change *c, const uint8_t eid[],
			       const uint8_t issuer_pk[]);

int __wrap_yihu_ballot_check_signature(const struct yihu_ballot *b, const void *bytes, size_t len,
				       const uint8_t eid[], struct yihu_error *err)
{
	pass_gate(b->serial);
	return __real_yihu_ballot_check_signature(b, bytes, len, eid, err);
}

bool __wrap_yihu_change_signed(const struct yihu_change *c, const uint8_t eid[],
			       const uint8_t issuer_pk[])
{
	pass_gate(c->old_serial);
	return __real_yihu_change_signed(c, eid, issuer_pk);
}

void gate_set(bool shut)
{
	pthread_mutex_lock(&gate.lock);
	gate.shut = shut;
	memset(gate.lets, 0, sizeof gate.lets);
	pthread_cond_broadcast(&gate.changed);
	pthread_mutex_unlock(&gate.lock);
}

void gate_let(uint32_t serial)
{
	pthread_mutex_lock(&gate.lock);
	gate.lets[serial]++;
	pthread_cond_broadcast(&gate.changed);
	pthread_mutex_unlock(&gate.lock);
}

unsigned gate_begun(uint32_t serial)
{
	pthread_mutex_lock(&gate.lock);
	unsigned n = gate.begun[serial];
	pthread_mutex_unlock(&gate.lock);
	return n;
}

void gate_wait_held(unsigned n)
{
	pthread_mutex_lock(&gate.lock);
	while (gate.held < n)
		pthread_cond_wait(&gate.changed, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
}

void gate_open_anew(void)
{
	gate_set(false);
	pthread_mutex_lock(&gate.lock);
	memset(gate.begun, 0, sizeof gate.begun);
	pthread_mutex_unlock(&gate.lock);
}
