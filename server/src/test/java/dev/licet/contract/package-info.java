/** What every database must do: one abstract suite per role, run on each. */
@NullMarked
package dev.licet.contract;

import org.jspecify.annotations.NullMarked;
