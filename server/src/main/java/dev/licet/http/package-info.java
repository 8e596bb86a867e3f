/**
 * HTTP: the route map, reading and writing of messages, problems. Knows Vert.x so that endpoints
 * need not.
 */
@NullMarked
package dev.licet.http;

import org.jspecify.annotations.NullMarked;
