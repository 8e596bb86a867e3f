/** What happened, written in the transaction in which it happened. */
@NullMarked
package dev.licet.domain.event;

import org.jspecify.annotations.NullMarked;
