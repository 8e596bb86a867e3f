/** Servers as processes of their own: how they start, stop, die and share a database. */
package dev.licet.system;
