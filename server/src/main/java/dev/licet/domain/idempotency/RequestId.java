package dev.licet.domain.idempotency;

/**
 * A request that may be repeated.
 *
 * @param accountNo whose it is; 0 when it came without an API key
 * @param id SHA-256 of who calls, what is called, and the key that the client gave the request
 * @param fingerprint SHA-256 of all that the request says
 */
public record RequestId(long accountNo, byte[] id, byte[] fingerprint) {}
