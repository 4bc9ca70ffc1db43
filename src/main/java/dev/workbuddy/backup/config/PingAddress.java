package dev.workbuddy.backup.config;

import java.net.URI;

/** Whom to tell of each run. The address is a secret: its text never shows it. */
public record PingAddress(URI uri) {

  @Override
  public String toString() {
    return "%s://%s/…".formatted(uri.getScheme(), uri.getHost());
  }
}
