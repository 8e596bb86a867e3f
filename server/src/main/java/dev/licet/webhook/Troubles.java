package dev.licet.webhook;

import dev.licet.domain.webhook.WebhookTransport.Trouble;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Gives what goes wrong on a connection its word. */
final class Troubles {
  private static final int MAX_DETAIL = 200;

  private Troubles() {}

  static Trouble of(Throwable fault) {
    return switch (fault) {
      case ConnectTimeoutException _ -> Trouble.TIMEOUT;
      case SslHandshakeTimeoutException _ -> Trouble.TIMEOUT;
      case TimeoutException _ -> Trouble.TIMEOUT;
      case NoRouteToHostException _ -> Trouble.UNREACHABLE;
      case ConnectException e ->
          message(e).contains("refused") ? Trouble.CONNECTION_REFUSED : Trouble.UNREACHABLE;
      case SSLException _ -> Trouble.TLS;
      case HttpClosedException _ -> Trouble.RESET;
      case DecoderException e when e.getCause() instanceof SSLException -> Trouble.TLS;
      case DecoderException _ -> Trouble.INVALID_ANSWER;
      case IllegalArgumentException _ -> Trouble.INVALID_ANSWER;
      case IOException e ->
          message(e).contains("unreachable") ? Trouble.UNREACHABLE : Trouble.RESET;
      default -> fault.getCause() == null ? Trouble.RESET : of(fault.getCause());
    };
  }

  /** What people may read about it, in one bounded line. */
  static String detail(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = message(cause).isEmpty() ? cause.getClass().getSimpleName() : message(cause);
    String line = text.replaceAll("[^ -~]+", " ").strip();
    return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) : line;
  }

  private static String message(Throwable fault) {
    String message = fault.getMessage();
    return message == null ? "" : message;
  }
}
