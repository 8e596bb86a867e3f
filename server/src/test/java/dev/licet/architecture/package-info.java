/** Rules on the source code: who may depend on whom, how large things may be. */
package dev.licet.architecture;
