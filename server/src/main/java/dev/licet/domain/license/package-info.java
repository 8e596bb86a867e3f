/** Licences: what they are, how vendors create and change them, how keys rest in the database. */
@NullMarked
package dev.licet.domain.license;

import org.jspecify.annotations.NullMarked;
