/** Seats: the domains and devices on which a licence is in use, and how one is taken and freed. */
@NullMarked
package dev.licet.domain.activation;

import org.jspecify.annotations.NullMarked;
