/**
 * The settings: what there is to set, where each value comes from, and what it means. {@link
 * dev.licet.config.Configuration} reads them, {@link dev.licet.config.Settings} holds them.
 */
@NullMarked
package dev.licet.config;

import org.jspecify.annotations.NullMarked;
