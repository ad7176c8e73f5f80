package linedisc.examples.pppd.options;

import java.util.ArrayList;

/// What options must not say together.
final class OptionChecks {
  private OptionChecks() {}

  static void check(OptionDraft draft) throws OptionException {
    line(draft);
    encryption(draft);
    boolean dials =
        draft.isSet(TtyOptions.CONNECT)
            || draft.isSet(TtyOptions.PTY)
            || draft.isSet(TtyOptions.SOCKET);
    if (draft.get(DaemonOptions.DEMAND) && draft.get(TtyOptions.NOTTY)) {
      throw new OptionException("demand is incompatible with notty");
    }
    if (draft.get(DaemonOptions.DEMAND) && !dials) {
      throw new OptionException("demand needs something to dial with: connect, pty or socket");
    }
    if (!draft.isSet(TtyOptions.CONNECT) && !draft.isSet(DaemonOptions.HOLDOFF)) {
      // Nothing is dialled, so there is nothing to hold off.
      draft.set(DaemonOptions.HOLDOFF, 0);
    }
  }

  private static void line(OptionDraft draft) throws OptionException {
    var lines = new ArrayList<String>();
    if (draft.get(TtyOptions.NOTTY)) {
      lines.add("notty");
    }
    if (draft.isSet(TtyOptions.PTY)) {
      lines.add("pty");
    }
    if (draft.isSet(TtyOptions.SOCKET)) {
      lines.add("socket");
    }
    if (lines.isEmpty()) {
      return;
    }
    if (lines.size() > 1) {
      throw new OptionException(
          "option " + lines.get(0) + " is incompatible with option " + lines.get(1));
    }
    if (!draft.get(TtyOptions.DEVICE).isEmpty()) {
      throw new OptionException("option " + lines.getFirst() + " precludes naming a device");
    }
    draft.set(TtyOptions.LOCK, false);
    draft.set(TtyOptions.MODEM, false);
    if (draft.get(TtyOptions.NOTTY) && draft.get(DaemonOptions.LOG_DESCRIPTOR) <= 1) {
      // Messages would go to the peer.
      draft.set(DaemonOptions.LOG_DESCRIPTOR, -1);
    }
  }

  private static void encryption(OptionDraft draft) throws OptionException {
    if (!draft.get(CcpOptions.MPPE).isEmpty() && !draft.get(CcpOptions.CCP)) {
      throw new OptionException("require-mppe is incompatible with noccp");
    }
  }
}
