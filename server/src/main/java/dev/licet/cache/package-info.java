/** What is kept in memory so that the database need not be asked. */
@NullMarked
package dev.licet.cache;

import org.jspecify.annotations.NullMarked;
