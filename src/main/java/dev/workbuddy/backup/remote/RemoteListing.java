package dev.workbuddy.backup.remote;

import java.util.Comparator;
import java.util.List;

/**
 * What a remote holds.
 *
 * @param snapshots of all namespaces, newest first
 * @param gaps what could not be listed, in words. Where there is any, the listing is good for
 *     finding and restoring, and nothing may be deleted because of it
 * @param leftBehind whether {@link Remote#sweepOrphans} may find something
 */
public record RemoteListing(List<RemoteSnapshot> snapshots, List<String> gaps, boolean leftBehind) {
  public RemoteListing {
    snapshots =
        snapshots.stream().sorted(Comparator.comparing(RemoteSnapshot::id).reversed()).toList();
    gaps = List.copyOf(gaps);
  }

  public boolean isWhole() {
    return gaps.isEmpty();
  }

  /** The same once a snapshot was found to be damaged. */
  public RemoteListing withDamaged(RemoteSnapshot snapshot) {
    return new RemoteListing(
        snapshots.stream().map(each -> each.equals(snapshot) ? each.damaged() : each).toList(),
        gaps,
        leftBehind);
  }

  /** The snapshots of this machine's namespace. */
  public List<RemoteSnapshot> ours() {
    return snapshots.stream().filter(RemoteSnapshot::ours).toList();
  }
}
