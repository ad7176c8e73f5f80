package linedisc.ppp.ccp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the options of CCP tell each other, since one option can't see the others.
final class MethodChoice {
  private final List<CompressionMethod> offered = new ArrayList<>();
  private boolean confirmed;
  private boolean granted;

  /// An acceptable option in the peer's Configure-Request; they come in its order.
  void offered(CompressionMethod method) {
    offered.remove(method);
    offered.add(method);
  }

  /// The peer's Configure-Request does not list it.
  void absent(CompressionMethod method) {
    offered.remove(method);
  }

  /// The first acceptable option of the Configure-Request that was judged last, which is forgotten.
  @Nullable CompressionMethod takeFirst() {
    CompressionMethod first = offered.isEmpty() ? null : offered.getFirst();
    offered.clear();
    return first;
  }

  void confirmed() {
    confirmed = true;
  }

  void granted() {
    granted = true;
  }

  /// Whether our request has been accepted since it was asked last.
  boolean takeConfirmed() {
    boolean taken = confirmed;
    confirmed = false;
    return taken;
  }

  /// Whether the peer's request has been accepted since it was asked last.
  boolean takeGranted() {
    boolean taken = granted;
    granted = false;
    return taken;
  }
}
