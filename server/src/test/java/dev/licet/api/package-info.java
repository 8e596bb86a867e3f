/** The API of a running server, over real HTTP and on both databases. */
package dev.licet.api;
