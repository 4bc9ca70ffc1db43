package dev.workbuddy.backup.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What visitors have to know: the person's token, which is in the start-up address; that of agents;
 * and what browsers get for the person's in a cookie. None can be derived from another, and that of
 * agents opens nothing but their own door: an agent must not answer its own questions.
 */
record Credentials(String token, String agents, String cookie) {
  private static final int BYTES = 32;

  /**
   * Keys of one process.
   *
   * @param configured the person's token; null for one that is made up
   * @param forAgents that of agents; null for one that is made up
   * @param random one that nobody can predict
   */
  static Credentials of(
      @Nullable String configured, @Nullable String forAgents, RandomGenerator random) {
    return new Credentials(
        configured == null ? secret(random) : configured,
        forAgents == null ? secret(random) : forAgents,
        secret(random));
  }

  private static String secret(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  boolean isAgents(@Nullable String given) {
    return given != null && same(agents, given);
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
