/** What all parts of the domain share: tenants, given values, failures, transactions. */
@NullMarked
package dev.licet.domain;

import org.jspecify.annotations.NullMarked;
