/** Identifiers: made here, sortable by the time of their making. */
@NullMarked
package dev.licet.domain.id;

import org.jspecify.annotations.NullMarked;
