/** Peers to compare with, load and crash drivers. */
@NullMarked
package dev.licet.bench;

import org.jspecify.annotations.NullMarked;
