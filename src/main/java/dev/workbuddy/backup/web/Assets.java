package dev.workbuddy.backup.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The page's own files, each by name: nothing else of the class path can be asked for. */
final class Assets {
  private static final List<String> FILES =
      List.of(
          "page.css",
          "page.js",
          "api.js",
          "dom.js",
          "card.js",
          "history.js",
          "curves.js",
          "restore.js",
          "alarms.js",
          "questions.js",
          "words.js",
          "icon.svg");

  private Assets() {}

  static void addTo(RoutesConfig routes) {
    routes.get("/", context -> send(context, "index.html"));
    FILES.forEach(file -> routes.get("/" + file, context -> send(context, file)));
  }

  private static void send(Context context, String file) throws IOException {
    try (InputStream content = Assets.class.getResourceAsStream("/page/" + file)) {
      context.contentType(type(file)).result(Objects.requireNonNull(content, file).readAllBytes());
    }
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript; charset=utf-8";
    };
  }
}
