/** The licence-key format and what an application needs to check a licence by itself. */
@NullMarked
package dev.licet.core;

import org.jspecify.annotations.NullMarked;
