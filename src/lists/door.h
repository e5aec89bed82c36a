/* SPDX-License-Identifier: Apache-2.0
 *
 * When two spellings are one flat. Two keys: what has one strict key differs in
 * signs alone and is one flat; what has one loose key probably is, so people
 * are asked.
 */
#ifndef YIHU_LISTS_DOOR_H
#define YIHU_LISTS_DOOR_H

#include <yihu/bytes.h>

/* In compatibility form, without case and signs that nobody sees, every dash
 * one: "A座－101" and "a座-101". Caller frees. */
char *door_strict(const char *label);
/* Its numbers and names alone, "3|1|101": without 栋, 幢, 号楼, 座, 单元, 室, 号,
 * 房 and the like, Chinese and other numerals as digits, no zeros in front.
 * Caller frees. */
char *door_loose(const char *label);
/* Does the loose key end with that of `end`, at a whole part: is "1|401" the end
 * of "2|1|401"? Keys as door_loose makes them. */
bool door_ends(const char *key, const char *end);

#endif
