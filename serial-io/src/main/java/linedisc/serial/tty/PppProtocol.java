package linedisc.serial.tty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;
import linedisc.ppp.LinkStatistics;
import linedisc.ppp.Phase;
import linedisc.ppp.PppBundle;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.PppLink;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.hdlc.HdlcDecoder;
import linedisc.ppp.hdlc.HdlcEncoder;
import linedisc.ppp.ipv6cp.InterfaceIdentifier;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// One binding of [PppDiscipline]: HDLC-like framing on either side, a [PppLink] and its
/// [PppBundle] between them.
public final class PppProtocol implements LineProtocol {
  /// How long after a frame its closing flag may still serve to begin the next, in nanoseconds; as
  /// long as on Linux. After a pause the line may have put in noise that a flag of our own ends.
  private static final long FLAG_SERVES = 1_000_000_000L;

  private static final int PROTOCOL_FIELD = 2;

  /// Octets 0x11 and 0x13 as bits of an ACCM.
  private static final int XON_XOFF = 1 << 0x11 | 1 << 0x13;

  private final Line line;
  private final PppBundle bundle;
  private final PppLink link;
  private final int maxInformation;

  /// The reader's.
  private final HdlcDecoder decoder;

  /// Written under the port lock after each call of the engine; the reader takes the receive map
  /// from it before it looks at the next octets.
  private volatile Framing framing;

  /// The writer's, taken under the lock together with the frames that it is for.
  private Framing sendFraming = Framing.DEFAULT;

  private boolean leadingFlag = true;
  private long lastFrame;

  /// A packet on its way from the queue into the batch. Port lock.
  private final byte[] packet;

  /// Octets of `packet` for which the last batch had no room. Port lock.
  private int waiting;

  /// Packets that were dropped because no frame of this link holds them: somebody has set the
  /// interface's MTU higher than the link's. Port lock.
  private long tooLong;

  PppProtocol(Line line, PppConfig config, RandomGenerator random) {
    this.line = line;
    this.bundle = new PppBundle(config, random);
    this.link = new PppLink(config, random, bundle);
    this.framing = link.framing();
    // A peer may send 1500 octets whatever was negotiated (RFC 1661 section 6.1), and control
    // packets as long as its own MRU lets it.
    this.maxInformation =
        Math.max(Framing.DEFAULT.mru(), Math.max(config.lcp().mru(), config.lcp().mtu()));
    this.decoder = new HdlcDecoder(maxFrame());
    this.packet = new byte[maxInformation];
  }

  // ---- commands; any thread, no lock held

  /// Ends the link in order. [PppEvent.Terminated] tells when it has ended.
  ///
  /// @return false: the binding has ended already
  public boolean close(TerminationReason why) {
    return line.perform((network, now) -> link.close(why, now));
  }

  /// Negotiates compression and encryption anew, if there are any; everything else goes on.
  ///
  /// @return false: the binding has ended
  public boolean renegotiateCompression() {
    return line.perform((network, now) -> link.renegotiateCompression(now));
  }

  /// Opens the link again after it has ended, while the line is still up.
  ///
  /// @return false: the binding has ended
  public boolean open() {
    return line.perform((network, now) -> link.open(now));
  }

  /// Answers [PppEvent.Need.PeerAddress].
  ///
  /// @param address first octet most significant; 0: there is none to give
  /// @return false: the binding has ended
  public boolean supplyPeerAddress(int address) {
    return line.perform((network, now) -> link.supplyPeerAddress(address, now));
  }

  /// Answers [PppEvent.Need.Credential]; ignored if it is no longer needed.
  ///
  /// @param request the one in the event
  /// @param answer its secret is wiped here
  /// @return false: the binding has ended
  public boolean supply(CredentialRequest request, CredentialAnswer answer) {
    boolean taken = line.perform((network, now) -> link.supply(request, answer, now));
    Secret secret = answer.secret();
    if (secret != null) {
      secret.wipe();
    }
    return taken;
  }

  /// The link's counters.
  ///
  /// @return null: the binding has ended
  public @Nullable LinkStatistics statistics() {
    var result = new LinkStatistics[1];
    return line.perform((network, now) -> result[0] = link.statistics()) ? result[0] : null;
  }

  /// How many packets were too long for any frame of this link, and dropped.
  ///
  /// @return 0 when the binding has ended
  public long tooLong() {
    var result = new long[1];
    boolean _ = line.perform((network, now) -> result[0] = tooLong);
    return result[0];
  }

  /// Where the link is on its way.
  ///
  /// @return [Phase#DEAD] when the binding has ended
  public Phase phase() {
    var result = new Phase[] {Phase.DEAD};
    boolean _ = line.perform((network, now) -> result[0] = link.phase());
    return result[0];
  }

  // ---- the tty's calls

  @Override
  public int maxFrame() {
    return PROTOCOL_FIELD + maxInformation;
  }

  @Override
  public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
    return decoder.decode(buffer, offset, end, framing.receiveMap(), frames);
  }

  @Override
  public void deliver(FrameBatch frames, Network network, long now) {
    for (int i = 0; i < frames.count(); i++) {
      boolean afterLoss = (frames.mark(i) & FrameBatch.AFTER_LOSS) != 0;
      link.receive(frames.buffer(), frames.offset(i), frames.length(i), afterLoss, now, network);
    }
    settle(network);
  }

  @Override
  public void collect(FrameBatch frames, Network network, long now) {
    while (link.pollTransmit(frames, now)) {
      // Control frames go first.
    }
    while (!frames.isFull() && take(network)) {
      int added = bundle.encapsulate(packet, 0, waiting, frames, now);
      if (added < 0 && frames.count() > 0) {
        break;
      }
      // What an empty batch has no room for will never be sent.
      tooLong += added < 0 ? 1 : 0;
      waiting = 0;
    }
    settle(network);
    sendFraming = framing;
    if (frames.count() > 0) {
      leadingFlag |= now - lastFrame >= FLAG_SERVES;
      lastFrame = now;
    }
  }

  /// Whether a packet stands in `packet`.
  private boolean take(Network network) {
    while (waiting == 0) {
      int length = network.poll(packet, 0, packet.length);
      if (length < 0) {
        return false;
      }
      if (length <= packet.length) {
        waiting = length;
      } else {
        tooLong++;
      }
    }
    return true;
  }

  @Override
  public int maxEncodedLength(int length) {
    return HdlcEncoder.maxEncodedLength(length);
  }

  @Override
  public int encode(FrameBatch frames, int index, byte[] target, int offset) {
    boolean asDefault = (frames.mark(index) & PppLink.AS_DEFAULT) != 0;
    int written =
        HdlcEncoder.encode(
            frames.buffer(),
            frames.offset(index),
            frames.length(index),
            asDefault,
            sendFraming,
            leadingFlag || asDefault,
            target,
            offset);
    leadingFlag = false;
    return written;
  }

  @Override
  public void discarded() {
    leadingFlag = true;
  }

  @Override
  public long pollTimeout() {
    return link.pollTimeout();
  }

  @Override
  public void handleTimeout(Network network, long now) {
    link.handleTimeout(now);
    settle(network);
  }

  @Override
  public void lowerUp(Network network, long now) {
    if (line.softwareFlowControl()) {
      link.reserveControls(XON_XOFF);
    }
    link.lowerUp(now);
    link.open(now);
    settle(network);
  }

  @Override
  public void lowerDown(Network network, long now) {
    waiting = 0;
    link.lowerDown(now);
    settle(network);
  }

  @Override
  public void interfaceGone(long now) {
    waiting = 0;
    bundle.closeNetwork(now);
    link.close(new TerminationReason.InterfaceGone(), now);
    framing = link.framing();
    for (PppEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      line.post(event);
    }
  }

  @Override
  public boolean isFinished() {
    return link.isClosed();
  }

  /// Takes up what the engine has changed and has to say.
  private void settle(Network network) {
    framing = link.framing();
    for (PppEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      switch (event) {
        case PppEvent.Ipv4Up up -> {
          network.setMtu(up.mtu());
          network.opened(new AddressPair(address(up.local()), address(up.remote())));
        }
        case PppEvent.Ipv6Up up -> {
          network.setMtu(up.mtu());
          network.opened(linkLocal(up));
        }
        case PppEvent.NetworkDown down -> network.closed(protocol(down.protocol()));
        case PppEvent.MtuChanged(int mtu) -> network.setMtu(mtu);
        case PppEvent.PhaseChanged _,
            PppEvent.LinkUp _,
            PppEvent.Authenticated _,
            PppEvent.Message _,
            PppEvent.CompressionUp _,
            PppEvent.CompressionDown _,
            PppEvent.Needed _,
            PppEvent.Terminated _,
            PppEvent.Trace _ -> {}
      }
      line.post(event);
    }
  }

  private static NetworkProtocol protocol(int number) {
    return number == linedisc.ppp.wire.PppProtocol.IPV6
        ? NetworkProtocol.IPV6
        : NetworkProtocol.IPV4;
  }

  private static AddressPair linkLocal(PppEvent.Ipv6Up up) {
    return new AddressPair(
        address(InterfaceIdentifier.linkLocal(up.local())),
        up.remote() == 0 ? null : address(InterfaceIdentifier.linkLocal(up.remote())));
  }

  private static InetAddress address(int bits) {
    return address(
        new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError(octets.length + " octets are an address", e);
    }
  }
}
