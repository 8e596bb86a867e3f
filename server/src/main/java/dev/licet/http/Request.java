package dev.licet.http;

import dev.licet.domain.Caller;
import dev.licet.domain.event.Actor;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as endpoints see it: read, within bounds, and with its caller known. */
public final class Request {
  private final Map<String, String> pathParameters;
  private final Map<String, List<String>> query;
  private final Function<String, @Nullable String> headers;
  private final byte[] body;
  private final @Nullable InputStream stream;
  private final Gatekeeper.Pass pass;
  private final @Nullable String address;

  Request(
      Map<String, String> pathParameters,
      Map<String, List<String>> query,
      Function<String, @Nullable String> headers,
      Body body,
      Gatekeeper.Pass pass,
      @Nullable String address) {
    this.pathParameters = pathParameters;
    this.query = query;
    this.headers = headers;
    this.body = body.bytes();
    this.stream = body.stream();
    this.pass = pass;
    this.address = address;
  }

  /**
   * What follows the headers.
   *
   * @param stream of a {@link StreamingEndpoint} alone
   */
  record Body(byte[] bytes, @Nullable InputStream stream) {}

  /** The part of the path that stands where the route has {@code {name}}. */
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  public Query query() {
    return new Query(query);
  }

  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /** Whom the API key belongs to. Only routes that need one have a caller. */
  public Caller caller() {
    if (pass.caller() == null) {
      throw new IllegalStateException("the route takes no API key");
    }
    return pass.caller();
  }

  /** Who calls as the operator. Only routes that are the operator's have one. */
  public Actor operator() {
    if (pass.operator() == null) {
      throw new IllegalStateException("the route is not the operator's");
    }
    return pass.operator();
  }

  /**
   * Whether the caller would be let through again: the API key may have been revoked since, while
   * an answer is under way that takes long.
   */
  public boolean isStillAdmitted() {
    return pass.refusal().get().isEmpty();
  }

  /**
   * Ends what takes long for a caller who may no longer see or do it.
   *
   * @throws ProblemException as the same call would be answered now
   */
  public void requireStillAdmitted() {
    Optional<ProblemException> refusal = pass.refusal().get();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /** Who calls, as the audit log names them; only routes for anyone have none. */
  @Nullable Actor actor() {
    return pass.caller() == null ? pass.operator() : pass.caller().actor();
  }

  /** The client's address, in text form. */
  public @Nullable String address() {
    return address;
  }

  /** The body as it was sent; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The body as it arrives. Only a {@link StreamingEndpoint} has one; it reads all or none. */
  public InputStream stream() {
    if (stream == null) {
      throw new IllegalStateException("the body was read before");
    }
    return stream;
  }

  /**
   * The body as an object.
   *
   * @throws ProblemException when it is none
   */
  public Fields fields() {
    return Fields.of(Json.read(body));
  }

  /** The body as an object; an absent one counts as empty. */
  public Fields optionalFields() {
    return body.length == 0 ? Fields.of(Json.object()) : fields();
  }
}
