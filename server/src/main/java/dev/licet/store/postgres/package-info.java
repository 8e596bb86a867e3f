/** The shared database: PostgreSQL, for several servers at once. */
@NullMarked
package dev.licet.store.postgres;

import org.jspecify.annotations.NullMarked;
