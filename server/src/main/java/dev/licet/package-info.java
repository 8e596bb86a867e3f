/** The licensing server. {@link dev.licet.Main} wires it by hand. */
@NullMarked
package dev.licet;

import org.jspecify.annotations.NullMarked;
