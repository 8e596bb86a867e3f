/** Products: what licences are for, and what their keys look like. */
@NullMarked
package dev.licet.domain.product;

import org.jspecify.annotations.NullMarked;
