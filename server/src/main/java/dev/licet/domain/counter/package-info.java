/** Counted entitlements: what a licence may use up, and how much of it is used. */
@NullMarked
package dev.licet.domain.counter;

import org.jspecify.annotations.NullMarked;
