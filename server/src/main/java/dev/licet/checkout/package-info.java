/** What providers' messages have in common: signatures, and JSON that may lack anything. */
@NullMarked
package dev.licet.checkout;

import org.jspecify.annotations.NullMarked;
