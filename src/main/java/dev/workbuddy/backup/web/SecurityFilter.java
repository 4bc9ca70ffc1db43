package dev.workbuddy.backup.web;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.io.Json;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Stands before everything: page, API and MCP. */
final class SecurityFilter implements Filter {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "X-Frame-Options",
          "DENY",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Supplier<RequestPolicy> admission;
  private final Credentials credentials;
  private final boolean secure;

  /**
   * @param admission known as soon as the port is
   */
  SecurityFilter(Supplier<RequestPolicy> admission, Credentials credentials, boolean secure) {
    this.admission = admission;
    this.credentials = credentials;
    this.secure = secure;
  }

  @Override
  public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain next)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) plainRequest;
    HttpServletResponse response = (HttpServletResponse) plainResponse;
    HEADERS.forEach(response::setHeader);
    Optional<HttpProblem> refusal = admission.get().refusal(request);
    if (refusal.isEmpty() && bringsToken(request)) {
      response.setHeader("Location", "/");
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    } else if (refusal.isEmpty()) {
      pass(request, response, next);
    } else if (refusal.get().http() == HttpServletResponse.SC_UNAUTHORIZED
        && bringsToken(request)) {
      exchange(response);
    } else {
      refuse(refusal.get(), response);
    }
  }

  /** Where a handler's own answers end: an {@link Error} is answered as well. */
  private static void pass(
      HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws IOException, ServletException {
    try {
      next.doFilter(request, response);
    } catch (Error e) {
      if (response.isCommitted()) {
        throw e; // The server closes the connection, so that nobody takes the answer for whole.
      }
      response.resetBuffer();
      refuse(HttpProblem.of(ErrorMapper.of(e)), response);
    }
  }

  private boolean bringsToken(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && request.getRequestURI().equals("/")
        && credentials.isToken(request.getParameter("token"));
  }

  /** The address with the token does not stay in the browser's address bar. */
  private void exchange(HttpServletResponse response) {
    response.setHeader(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict%s"
            .formatted(
                admission.get().cookieName(), credentials.cookie(), secure ? "; Secure" : ""));
    response.setHeader("Location", "/");
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
  }

  private static void refuse(HttpProblem refusal, HttpServletResponse response) throws IOException {
    response.setStatus(refusal.http());
    response.setContentType("application/json");
    if (refusal.http() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    response
        .getOutputStream()
        .write(Json.line(refusal.document()).getBytes(StandardCharsets.UTF_8));
  }
}
