/** Accounts, the tenants of an installation, and the API keys that act for them. */
@NullMarked
package dev.licet.domain.account;

import org.jspecify.annotations.NullMarked;
