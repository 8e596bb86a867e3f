/** Accounts, and the API keys by which they are entered. */
@NullMarked
package dev.licet.domain.account;

import org.jspecify.annotations.NullMarked;
