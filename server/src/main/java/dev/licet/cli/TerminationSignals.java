package dev.licet.cli;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Takes the place of what the JVM does when it is asked to stop, so that the process can answer
 * with 0 and still runs its ordinary shutdown.
 *
 * <p>The JVM offers that through {@code sun.misc.Signal} only, which the compiler refuses under our
 * rules: hence the reflection. A shutdown hook could not do it, since the exit code is fixed by
 * then and halting from the hook would skip the other hooks, among them the one that deletes the
 * unpacked SQLite library.
 */
final class TerminationSignals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private TerminationSignals() {}

  /**
   * Calls the action, on a thread of its own, at every such signal. Where a signal cannot be had,
   * it keeps its usual meaning.
   */
  static void handle(Runnable action) {
    for (String name : NAMES) {
      try {
        handle(name, action);
      } catch (ReflectiveOperationException e) {
        // The signal does not exist here, or the JVM keeps it to itself (-Xrs).
        System.getLogger(TerminationSignals.class.getName())
            .log(Level.DEBUG, "No handler for SIG" + name, e);
      }
    }
  }

  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(action);
    Object handler =
        MethodHandleProxies.asInterfaceInstance(
            handlerType, MethodHandles.dropArguments(run, 0, signalType));
    signalType
        .getMethod("handle", signalType, handlerType)
        .invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
  }
}
