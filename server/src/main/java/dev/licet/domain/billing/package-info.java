/**
 * Orders that shops report: what a provider's events say of an order, and the licences that follow.
 */
@NullMarked
package dev.licet.domain.billing;

import org.jspecify.annotations.NullMarked;
