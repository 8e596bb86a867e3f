/** How well the server serves: its own checks, errors and the time that validations take. */
@NullMarked
package dev.licet.domain.sla;

import org.jspecify.annotations.NullMarked;
