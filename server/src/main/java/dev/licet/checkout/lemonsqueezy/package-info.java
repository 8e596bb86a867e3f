/** Lemon Squeezy: how its messages are signed, and what they mean. */
@NullMarked
package dev.licet.checkout.lemonsqueezy;

import org.jspecify.annotations.NullMarked;
