/** The decision whether a key may be used, from a snapshot and a request. */
@NullMarked
package dev.licet.domain.validation;

import org.jspecify.annotations.NullMarked;
