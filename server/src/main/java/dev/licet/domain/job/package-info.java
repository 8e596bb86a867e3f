/** Work that recurs and happens once for the whole installation, on any number of nodes. */
@NullMarked
package dev.licet.domain.job;

import org.jspecify.annotations.NullMarked;
