/* SPDX-License-Identifier: Apache-2.0
 *
 * What the headers of libyihu-verify begin and end with. Between the two
 * macros names have C's linkage, in C++ too, and the shared library exports
 * them. Everything else stays hidden in it.
 */
#ifndef YIHU_API_H
#define YIHU_API_H

#ifdef __cplusplus
#define YIHU_API_BEGIN                                                                             \
	extern "C" {                                                                               \
	YIHU_EXPORT_BEGIN
#define YIHU_API_END                                                                               \
	YIHU_EXPORT_END                                                                            \
	}
#else
#define YIHU_API_BEGIN YIHU_EXPORT_BEGIN
#define YIHU_API_END YIHU_EXPORT_END
#endif
#define YIHU_EXPORT_BEGIN _Pragma("GCC visibility push(default)")
#define YIHU_EXPORT_END _Pragma("GCC visibility pop")

/* A parameter that points to at least n elements. C's compilers warn of fewer;
 * C++ has no way to say it. */
#ifdef __cplusplus
#define YIHU_AT_LEAST(n) n
#else
#define YIHU_AT_LEAST(n) static n
#endif

#endif
