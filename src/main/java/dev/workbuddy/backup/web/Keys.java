package dev.workbuddy.backup.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What visitors have to know: the token of the start-up address, for agents too, and what browsers
 * get for it in a cookie. Neither can be told from the other.
 */
record Keys(String token, String cookie) {
  private static final int BYTES = 32;

  /**
   * Keys of one process.
   *
   * @param configured the token; null for one that is made up
   * @param random one that nobody can predict
   */
  static Keys of(@Nullable String configured, RandomGenerator random) {
    return new Keys(configured == null ? secret(random) : configured, secret(random));
  }

  private static String secret(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  boolean isToken(@Nullable String given) {
    return given != null && same(token, given);
  }

  boolean isCookie(@Nullable String given) {
    return given != null && same(cookie, given);
  }

  /** Takes as long for a wrong beginning as for a wrong end. */
  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Keys[…]";
  }
}
