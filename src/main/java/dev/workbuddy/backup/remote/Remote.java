package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.List;

/**
 * A place off this machine that keeps snapshots.
 *
 * <p>Results are values: what goes wrong with the place, its tool or the way there is a {@link
 * RemoteResult.Failed}, never an exception. Each operation is idempotent: repeated after any
 * failure, or after a process was killed in its midst, it ends in the state that a single success
 * would have left. None retries by itself; {@link RetryingRemote} does.
 *
 * <p>One thread at a time uses a remote; several remotes work side by side, each on a thread of its
 * own. An interrupt ends the operation, and the tool that it runs, soon.
 *
 * <p>Several machines may share a place. Each writes under its own namespace only, and sees all.
 */
public interface Remote {

  /** What users call it, for example {@code directory:/mnt/nas/wb}; holds no secret. */
  String name();

  /**
   * Whether it could be used now: its tool is installed, it lets this user in, it can be reached,
   * it is private. Writes nothing.
   */
  RemoteResult<Readiness> check() throws InterruptedException;

  /**
   * All snapshots of all namespaces; damaged are those whose files do not have the sizes that were
   * sent, or are not there. Asks for as little as it can: one listing, not a question for each
   * snapshot. An empty place is an empty listing; one that is not there, and that no push would
   * create, is {@link RemoteFault#NOT_FOUND}.
   */
  RemoteResult<RemoteListing> list() throws InterruptedException;

  /**
   * Like {@link #list}, but this machine's snapshots also count as damaged where they do not hold
   * what was sent, as far as the place knows that without reading them.
   */
  RemoteResult<RemoteListing> inspect() throws InterruptedException;

  /**
   * Sends a snapshot into this machine's namespace, with its hold if it is held. What is there
   * already and right is not sent again; what is there and wrong is replaced. Until all files are
   * there, the listing does not call the snapshot complete.
   *
   * <p>{@code Ok} proves that the place, asked after the last byte was sent, holds every file in
   * its full size and with the right content, as far as {@link Pushed#proof()} says.
   *
   * @param snapshot a complete or incomplete one with checksums; its files must not change
   *     meanwhile
   */
  RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress) throws InterruptedException;

  /**
   * Brings one file of a listed snapshot here. {@code Ok} proves its size, not its content: {@link
   * Fetch} checks that.
   *
   * @param target replaced where it exists; may be left behind, partly written, where this fails.
   *     {@link RemoteFault#QUOTA} means that this machine's disk is full
   */
  RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException;

  /**
   * Deletes a snapshot, such that a deletion cut short leaves what no listing calls complete. One
   * that is not there is {@code Ok}; so is one that another data root has put in its place, which
   * stays. Asked last, right before.
   *
   * @return the snapshot, with its hold where somebody holds it by now: then it stays
   */
  RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException;

  /** Marks a snapshot, visibly in every machine's listing; replaces an earlier hold. */
  RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold) throws InterruptedException;

  /** Takes the mark away; {@code Ok} where there is none. */
  RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException;

  /**
   * Sees to what runs left behind in this machine's namespace that were killed more than a day ago.
   * What is whole and cannot be seen is brought to its place; deleted is only what a listing proves
   * to be of no use: what a whole copy took the place of, and what has no tarball. Complete
   * snapshots, what is held, and what other namespaces and data roots wrote, are never touched.
   *
   * @return what was done, in words
   */
  RemoteResult<List<String>> sweepOrphans() throws InterruptedException;
}
