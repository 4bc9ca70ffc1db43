package dev.workbuddy.backup.testing.github;

/** What goes wrong with one request. */
public sealed interface Fault {

  /** The request is read to its end and answered like this, without being acted upon. */
  record Answer(Reply reply) implements Fault {}

  /** The request is read to its end; then the connection is closed, with nothing done. */
  record Cut() implements Fault {}

  /** The request is acted upon; then the connection is closed without an answer. */
  record AnswerLost() implements Fault {}

  /**
   * The connection is closed after so many bytes of the content: of what is uploaded, which leaves
   * an asset in the state {@code starter}, or of what is downloaded.
   */
  record CutAfter(long bytes) implements Fault {}

  /** The content is as long as it should be, but another: stored or sent with one byte changed. */
  record WrongBytes() implements Fault {}

  /** Something happens, and then no answer ever comes; the connection stays open. */
  record HangAfter(Action action) implements Fault {}

  /** The request is answered as it would have been before the newest release was published. */
  record Late() implements Fault {}

  /** Something else happens first; then the request is answered as usual. */
  record Meanwhile(Action action) implements Fault {}

  /** What happens meanwhile. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }
}
