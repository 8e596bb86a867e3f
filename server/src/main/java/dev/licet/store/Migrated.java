package dev.licet.store;

/**
 * What became of a schema.
 *
 * @param from its version before; 0 for a new database
 * @param to its version now
 * @param display the database, as {@link Database#display} shows it
 */
public record Migrated(int from, int to, String display) {}
