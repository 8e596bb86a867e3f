/** Repeated requests: one effect, and the first answer again. */
@NullMarked
package dev.licet.domain.idempotency;

import org.jspecify.annotations.NullMarked;
