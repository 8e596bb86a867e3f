package dev.licet.http;

/**
 * An endpoint whose body is too large to be held: it reads {@link Request#stream} as it arrives.
 */
public interface StreamingEndpoint extends Endpoint {}
