package dev.workbuddy.backup.config;

import java.net.URI;

/** Whom to tell of each run. The address is a secret: its text never shows it. */
public record PingAddress(URI uri) {

  @Override
  public String toString() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return "%s://%s%s/…".formatted(uri.getScheme(), uri.getHost(), port);
  }
}
