package dev.licet;

import dev.licet.config.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Says why a server cannot listen. */
final class Listening {
  private Listening() {}

  /** What to say of an address that could not be bound. */
  static StartupException cannot(String host, int port, IOException cause) {
    return isHostFree(host)
        ? new StartupException(
            "Cannot listen on " + host + ":" + port + ": " + reason(cause),
            "Stop what uses the port, or choose another one with --port or --host",
            cause)
        : new StartupException(
            "Cannot listen on " + host + ": this machine has no such address",
            "Choose one that it has with --host, such as 127.0.0.1, or 0.0.0.0 for all",
            cause);
  }

  /** Without the name of the class with which libraries begin. */
  private static String reason(IOException cause) {
    return String.valueOf(cause.getMessage()).replaceFirst("^\\S+Exception: ", "");
  }

  /** Whether some port of the host can be had: the trouble is with the one that was asked for. */
  private static boolean isHostFree(String host) {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return any.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
