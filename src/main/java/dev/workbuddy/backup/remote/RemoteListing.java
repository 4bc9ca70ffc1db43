package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a remote holds.
 *
 * @param snapshots of all namespaces, newest first
 * @param gaps what could not be listed, in words. Where there is any, the listing is good for
 *     finding and restoring, and nothing may be deleted because of it
 * @param leftBehind whether {@link Remote#sweepOrphans} may find something
 */
public record RemoteListing(List<RemoteSnapshot> snapshots, List<String> gaps, boolean leftBehind) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@+-]+");

  public RemoteListing {
    snapshots =
        snapshots.stream().sorted(Comparator.comparing(RemoteSnapshot::id).reversed()).toList();
    gaps = List.copyOf(gaps);
  }

  /** What to do where something is not there; it helps on any machine, configured or not. */
  public static String hint(String remote) {
    String name = PLAIN.matcher(remote).matches() ? remote : '"' + remote + '"';
    return "`wb-backup list --from %s` shows what is there.".formatted(name);
  }

  public boolean isWhole() {
    return gaps.isEmpty();
  }

  /** Returns this listing without the snapshots of this data root that have these ids. */
  public RemoteListing without(Set<SnapshotId> own) {
    return new RemoteListing(
        snapshots.stream().filter(copy -> !copy.ours() || !own.contains(copy.id())).toList(),
        gaps,
        leftBehind);
  }

  /** Returns this listing with a snapshot marked as damaged. */
  public RemoteListing withDamaged(RemoteSnapshot snapshot) {
    return new RemoteListing(
        snapshots.stream().map(each -> each.equals(snapshot) ? each.damaged() : each).toList(),
        gaps,
        leftBehind);
  }

  /** The snapshots of this data root. */
  public List<RemoteSnapshot> ours() {
    return snapshots.stream().filter(RemoteSnapshot::ours).toList();
  }
}
