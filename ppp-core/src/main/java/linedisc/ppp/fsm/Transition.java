package linedisc.ppp.fsm;

import java.util.List;

/// One cell of the state transition table.
///
/// @param actions what to do, in order
/// @param next the state that follows
/// @param note what the RFC's footnote letter says about the cell
public record Transition(List<Action> actions, State next, Note note) {
  /// The footnotes of the table.
  public enum Note {
    /// There is none.
    NONE,
    /// `[p]`: This-Layer-Finished is left out by an implementation that waits passively.
    PASSIVE,
    /// `[r]`: an Open may be taken as the wish to renegotiate.
    RESTART,
    /// `[x]`: an answer that crossed another one on its way; worth a line in the log.
    CROSSED
  }

  /// Keeps a copy of the actions.
  public Transition {
    actions = List.copyOf(actions);
  }
}
