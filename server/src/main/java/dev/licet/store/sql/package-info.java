/** Statements and mappers that SQLite and PostgreSQL share. */
@NullMarked
package dev.licet.store.sql;

import org.jspecify.annotations.NullMarked;
