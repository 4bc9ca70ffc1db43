package dev.workbuddy.backup.testing.github;

/** The names that the stand-in answers to; {@code gh} speaks plain HTTP with them. */
final class Hosts {
  static final String HOST = "github.localhost";
  static final String WEB = "http://" + HOST;
  static final String API = "http://api." + HOST;
  static final String UPLOADS = "http://uploads." + HOST;
  static final String OBJECTS = "http://release-assets." + HOST;
  static final String DOCUMENTATION = "https://docs.github.com/rest";

  private Hosts() {}

  /** The kind of host that a name stands for: {@code api}, {@code uploads}, … or all of it. */
  static String kind(String host) {
    return host.endsWith("." + HOST) ? host.substring(0, host.length() - HOST.length() - 1) : host;
  }
}
