/** Where addresses are, by files in MaxMind's format. */
@NullMarked
package dev.licet.geo;

import org.jspecify.annotations.NullMarked;
