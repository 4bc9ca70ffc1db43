package dev.workbuddy.backup.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in. The Host header must name this server, so that a foreign name that
 * resolves to it gets nothing; what other sites send is refused, whatever it brings along; and then
 * the person's token or the cookie has to be there, or at {@code /mcp} the token of agents.
 */
final class RequestPolicy {
  static final String AGENTS = "/mcp";
  private static final String BEARER = "Bearer ";
  private static final long MOST_BYTES = 4 << 20;
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final String scheme;
  private final int port;
  private final Set<String> names;
  private final Credentials credentials;

  RequestPolicy(WebOptions options, int port, Credentials credentials) {
    this.scheme = options.scheme();
    this.port = port;
    this.credentials = credentials;
    this.names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    options.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    names.add(options.host().contains(":") ? "[" + options.host() + "]" : options.host());
  }

  /** Cookies know no ports, so each server has a name of its own for it. */
  String cookieName() {
    return "wb-backup-" + port;
  }

  /** Why the request is refused, if it is. */
  Optional<HttpProblem> refusal(HttpServletRequest request) {
    if (!isOurHost(request.getHeader("Host"))) {
      return refused(
          421,
          "host-unknown",
          "the Host header does not name this server",
          "Use the address that `wb-backup serve` printed; --name allows another name.");
    }
    if (isForeign(request)) {
      return refused(
          403, "origin-refused", "the request comes from another site", "Use the page itself.");
    }
    if (request.getContentLengthLong() > MOST_BYTES) {
      return refused(413, "body-too-large", "the body is too large", "Send at most 4 MiB.");
    }
    return isForAgents(request) ? refusalOfAgent(request) : refusalOfPerson(request);
  }

  /**
   * Their door wants their own token: the person's would let them agree to what they ask. The path
   * is compared as it was sent, so that no other way of writing one leads elsewhere with it.
   */
  private static boolean isForAgents(HttpServletRequest request) {
    return request.getRequestURI().equals(AGENTS);
  }

  private Optional<HttpProblem> refusalOfAgent(HttpServletRequest request) {
    String token = bearer(request);
    if (credentials.isAgents(token)) {
      return Optional.empty();
    }
    return refused(
        401,
        "unauthorized",
        credentials.isToken(token)
            ? "this is the token of the page; agents have one of their own"
            : "the agents' token is missing or wrong",
        "Send what `wb-backup serve` printed for agents, or WB_BACKUP_AGENT_TOKEN, as"
            + " Authorization: Bearer.");
  }

  private Optional<HttpProblem> refusalOfPerson(HttpServletRequest request) {
    return isKnown(request)
        ? Optional.empty()
        : refused(
            401,
            "unauthorized",
            "the token is missing or wrong",
            "Open the address that `wb-backup serve` printed when it started, or send its token as"
                + " Authorization: Bearer. That of agents opens /mcp alone.");
  }

  private static Optional<HttpProblem> refused(int http, String code, String message, String hint) {
    return Optional.of(HttpProblem.of(http, code, message, hint));
  }

  private boolean isOurHost(@Nullable String host) {
    return host != null
        && names.stream().anyMatch(name -> host.toLowerCase(Locale.ROOT).equals(withPort(name)));
  }

  private String withPort(String name) {
    boolean usual = port == (scheme.equals("https") ? 443 : 80);
    return usual ? name : name + ":" + port;
  }

  /** A browser names the site that asks; what follows a link from elsewhere brings no cookie. */
  private boolean isForeign(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    boolean elsewhere = origin != null && !isOurs(origin);
    boolean crossSite = site != null && !site.equals("same-origin") && !site.equals("none");
    return elsewhere || (crossSite && !isNavigation(request));
  }

  private boolean isOurs(String origin) {
    String start = scheme + "://";
    return origin.startsWith(start) && isOurHost(origin.substring(start.length()));
  }

  private static boolean isNavigation(HttpServletRequest request) {
    return "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && request.getRequestURI().equals("/");
  }

  private boolean isKnown(HttpServletRequest request) {
    String token = bearer(request);
    if (token != null) {
      return credentials.isToken(token);
    }
    return hasCookie(request)
        && (SAFE.contains(request.getMethod()) || request.getHeader("Origin") != null);
  }

  private static @Nullable String bearer(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    return authorization != null && authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private boolean hasCookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies != null
        && Arrays.stream(cookies)
            .anyMatch(
                cookie ->
                    cookie.getName().equals(cookieName())
                        && credentials.isCookie(cookie.getValue()));
  }
}
