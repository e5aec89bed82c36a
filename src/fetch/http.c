/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP client over libcurl.
 */
#include "fetch/http.h"

#include <curl/curl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yihu/election.h>
#include <yihu/token.h>

#include "fetch/redirect.h"

#define CONNECT_TIMEOUT_S 10L
/* A daemon that audits a large folder before it takes a file needs minutes. */
#define ANSWER_TIMEOUT_S 600L
#define REDIRECTS_MAX 3
/* A web host that sends less than this is as good as none. */
#define FOLDER_BYTES_PER_S_MIN 1000L
#define FOLDER_STALL_S 60L

struct http_client {
	CURL *curl;
	char *url;   /* without a final '/' */
	char *base;  /* that paths are put after; not url for a socket of this computer */
	bool folder; /* follows redirects, refuses encodings */
	unsigned patience_s;
	char curl_error[CURL_ERROR_SIZE];
};

/* What one call collects. */
struct collected {
	struct yihu_buf *body;
	size_t max;
	bool too_big;
};

static size_t take_body(char *data, size_t size, size_t n, void *context)
{
	struct collected *c = context;
	size_t len = size * n;
	if (len > c->max - c->body->len) {
		c->too_big = true;
		return 0;
	}
	yihu_buf_put(c->body, data, len);
	return len;
}

static void set_up(struct http_client *c)
{
	curl_easy_setopt(c->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
	curl_easy_setopt(c->curl, CURLOPT_TIMEOUT, ANSWER_TIMEOUT_S);
	curl_easy_setopt(c->curl, CURLOPT_ERRORBUFFER, c->curl_error);
	curl_easy_setopt(c->curl, CURLOPT_USERAGENT, "yihu/" YIHU_VERSION);
	curl_easy_setopt(c->curl, CURLOPT_WRITEFUNCTION, take_body);
	/* A proxy of the environment would see which household asks for what. */
	curl_easy_setopt(c->curl, CURLOPT_PROXY, "");
}

#define LOCAL "unix:" /* and the path of a socket: a daemon of this computer */

static bool is_local(const char *url)
{
	return strncmp(url, LOCAL "/", strlen(LOCAL "/")) == 0;
}

static struct http_client *new_client(const char *url)
{
	struct http_client *c = yihu_calloc(1, sizeof *c);
	c->curl = curl_easy_init();
	if (!c->curl)
		abort();
	size_t len = strlen(url);
	c->url = yihu_strndup(url, len > 0 && url[len - 1] == '/' ? len - 1 : len);
	c->base = yihu_strdup(is_local(url) ? "http://localhost" : c->url);
	set_up(c);
	if (is_local(url))
		curl_easy_setopt(c->curl, CURLOPT_UNIX_SOCKET_PATH, c->url + strlen(LOCAL));
	return c;
}

int http_client_new(struct http_client **out, const char *url, struct yihu_error *err)
{
	struct yihu_buf prefix = {0};
	int r = is_local(url) ? 0 : yihu_token_url_prefix(&prefix, url, err);
	yihu_buf_free(&prefix);
	if (r == 0)
		*out = new_client(url);
	return r;
}

static const char *after_scheme(const char *url)
{
	static const char *const schemes[] = {"https://", "http://"};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
			return url + strlen(schemes[i]);
	return NULL;
}

bool http_is_url(const char *text)
{
	return strncasecmp(text, "http://", 7) == 0 || strncasecmp(text, "https://", 8) == 0;
}

int http_client_new_folder(struct http_client **out, const char *url, struct yihu_error *err)
{
	struct http_client *c = new_client(url);
	const char *rest = after_scheme(c->url);
	if (!rest || !yihu_origin_valid(rest)) {
		http_client_free(c);
		return yihu_fail(err, YIHU_EARG,
				 _("“%s” is not an address of a public folder: it must be http:// "
				   "or https://, a host in lower case, perhaps a port and a path, "
				   "and nothing after"),
				 url);
	}
	c->folder = true;
	curl_easy_setopt(c->curl, CURLOPT_LOW_SPEED_LIMIT, FOLDER_BYTES_PER_S_MIN);
	curl_easy_setopt(c->curl, CURLOPT_LOW_SPEED_TIME, FOLDER_STALL_S);
	*out = c;
	return 0;
}

void http_client_free(struct http_client *c)
{
	if (!c)
		return;
	curl_easy_cleanup(c->curl);
	free(c->base);
	free(c->url);
	free(c);
}

const char *http_client_url(const struct http_client *c)
{
	return c->url;
}

void http_client_timeout(struct http_client *c, unsigned seconds)
{
	curl_easy_setopt(c->curl, CURLOPT_TIMEOUT, seconds > 0 ? (long)seconds : 1L);
}

void http_client_patience(struct http_client *c, unsigned seconds)
{
	c->patience_s = seconds;
}

void http_answer_finish(struct http_answer *a)
{
	yihu_buf_free(&a->body);
}

static void read_status(struct http_client *c, struct http_answer *a)
{
	curl_off_t wait = 0;
	curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &a->status);
	curl_easy_getinfo(c->curl, CURLINFO_RETRY_AFTER, &wait);
	a->retry_after_s = wait > 0 && wait < 3600 ? (unsigned)wait : 0;
}

static int perform_at(struct http_client *c, const char *url, size_t max, struct http_answer *out,
		      struct yihu_error *err)
{
	struct http_answer a = {0};
	struct collected collected = {.body = &a.body, .max = max};
	c->curl_error[0] = '\0';
	curl_easy_setopt(c->curl, CURLOPT_URL, url);
	curl_easy_setopt(c->curl, CURLOPT_WRITEDATA, &collected);
	CURLcode code = curl_easy_perform(c->curl);
	int r = 0;
	if (collected.too_big)
		r = yihu_fail(err, YIHU_ETOOBIG, _("%s: the answer is larger than %zu bytes"), url,
			      max);
	else if (code != CURLE_OK)
		r = yihu_fail(err, YIHU_ENET, _("%s does not answer (%s)"), url,
			      c->curl_error[0] != '\0' ? c->curl_error : curl_easy_strerror(code));
	else
		read_status(c, &a);
	if (r == 0)
		*out = a;
	else
		http_answer_finish(&a);
	return r;
}

/* Performs what is set up; path completes the URL. */
static int perform(struct http_client *c, const char *path, size_t max, struct http_answer *out,
		   struct yihu_error *err)
{
	char *url = yihu_printf("%s%s", c->base, path);
	int r = perform_at(c, url, max, out, err);
	free(url);
	return r;
}

/* Compressed bytes would be told as a forgery. */
static int refuse_encoding(struct http_client *c, const char *url, struct yihu_error *err)
{
	struct curl_header *h;
	if (curl_easy_header(c->curl, "Content-Encoding", 0, CURLH_HEADER, -1, &h) != CURLHE_OK ||
	    strcasecmp(h->value, "identity") == 0)
		return 0;
	return yihu_fail(err, YIHU_ESTATE,
			 _("%s comes in the encoding “%s”, which was not asked for: its server "
			   "must send the file as it is"),
			 url, h->value);
}

/* Where the last answer sends us, when it does (the caller frees), else NULL. */
static char *redirect_of(struct http_client *c, const struct http_answer *a)
{
	char *to = NULL;
	if (a->status / 100 == 3)
		curl_easy_getinfo(c->curl, CURLINFO_REDIRECT_URL, &to);
	return to ? yihu_strdup(to) : NULL;
}

static int get_of_folder(struct http_client *c, const char *path, size_t max,
			 struct http_answer *out, struct yihu_error *err)
{
	char *url = yihu_printf("%s%s", c->url, path), *to = NULL;
	int r = perform_at(c, url, max, out, err);
	for (int hops = 0; r == 0 && (to = redirect_of(c, out)) != NULL; hops++) {
		http_answer_finish(out);
		if (hops == REDIRECTS_MAX || !http_redirect_allowed(url, to))
			r = yihu_fail(err, YIHU_ESTATE,
				      _("%s sends us to %s, and that is another place: give its "
					"address if you mean it"),
				      url, to);
		free(url);
		url = to;
		if (r == 0)
			r = perform_at(c, url, max, out, err);
	}
	if (r == 0 && (r = refuse_encoding(c, url, err)) != 0)
		http_answer_finish(out);
	free(url);
	return r;
}

static int get_once(struct http_client *c, const char *path, size_t max, struct http_answer *out,
		    struct yihu_error *err)
{
	curl_easy_setopt(c->curl, CURLOPT_HTTPGET, 1L);
	return c->folder ? get_of_folder(c, path, max, out, err) : perform(c, path, max, out, err);
}

/* As long as was asked for, and never the same for all who wait. */
static void wait_asked(unsigned seconds)
{
	uint32_t ms = seconds * 1000 + randombytes_uniform(seconds * 500);
	struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
	nanosleep(&pause, NULL);
}

int http_get(struct http_client *c, const char *path, size_t max, struct http_answer *out,
	     struct yihu_error *err)
{
	uint64_t deadline_ms = yihu_clock_monotonic_ms() + c->patience_s * UINT64_C(1000);
	int r = get_once(c, path, max, out, err);
	while (r == 0 && out->status == 503 && out->retry_after_s > 0 &&
	       yihu_clock_monotonic_ms() + out->retry_after_s * UINT64_C(1000) < deadline_ms) {
		unsigned asked = out->retry_after_s;
		http_answer_finish(out);
		wait_asked(asked);
		r = get_once(c, path, max, out, err);
	}
	return r;
}

#define POST_ANSWER_BYTES_MAX (1u << 20)
#define ASK_FIRST_BYTES (64u << 10)

int http_post_with(struct http_client *c, const char *path, const char *header, const void *body,
		   size_t len, struct http_answer *out, struct yihu_error *err)
{
	struct curl_slist *headers =
		curl_slist_append(NULL, "Content-Type: application/octet-stream");
	headers = curl_slist_append(headers,
				    len > ASK_FIRST_BYTES ? "Expect: 100-continue" : "Expect:");
	if (header)
		headers = curl_slist_append(headers, header);
	curl_easy_setopt(c->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(c->curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
	curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, headers);
	int r = perform(c, path, POST_ANSWER_BYTES_MAX, out, err);
	curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, NULL);
	curl_easy_setopt(c->curl, CURLOPT_POSTFIELDS, NULL);
	curl_slist_free_all(headers);
	return r;
}

int http_post(struct http_client *c, const char *path, const void *body, size_t len,
	      struct http_answer *out, struct yihu_error *err)
{
	return http_post_with(c, path, NULL, body, len, out, err);
}

static int code_of_slug(const char *slug)
{
	for (int code = 1; code < YIHU_N_CODES; code++)
		if (strcmp(yihu_code_slug(code), slug) == 0)
			return code;
	return YIHU_ENET;
}

int http_refusal(const struct http_answer *a, struct yihu_error *err)
{
	json_t *j =
		json_loadb((const char *)a->body.data, a->body.len, JSON_REJECT_DUPLICATES, NULL);
	const char *slug = json_string_value(json_object_get(j, "error"));
	const char *message = json_string_value(json_object_get(j, "message"));
	int r;
	if (!slug)
		r = yihu_fail(err, YIHU_ENET, _("the server answered HTTP %ld"), a->status);
	else
		r = yihu_fail(err, code_of_slug(slug), "%s", message ? message : slug);
	json_decref(j);
	return r;
}
