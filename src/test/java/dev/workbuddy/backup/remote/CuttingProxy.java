package dev.workbuddy.backup.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line to a server on this machine that breaks for good after so many bytes were sent over it.
 */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int port;
  private final AtomicLong left;
  private final AtomicBoolean cut = new AtomicBoolean();

  /**
   * @param port the server's
   * @param bytes how many bytes pass towards the server before the line breaks
   */
  public CuttingProxy(int port, long bytes) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = port;
    this.left = new AtomicLong(bytes);
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Whether the line has broken. */
  public boolean hasCut() {
    return cut.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket();
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> relay(client, server, true));
        Thread.ofVirtual().start(() -> relay(server, client, false));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void relay(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (counted && left.addAndGet(-read) < 0) {
          cut.set(true);
          from.setSoLinger(true, 0);
          listener.close();
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException broken) {
      // Either side went away; the other is told by the closing.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
