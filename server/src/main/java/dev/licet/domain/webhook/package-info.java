/**
 * Webhooks: where events may be sent, how they are signed, when they are tried again. The calls
 * themselves are made behind {@link dev.licet.domain.webhook.WebhookTransport}.
 */
@NullMarked
package dev.licet.domain.webhook;

import org.jspecify.annotations.NullMarked;
