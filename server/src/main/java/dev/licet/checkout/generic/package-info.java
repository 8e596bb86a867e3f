/** Any other shop: how its messages are signed, and what they mean. */
@NullMarked
package dev.licet.checkout.generic;

import org.jspecify.annotations.NullMarked;
