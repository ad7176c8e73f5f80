package linedisc.ppp;

import java.util.Arrays;
import linedisc.ppp.fsm.ControlProtocol;
import org.jspecify.annotations.Nullable;

/// The way from a bundle to the automaton of a network control protocol, which may have to wait
/// after the network phase began: for encryption, or for an address that was asked for.
///
/// The last packet that comes meanwhile is kept, so that a peer that was faster need not wait for
/// its Restart timer. That is an exception to RFC 1661 section 4.1, whose automaton takes nothing
/// before Up.
final class PatientControl {
  private final ControlProtocol control;
  private boolean up;
  private byte @Nullable [] kept;

  PatientControl(ControlProtocol control) {
    this.control = control;
  }

  /// There is nothing to wait for any more.
  void lowerUp(long now) {
    up = true;
    control.lowerUp(now);
    byte[] packet = kept;
    kept = null;
    if (packet != null) {
      control.receive(packet, 0, packet.length, now);
    }
  }

  /// The network phase ended.
  void lowerDown(long now) {
    up = false;
    kept = null;
    control.lowerDown(now);
  }

  /// Takes one packet in the network phase, from its Code field on.
  void receive(byte[] buffer, int offset, int length, long now) {
    if (up) {
      control.receive(buffer, offset, length, now);
    } else {
      kept = Arrays.copyOfRange(buffer, offset, offset + length);
    }
  }
}
