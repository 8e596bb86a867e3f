/** Mail that tells buyers their licence keys: templates, what waits, and how often it is tried. */
@NullMarked
package dev.licet.domain.mail;

import org.jspecify.annotations.NullMarked;
