/** The database, as the program's wiring sees it; the ways to open one are below. */
@NullMarked
package dev.licet.store;

import org.jspecify.annotations.NullMarked;
