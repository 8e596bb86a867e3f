/** What persons may ask of a vendor: to be forgotten. */
@NullMarked
package dev.licet.domain.privacy;

import org.jspecify.annotations.NullMarked;
