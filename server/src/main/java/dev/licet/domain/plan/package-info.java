/** Plans: named sets of limits and features that licences are issued on. */
@NullMarked
package dev.licet.domain.plan;

import org.jspecify.annotations.NullMarked;
