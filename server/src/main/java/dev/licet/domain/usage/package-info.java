/** The record of use: the journal of validations, its fold into counters, the history. */
@NullMarked
package dev.licet.domain.usage;

import org.jspecify.annotations.NullMarked;
