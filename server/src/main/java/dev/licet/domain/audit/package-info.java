/** Who changed what, when and from where: an append-only record, each row chained to the last. */
@NullMarked
package dev.licet.domain.audit;

import org.jspecify.annotations.NullMarked;
