package dev.workbuddy.backup.testing.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for GitHub on loopback: the real {@code gh} talks to it as to its proxy, in plain HTTP,
 * because it takes {@code github.localhost} for GitHub's own test host. It keeps state and is no
 * kinder than GitHub. What goes wrong is scripted with {@link #faults}. Every answer of its own is
 * held to GitHub's published description; {@link #close} fails where one did not fit, and where a
 * scripted fault never happened.
 */
public final class GithubStandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final World world;
  private final RestApi api;
  private final Storage storage;
  private final Faults faults = new Faults();
  private final PublishedDescription description = new PublishedDescription();
  private final List<String> misfits = new CopyOnWriteArrayList<>();
  private final List<Operation> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private GithubStandIn(HttpServer server, Path directory, InstantSource clock) {
    this.server = server;
    this.world = new World(clock);
    this.api = new RestApi(world);
    this.storage = new Storage(directory);
  }

  /**
   * Starts on a free port.
   *
   * @param directory an existing one, where contents are kept
   * @param clock what GitHub's clock says
   */
  public static GithubStandIn start(Path directory, InstantSource clock) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GithubStandIn standIn = new GithubStandIn(server, directory, clock);
    server.setExecutor(standIn.threads);
    server.createContext("/", standIn::serve);
    server.start();
    return standIn;
  }

  public World world() {
    return world;
  }

  public Faults faults() {
    return faults;
  }

  /** Every request so far, in the order of arrival. */
  public List<Operation> seen() {
    return List.copyOf(seen);
  }

  public String proxy() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * What the environment of {@code gh} has to say so that it talks to this stand-in and to nothing
   * else.
   *
   * @param home where it finds no configuration of anybody's
   */
  public Map<String, String> environment(Path home, String token) {
    return Map.ofEntries(
        Map.entry("HOME", home.toString()),
        Map.entry("GH_CONFIG_DIR", home.resolve("gh").toString()),
        Map.entry("GH_HOST", Hosts.HOST),
        Map.entry("GH_TOKEN", token),
        Map.entry("GITHUB_TOKEN", ""),
        Map.entry("GH_ENTERPRISE_TOKEN", ""),
        Map.entry("HTTP_PROXY", proxy()),
        Map.entry("HTTPS_PROXY", proxy()),
        Map.entry("NO_PROXY", ""),
        Map.entry("no_proxy", ""));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String shape = Call.shape(exchange);
      Storage.Stored early = null;
      if (shape.equals("POST api /graphql")) {
        early = storage.receive(exchange.getRequestBody(), Long.MAX_VALUE);
        shape = GraphqlApi.shape(early.bytes());
      }
      Operation operation = Operation.of(shape);
      seen.add(operation);
      Optional<Fault> fault = faults.take(operation);
      long limit = fault.map(GithubStandIn::bytesTaken).orElse(Long.MAX_VALUE);
      Storage.Stored content =
          early == null ? storage.receive(exchange.getRequestBody(), limit) : early;
      serve(exchange, Call.read(exchange, operation, shape, content), fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long bytesTaken(Fault fault) {
    return fault instanceof Fault.CutAfter cut ? cut.bytes() : Long.MAX_VALUE;
  }

  /** A connection that is closed without an answer closes with the exchange. */
  private void serve(HttpExchange exchange, Call call, Optional<Fault> maybe)
      throws IOException, InterruptedException {
    if (maybe.isEmpty()) {
      send(exchange, checked(call));
      return;
    }
    switch (maybe.get()) {
      case Fault.Answer answer -> send(exchange, answer.reply());
      case Fault.Cut _ -> {}
      case Fault.AnswerLost _ -> checked(call);
      case Fault.CutAfter cut -> cut(exchange, call, cut.bytes());
      case Fault.WrongBytes _ -> wrong(exchange, call);
      case Fault.HangAfter hang -> {
        run(hang.action());
        closing.await();
      }
      case Fault.Late _ -> send(exchange, world.beforeTheNewest(() -> checked(call)));
      case Fault.Meanwhile meanwhile -> {
        run(meanwhile.action());
        send(exchange, checked(call));
      }
    }
  }

  private void run(Fault.Action action) {
    try {
      action.run();
    } catch (Exception e) {
      misfits.add("what should have happened meanwhile failed: " + e);
    }
  }

  private Reply checked(Call call) {
    Reply reply = api.answer(call);
    description
        .faults(call.operation(), reply)
        .forEach(fault -> misfits.add(call.shape() + ": " + fault));
    return reply;
  }

  private void cut(HttpExchange exchange, Call call, long bytes) throws IOException {
    if (call.operation() == Operation.UPLOAD_ASSET) {
      api.leaveStarter(call);
      return;
    }
    Reply reply = checked(call);
    Path file = reply.file();
    byte[] content = file == null ? reply.bytes() : Files.readAllBytes(file);
    if (content.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
      return; // Nothing of it can be cut but all of it.
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), content.length);
    exchange.getResponseBody().write(content, 0, (int) Math.min(bytes, content.length));
    exchange.getResponseBody().flush();
  }

  private void wrong(HttpExchange exchange, Call call) throws IOException {
    if (call.operation() == Operation.UPLOAD_ASSET) {
      send(exchange, checked(call.with(storage.changed(call.content()))));
      return;
    }
    Reply reply = checked(call);
    Path file = reply.file();
    if (file == null) {
      throw new IllegalStateException("no content to change in " + call.shape());
    }
    Storage.Stored stored = new Storage.Stored(file, Files.size(file), "");
    send(exchange, Reply.content("application/octet-stream", storage.changed(stored).file()));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    Path file = reply.file();
    long length = file == null ? reply.bytes().length : Files.size(file);
    boolean bodiless = length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : length);
    if (bodiless) {
      return;
    }
    try (OutputStream output = exchange.getResponseBody()) {
      if (file == null) {
        output.write(reply.bytes());
      } else {
        Files.copy(file, output);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
    assertThat(misfits).as("answers that do not fit GitHub's description").isEmpty();
    faults.assertAllFired();
  }
}
