package dev.licet.http;

/** An endpoint for messages of other servers, which are larger than the public calls of clients. */
public interface MessageEndpoint extends Endpoint {}
