package dev.licet.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with a certificate that it signed itself, made by the JDK's keytool. */
public final class Keystore {
  private static final String PASSWORD = "not-a-secret";

  private final Path file;

  private Keystore(Path file) {
    this.file = file;
  }

  public static Keystore make(Path folder, String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "receiver",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), output);
    return new Keystore(file);
  }

  /** Where this key answers. */
  ServerSocket listener() throws IOException, GeneralSecurityException {
    return context()
        .getServerSocketFactory()
        .createServerSocket(0, 500, InetAddress.ofLiteral("127.0.0.1"));
  }

  /** What this key answers with. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** What makes a JVM believe this certificate, and no other. */
  public String javaOptions() {
    return "-Djavax.net.ssl.trustStore=" + file + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  /** Whoever has these options believes this certificate. */
  TrustOptions trust() {
    return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
  }
}
