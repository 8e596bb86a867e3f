/** Paddle Billing: how its messages are signed, and what they mean. */
@NullMarked
package dev.licet.checkout.paddle;

import org.jspecify.annotations.NullMarked;
