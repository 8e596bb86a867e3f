/** Mail over SMTP. */
@NullMarked
package dev.licet.mail;

import org.jspecify.annotations.NullMarked;
