/**
 * The endpoints of the API: each turns a request into a call of the domain and its result into
 * JSON.
 */
@NullMarked
package dev.licet.http.api;

import org.jspecify.annotations.NullMarked;
