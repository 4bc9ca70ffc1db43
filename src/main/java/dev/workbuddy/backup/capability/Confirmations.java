package dev.workbuddy.backup.capability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that say: exactly this, on exactly this data, was shown. A token is good once, for a few
 * minutes, in the process that gave it. It is given to the caller at once, so it is worth something
 * only where the caller is the person: see {@link Questions} for agents.
 */
public final class Confirmations implements Agreements {
  /** Long enough for a person to read the plan. */
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Instant> used = new HashMap<>();
  private byte @Nullable [] key;

  /**
   * For one process.
   *
   * @param random one that nobody can predict
   */
  public Confirmations(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** When a token that is given now ends. */
  Instant expiry() {
    return clock.instant().plus(LIFETIME);
  }

  @Override
  public Confirmation ask(Asked asked) {
    Instant expiry = expiry();
    return Confirmation.of(asked, token(asked.shown(), expiry), expiry);
  }

  /** A token for what was shown, to be given back before it ends. */
  synchronized String token(List<String> shown, Instant expiry) {
    byte[] nonce = new byte[9];
    random.nextBytes(nonce);
    String head = expiry.toEpochMilli() + "." + encode(nonce);
    return head + "." + encode(sign(head, shown));
  }

  @Override
  public synchronized Answer redeem(String token, List<String> shown) {
    return isGood(token, shown) ? Answer.YES : Answer.NO;
  }

  /** Whether the token was given for exactly this and was not used yet; it is used from now on. */
  private boolean isGood(String token, List<String> shown) {
    Instant now = clock.instant();
    used.values().removeIf(expiry -> expiry.isBefore(now));
    int end = token.lastIndexOf('.');
    if (end < 0 || !isSigned(token, end, shown)) {
      return false;
    }
    Instant expiry = Instant.ofEpochMilli(Long.parseLong(token.substring(0, token.indexOf('.'))));
    return now.isBefore(expiry) && used.putIfAbsent(token, expiry) == null;
  }

  private boolean isSigned(String token, int end, List<String> shown) {
    byte[] expected = encode(sign(token.substring(0, end), shown)).getBytes(UTF_8);
    return MessageDigest.isEqual(expected, token.substring(end + 1).getBytes(UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Each part with its length, so that no two lists read alike. */
  static byte[] framed(List<String> parts) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      framed.writeBytes(HexFormat.of().toHexDigits(bytes.length).getBytes(UTF_8));
      framed.writeBytes(bytes);
    }
    return framed.toByteArray();
  }

  private byte[] sign(String head, List<String> shown) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      mac.update(head.getBytes(UTF_8));
      return mac.doFinal(framed(shown));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Made at first need: most sessions destroy nothing. */
  private byte[] key() {
    byte[] made = key;
    if (made == null) {
      made = new byte[KEY_BYTES];
      random.nextBytes(made);
      key = made;
    }
    return made;
  }
}
