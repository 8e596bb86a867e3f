/** Stripe: how its messages are signed, and what they mean. */
@NullMarked
package dev.licet.checkout.stripe;

import org.jspecify.annotations.NullMarked;
