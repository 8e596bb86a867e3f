/** The embedded database: a SQLite file with one writer and readers beside it. */
@NullMarked
package dev.licet.store.sqlite;

import org.jspecify.annotations.NullMarked;
