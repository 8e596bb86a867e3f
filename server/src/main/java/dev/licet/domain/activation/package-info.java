/**
 * Seats: the domains and devices on which a license is used, and the form in which domains are
 * compared.
 */
@NullMarked
package dev.licet.domain.activation;

import org.jspecify.annotations.NullMarked;
