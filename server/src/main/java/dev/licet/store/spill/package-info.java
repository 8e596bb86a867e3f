/** The file in which validations wait while the database is away. */
@NullMarked
package dev.licet.store.spill;

import org.jspecify.annotations.NullMarked;
