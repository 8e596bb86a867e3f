/** Tells, as events and not too often, that limits and quotas were reached. */
@NullMarked
package dev.licet.domain.notice;

import org.jspecify.annotations.NullMarked;
