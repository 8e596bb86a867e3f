/**
 * Calls the receivers of webhooks: resolves their names, refuses those that lead inside, connects
 * to exactly what was checked, and reads a bounded answer in a bounded time.
 */
@NullMarked
package dev.licet.webhook;

import org.jspecify.annotations.NullMarked;
