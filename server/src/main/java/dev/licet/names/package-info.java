/** The tables behind domain names, by libraries: IDNA by ICU4J, the Public Suffix List by Guava. */
@NullMarked
package dev.licet.names;

import org.jspecify.annotations.NullMarked;
