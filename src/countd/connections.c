/* SPDX-License-Identifier: Apache-2.0
 *
 * Open connections and their deadlines.
 */
#include "connections.h"

#include <assert.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

void connections_init(struct connections *c)
{
	*c = (struct connections){0};
	pthread_mutex_init(&c->lock, NULL);
}

void connections_finish(struct connections *c)
{
	assert(!c->first);
	pthread_mutex_destroy(&c->lock);
}

static socklen_t address_bytes(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return sizeof(struct sockaddr_in);
	return address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(sa_family_t);
}

struct connection *connections_add(struct connections *c, int fd, const struct sockaddr *address,
				   uint64_t now_ms, uint64_t deadline_ms)
{
	struct connection *one = yihu_calloc(1, sizeof *one);
	one->fd = fd;
	if (address)
		memcpy(&one->address, address, address_bytes(address));
	atomic_init(&one->deadline_ms, deadline_ms);
	atomic_init(&one->receiving, true);
	atomic_init(&one->idle_ms, now_ms);
	pthread_mutex_lock(&c->lock);
	one->next = c->first;
	if (c->first)
		c->first->prev = one;
	c->first = one;
	c->n++;
	pthread_mutex_unlock(&c->lock);
	return one;
}

void connections_remove(struct connections *c, struct connection *one)
{
	pthread_mutex_lock(&c->lock);
	if (one->prev)
		one->prev->next = one->next;
	else
		c->first = one->next;
	if (one->next)
		one->next->prev = one->prev;
	c->n--;
	pthread_mutex_unlock(&c->lock);
	free(one);
}

unsigned connections_count(struct connections *c)
{
	pthread_mutex_lock(&c->lock);
	unsigned n = c->n;
	pthread_mutex_unlock(&c->lock);
	return n;
}

/* The bytes by which an address is counted; 0 for loopback and the unknown. */
static size_t key_of(const struct sockaddr *address, uint8_t key[static 8])
{
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const void *)address;
		memcpy(key, &v4->sin_addr, 4);
		return key[0] == 127 ? 0 : 4;
	}
	if (address->sa_family != AF_INET6)
		return 0;
	const struct sockaddr_in6 *v6 = (const void *)address;
	if (IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr))
		return 0;
	if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
		memcpy(key, v6->sin6_addr.s6_addr + 12, 4);
		return key[0] == 127 ? 0 : 4;
	}
	memcpy(key, v6->sin6_addr.s6_addr, 8);
	return 8;
}

unsigned connections_of(struct connections *c, const struct sockaddr *address)
{
	uint8_t wanted[8], key[8];
	size_t len = key_of(address, wanted);
	unsigned n = 0;
	if (len == 0)
		return 0;
	pthread_mutex_lock(&c->lock);
	for (struct connection *one = c->first; one; one = one->next)
		if (key_of((const struct sockaddr *)&one->address, key) == len &&
		    memcmp(key, wanted, len) == 0)
			n++;
	pthread_mutex_unlock(&c->lock);
	return n;
}

static void shut_down(struct connection *one, bool plain)
{
	static const char late[] = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n"
				   "Connection: close\r\n\r\n";
	if (plain && atomic_load(&one->receiving))
		send(one->fd, late, sizeof late - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	shutdown(one->fd, SHUT_RDWR);
	atomic_store(&one->deadline_ms, 0);
}

static bool goes_before(const struct connection *a, const struct connection *b)
{
	bool served_a = atomic_load(&a->served) > 0, served_b = atomic_load(&b->served) > 0;
	if (served_a != served_b)
		return served_a;
	/* Those behind in the list came earlier. */
	return atomic_load(&a->idle_ms) <= atomic_load(&b->idle_ms);
}

bool connections_relieve(struct connections *c, unsigned most)
{
	struct connection *worst = NULL;
	pthread_mutex_lock(&c->lock);
	for (struct connection *one = c->n > most ? c->first : NULL; one; one = one->next)
		if (atomic_load(&one->idle_ms) > 0 && (!worst || goes_before(one, worst)))
			worst = one;
	if (worst) {
		atomic_store(&worst->idle_ms, 0); /* not chosen again while it ends */
		shutdown(worst->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&c->lock);
	return worst != NULL;
}

unsigned connections_reap(struct connections *c, uint64_t now_ms, bool plain)
{
	unsigned n = 0;
	pthread_mutex_lock(&c->lock);
	for (struct connection *one = c->first; one; one = one->next) {
		uint64_t deadline = atomic_load(&one->deadline_ms);
		if (deadline == 0 || now_ms < deadline)
			continue;
		shut_down(one, plain);
		n++;
	}
	pthread_mutex_unlock(&c->lock);
	return n;
}
