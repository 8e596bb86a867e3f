/** Use of licences that points to sharing, found by its figures; nobody is punished by it. */
@NullMarked
package dev.licet.domain.anomaly;

import org.jspecify.annotations.NullMarked;
