/* SPDX-License-Identifier: Apache-2.0
 *
 * Jansson's loops, for cppcheck, which reads no system headers.
 */
#define json_array_foreach(array, i, value)                                                        \
	for ((i) = 0; ((value) = json_array_get((array), (i))) != NULL; (i)++)
