package dev.workbuddy.backup.web;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to serve, and who may come in.
 *
 * @param port 0 for any that is free
 * @param names further names by which this machine is reached, for the check of the Host header
 * @param token what a person has to know; null for one that is made up at start
 * @param agentToken what agents have to know; null for one that is made up at start
 * @param tls null for plain HTTP
 */
public record WebOptions(
    String host,
    int port,
    List<String> names,
    @Nullable String token,
    @Nullable String agentToken,
    @Nullable Tls tls) {
  private static final int SHORTEST_TOKEN = 24;

  /** A key store of the form PKCS #12, and what opens it. */
  public record Tls(Path keystore, String password) {}

  /**
   * Checked at once: what is visible to other machines wants encryption and a token that was
   * chosen.
   *
   * @throws BackupException {@code usage} where that is missing
   */
  public WebOptions {
    names = List.copyOf(names);
    requireLong(token);
    requireLong(agentToken);
    if (token != null && token.equals(agentToken)) {
      throw new BackupException(
          ErrorCode.USAGE,
          "people and agents have the same token, so that an agent could agree to what it asks",
          "Give WB_BACKUP_TOKEN and WB_BACKUP_AGENT_TOKEN different values.");
    }
    if (!isLoopback(host) && (tls == null || token == null)) {
      throw new BackupException(
          ErrorCode.USAGE,
          "other machines could reach " + host + ": that is only served with TLS and a token",
          "Give --keystore, WB_BACKUP_KEYSTORE_PASSWORD and WB_BACKUP_TOKEN; or leave --host out.");
    }
  }

  /** One whose agents get a token that is made up at start. */
  public WebOptions(
      String host, int port, List<String> names, @Nullable String token, @Nullable Tls tls) {
    this(host, port, names, token, null, tls);
  }

  private static void requireLong(@Nullable String token) {
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw new BackupException(
          ErrorCode.USAGE,
          "the configured token is shorter than " + SHORTEST_TOKEN + " characters",
          "`openssl rand -base64 32` makes a good one.");
    }
  }

  /** For this machine alone, on any free port. */
  public static WebOptions local() {
    return new WebOptions("127.0.0.1", 0, List.of(), null, null);
  }

  String scheme() {
    return tls == null ? "http" : "https";
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new BackupException(
          ErrorCode.USAGE, "cannot resolve " + host, "Give --host an address.");
    }
  }
}
