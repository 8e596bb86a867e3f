/** Events on their way to webhooks: what is due, what was tried, what came of it. */
@NullMarked
package dev.licet.domain.delivery;

import org.jspecify.annotations.NullMarked;
